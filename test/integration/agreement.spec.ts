import { describe, expect, test } from 'vitest';
import type { DemoOptions } from '../../src-main/contract/models/demo.ts';
import { findingKinds, type CheckResult } from '../../src-main/contract/models/finding.ts';
import type { JobState } from '../../src-main/contract/models/job-status.ts';
import { startDemoTenant, type DemoTenant } from '../../src-main/demo/start-tenant.ts';
import { readStatus } from '../../src-main/services/read-status.ts';
import { compareWithTruth } from '../support/agreement.ts';
import { openDemoCollection, type DemoCollection } from '../support/collect-demo.ts';

const now = '2026-11-23T09:00:00Z';

const withTenant = async (
  options: DemoOptions,
  work: (place: { tenant: DemoTenant; collection: DemoCollection }) => Promise<void>,
): Promise<void> => {
  const tenant = await startDemoTenant({ now, ...options, throttling: false });
  const collection = await openDemoCollection({ tenant });
  try {
    await work({ tenant, collection });
  } finally {
    await collection.close();
    await tenant.close();
  }
};

const expectAgreement = async (check: CheckResult, tenant: DemoTenant): Promise<void> => {
  const { missed, unexplained } = compareWithTruth(check.findings, await tenant.truth());
  expect({ missed, unexplained }).toEqual({ missed: [], unexplained: [] });
};

/** The simulation and the cross-check were written apart from each other; here they have to agree, over real protocols. */
describe('cross-check against the demo tenant', { timeout: 180_000 }, () => {
  test.each([1, 2, 3, 7])('finds every injected fault and nothing else (seed %i)', async (seed) => {
    await withTenant({ people: 400, seed }, async ({ tenant, collection }) => {
      const collected = await collection.collect();
      expect(collected.sources.filter((source) => source.status !== 'complete')).toEqual([]);
      await expectAgreement(await collection.crossCheck(), tenant);
      const kinds = new Set((await tenant.truth()).map((entry) => entry.kind));
      for (const kind of findingKinds) expect(kinds).toContain(kind);
    });
  });

  test('finds nothing but pending changes in a company without faults', async () => {
    await withTenant({ people: 400, seed: 11, faultRate: 0 }, async ({ tenant, collection }) => {
      await collection.collect();
      await expectAgreement(await collection.crossCheck(), tenant);
    });
  });

  test('agrees again after each day that the company lives on, from changes alone', async () => {
    await withTenant({ people: 300, seed: 5 }, async ({ tenant, collection }) => {
      let known = new Map<string, string>();
      for (let day = 0; day < 3; day += 1) {
        if (day > 0) await tenant.advanceTo(tenant.nowMs + 86_400_000);
        const collected = await collection.collect();
        expect(collected.sources.filter((source) => source.status !== 'complete')).toEqual([]);
        // A delta round brings what changed, not the whole directory again.
        const users = collected.sources.find((source) => source.source === 'users');
        if (day > 0) expect(users?.items).toBeLessThan(150);
        const check = await collection.crossCheck();
        await expectAgreement(check, tenant);
        for (const finding of check.findings) {
          const firstSeen = known.get(finding.id);
          if (firstSeen) expect(finding.firstSeen).toBe(firstSeen);
        }
        known = new Map(check.findings.map((finding) => [finding.id, finding.firstSeen]));
      }
    });
  });

  const worlds: [string, JobState][] = [
    ['quarantine-credentials', 'quarantined'],
    ['quarantine-escrows', 'quarantined'],
    ['too-many-deletes', 'quarantined'],
    ['disabled', 'disabled'],
    ['paused', 'paused'],
    ['never-run', 'never-run'],
    ['initial', 'initial'],
    ['failing', 'failing'],
    ['late', 'late'],
    ['silent', 'silent'],
    ['no-create-flow', 'healthy'],
    ['no-update-flow', 'healthy'],
    ['no-delete-flow', 'healthy'],
    ['skip-out-of-scope-deletions', 'healthy'],
    ['no-soft-deleted-mapping', 'healthy'],
    ['sync-all', 'healthy'],
    ['group-mapping-off', 'healthy'],
  ];
  test.each(worlds)('agrees in the world "%s" and says that the job is %s', async (scenario, state) => {
    await withTenant({ people: 150, days: 20, seed: 4, scenario }, async ({ tenant, collection }) => {
      await collection.collect();
      await expectAgreement(await collection.crossCheck(), tenant);
      const clock = { now: () => new Date(tenant.nowMs) };
      const status = await readStatus(collection.store, clock, tenant.ids.jobId);
      expect(status.job?.state).toBe(state);
    });
  });

  test('says unknown, and raises only what needs no mapping, where the job is gone and no schema was ever read', async () => {
    await withTenant({ people: 150, seed: 4, scenario: 'no-job' }, async ({ tenant, collection }) => {
      await collection.collect();
      const check = await collection.crossCheck();
      for (const finding of check.findings) {
        expect(['active-source-gone', 'active-not-entitled']).toContain(finding.kind);
        expect(finding.assumed).toContain('mapping');
      }
      const { unexplained } = compareWithTruth(check.findings, await tenant.truth());
      expect(unexplained).toEqual([]);
      const status = await readStatus(collection.store, { now: () => new Date(tenant.nowMs) }, tenant.ids.jobId);
      expect(status.job?.state).toBe('unknown');
    });
  });
});
