import { describe, expect, test } from 'vitest';
import { capabilities } from '../../src-main/contract/models/connection.ts';
import { startDemoTenant, type DemoTenant, type StartOptions } from '../../src-main/demo/start-tenant.ts';
import { investigate } from '../../src-main/services/investigate.ts';
import { openDemoCollection, type DemoCollection } from '../support/collect-demo.ts';
import { compareVerdicts, type Ask, type IsStored } from '../support/investigation-agreement.ts';

const now = '2026-11-23T09:00:00Z';
/** 5000 by hand (AGREEMENT_PEOPLE=5000); a tenth of it shows every fault as well. */
const peopleOr = (usual: number): number => Number(process.env['AGREEMENT_PEOPLE'] ?? usual);
const people = peopleOr(400);
const healthyAsked = people / 5;

/** What is planted in every company; G1 is a world of its own. */
const groupCauses = [
  ...['G2', 'G3', 'G4-duplicate', 'G4-missing', 'G5', 'G6'],
  ...['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8'],
];

interface Place {
  tenant: DemoTenant;
  collection: DemoCollection;
  ask: Ask;
  isStored: IsStored;
}

const storedIn =
  ({ people, groups, log }: DemoCollection['store']): IsStored =>
  async ({ type, entraId, scimId }) => {
    if (entraId !== null && (await log.page({ entraId }, { limit: 1 })).rows.length > 0) return true;
    // Asked for by the id of Entra, which leads to an account or group of UNIFI only through the lists of Entra and the log.
    const asked = { entraId, scimId: entraId === null ? scimId : null, auditFrom: now };
    if (type === 'group') {
      const { group, formerGroup, targets } = await groups.facts(asked);
      return group !== null || formerGroup !== null || (entraId === null && targets.length > 0);
    }
    const { user, deletedUser, formerUser, account } = await people.facts({ ...asked, applicationId: null });
    return [user, deletedUser, formerUser, account].some((one) => one !== null);
  };

const withTenant = async (options: StartOptions, work: (place: Place) => Promise<void>): Promise<void> => {
  const tenant = await startDemoTenant({ now, ...options, throttling: false });
  const collection = await openDemoCollection({ tenant });
  const clock = { now: () => new Date(tenant.nowMs) };
  try {
    await collection.collect();
    await collection.crossCheck();
    await work({
      tenant,
      collection,
      isStored: storedIn(collection.store),
      ask: (who, member) =>
        investigate({
          store: collection.store,
          clock,
          jobId: tenant.ids.jobId,
          who,
          ...(member === undefined ? {} : { member }),
        }),
    });
  } finally {
    await collection.close();
    await tenant.close();
  }
};

