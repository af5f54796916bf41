import { describe, expect, test } from 'vitest';
import { findingKinds } from '../../src-main/contract/models/finding.ts';
import { startDemoTenant } from '../../src-main/demo/start-tenant.ts';
import { compareWithTruth } from '../support/agreement.ts';
import { openDemoCollection } from '../support/collect-demo.ts';

/** The simulation and the cross-check were written apart from each other; here they have to agree, over real protocols. */
describe('cross-check against the demo tenant', () => {
  test.each([1, 2, 3, 7])(
    'finds every injected fault and nothing else (seed %i)',
    { timeout: 180_000 },
    async (seed) => {
      const tenant = await startDemoTenant({ people: 400, seed, now: '2026-11-23T09:00:00Z', throttling: false });
      const collection = await openDemoCollection({ tenant });
      try {
        const collected = await collection.collect();
        expect(collected.sources.filter((source) => source.status !== 'complete')).toEqual([]);
        const check = await collection.crossCheck();
        const truth = await tenant.truth();
        const agreement = compareWithTruth(check.findings, truth);
        expect({ missed: agreement.missed, unexplained: agreement.unexplained }).toEqual({
          missed: [],
          unexplained: [],
        });
        const kinds = new Set(truth.map((entry) => entry.kind));
        for (const kind of findingKinds) expect(kinds).toContain(kind);
      } finally {
        await collection.close();
        await tenant.close();
      }
    },
  );

  test('finds nothing but pending changes in a company without faults', { timeout: 180_000 }, async () => {
    const tenant = await startDemoTenant({
      people: 400,
      seed: 11,
      faultRate: 0,
      now: '2026-11-23T09:00:00Z',
      throttling: false,
    });
    const collection = await openDemoCollection({ tenant });
    try {
      await collection.collect();
      const check = await collection.crossCheck();
      const agreement = compareWithTruth(check.findings, await tenant.truth());
      expect(agreement.missed).toEqual([]);
      expect(agreement.unexplained).toEqual([]);
    } finally {
      await collection.close();
      await tenant.close();
    }
  });
});