/** The simulation planted the faults, and knows nothing of the rules that find them. */
describe('verdicts on the demo tenant', { timeout: 180_000 }, () => {
  test.each([1, 2, 3, 4, 5])(
    'name the cause of every injected fault, and leave healthy people alone (seed %i)',
    async (seed) => {
      await withTenant({ people, seed }, async ({ tenant, collection, ask }) => {
        const truth = await tenant.truth();
        const { wrong, causes } = await compareVerdicts(truth, ask);
        expect(wrong).toEqual([]);
        expect([...causes].filter((cause) => /^[GM]/u.test(cause)).toSorted()).toEqual(groupCauses);

        const faulty = new Set(truth.flatMap(({ subject }) => [subject.entraId, subject.scimId]));
        const { rows } = await collection.store.people.page(
          { source: ['in-scope'], target: ['active'] },
          { limit: people },
        );
        const healthy = rows
          .filter(({ id, scim }) => !faulty.has(id) && !faulty.has(scim?.id ?? ''))
          .slice(0, healthyAsked);
        expect(healthy).toHaveLength(healthyAsked);
        for (const { id } of healthy) {
          const { question, verdict } = await ask(id);
          expect({ id, question, cause: verdict.cause }).toEqual({ id, question: 'as-it-should-be', cause: null });
        }
      });
    },
  );

  test('find a person by whatever a caller can read out', async () => {
    await withTenant({ people: 300, seed: 3 }, async ({ collection, ask }) => {
      const { rows } = await collection.store.people.page({ source: ['in-scope'], target: ['active'] }, { limit: 300 });
      const names = Map.groupBy(rows, ({ name }) => name);
      const person = rows.find(
        (one) => one.scim?.externalId && names.get(one.name)?.length === 1 && !one.findings.length,
      );
      if (!person?.entra || !person.scim) throw new Error('The demo company has nobody to look for.');
      const said = [
        person.id,
        person.id.toUpperCase(),
        person.entra.userPrincipalName,
        person.entra.userPrincipalName?.toUpperCase(),
        person.entra.mail,
        person.name,
        person.scim.id,
        person.scim.userName,
        person.scim.externalId,
      ];
      for (const who of said) {
        const { subject, question } = await ask(who ?? '');
        expect({ who, id: subject.id, question }).toEqual({ who, id: person.id, question: 'as-it-should-be' });
      }
      const several = await ask('studio');
      expect(several).toMatchObject({ question: 'unknown-person', verdict: { cause: null } });
      expect(several.candidates?.length).toBeGreaterThan(1);
      expect(await ask('nobody-of-that-name')).toMatchObject({ question: 'unknown-person', subject: { id: null } });
    });
  });

  test('remember a person by the name of before the marriage, and somebody who is deleted for good', async () => {
    await withTenant({ people: 300, seed: 3 }, async ({ tenant, collection, ask }) => {
      const { rows } = await collection.store.log.page({ action: ['update'], status: ['success'] }, { limit: 1000 });
      const current = new Map(
        (await collection.store.people.page({}, { limit: 1000 })).rows.map((one) => [one.id, one.entra]),
      );
      const renamed = rows.find(({ subject }) => {
        const now = current.get(subject.entraId ?? '')?.userPrincipalName;
        return now && subject.upn && now !== subject.upn && !now.includes('#') && !now.includes(subject.upn);
      });
      if (renamed) expect((await ask(renamed.subject.upn ?? '')).subject.id).toBe(renamed.subject.entraId);
      const gone = (await tenant.truth()).find(({ cause }) => cause === 'A2-not-found');
      expect((await ask(gone?.subject.entraId ?? '')).verdict.cause).toBe('A2-not-found');
      expect(renamed).toBeDefined();
    });
  });

  test('need a check first', async () => {
    const tenant = await startDemoTenant({ people: 60, days: 5, seed: 1, now, throttling: false });
    const collection = await openDemoCollection({ tenant });
    const clock = { now: () => new Date(tenant.nowMs) };
    const early = investigate({ store: collection.store, clock, jobId: null, who: 'anna' });
    await expect(early).rejects.toMatchObject({ failure: { code: 'run-unknown' } });
    await collection.close();
    await tenant.close();
  });

  const limits: [string, StartOptions][] = [
    ...capabilities.map((name): [string, StartOptions] => [`the right to read "${name}"`, { denied: [name] }]),
    ['the list of accounts', { faults: [{ service: 'scim', kind: 'html', path: '/Users' }] }],
    ['the list of groups in UNIFI', { faults: [{ service: 'scim', kind: 'html', path: '/Groups' }] }],
    ['a log of more than a week', { retentionDays: 7 }],
  ];
  test.each(limits)('are right, or say what could not be read, without %s', async (name, options) => {
    await withTenant({ people: peopleOr(300), seed: 2, ...options }, async ({ tenant, ask, isStored }) => {
      const { causes, wrong } = await compareVerdicts(await tenant.truth(), ask, { isStored });
      expect(wrong).toEqual([]);
      // Without the directory nobody is known; whatever else is missing, some causes are told all the same.
      expect(causes.size > 0).toBe(!name.includes('"directory"'));
    });
  });

  const worlds = [
    'quarantine-credentials',
    'quarantine-escrows',
    'too-many-deletes',
    'disabled',
    'paused',
    'not-configured',
    'never-run',
    'initial',
    'failing',
    'late',
    'silent',
    'no-job',
    'no-create-flow',
    'no-update-flow',
    'no-delete-flow',
    'skip-out-of-scope-deletions',
    'no-soft-deleted-mapping',
    'mapping-change',
    'sync-all',
    'group-mapping-off',
    'healthy-quiet',
  ];
  /** Where the job stands still, with changes of the last minutes, returns and deletions that it has not seen. */
  const standing: Partial<Record<string, { usual: number; seed: number }>> = {
    failing: { usual: 2000, seed: 5 },
    late: { usual: 2000, seed: 2 },
    silent: { usual: 2000, seed: 1 },
    'no-job': { usual: 2000, seed: 5 },
  };
  test.each(worlds)('agree with the world "%s"', async (scenario) => {
    const { usual, seed } = standing[scenario] ?? { usual: 150, seed: 4 };
    await withTenant({ people: peopleOr(usual), days: 20, seed, scenario }, async ({ tenant, ask, isStored }) => {
      // The mappings are gone with the job.
      const blind = scenario === 'no-job' ? { isStored } : undefined;
      const { wrong } = await compareVerdicts(await tenant.truth(), ask, blind);
      expect(wrong).toEqual([]);
    });
  });
});
