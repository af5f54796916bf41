import fc from 'fast-check';
import { copyFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { diffSections, type Difference } from '../../../src-main/contract/models/history-diff.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { HistoryReads, HistoryStore, SnapshotName } from '../../../src-main/services/ports.ts';
import { RandomHistory, type CopiedRun } from '../../support/random-history.ts';
import { logRecord } from './log-record.ts';
import { slowDifferences } from './slow-differences.ts';
import { makeTemplate } from './store-fixture.ts';

const lists = [
  'users',
  'deleted-users',
  'groups',
  'group-members',
  'assignments',
  'scim-users',
  'scim-groups',
] as const satisfies SnapshotName[];
const page = { limit: 50, withTotal: true };
const signal = new AbortController().signal;

/** Members have no order. */
const sorted = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, list: unknown) => (/Ids$/u.test(key) ? (list as string[] | null)?.toSorted() : list)),
  );

/** Groups come in no order. */
const factsOf = async (store: HistoryReads): Promise<unknown> => {
  const who = { entraId: 'user-1', scimId: 'account-1', applicationId: null, auditFrom: '2026-01-01T00:00:00Z' };
  const facts = await store.people.facts(who);
  return { ...facts, groups: facts.groups.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
};

/** Everything that a view or a command asks of a history; the answers of the present are the reference for the past. */
const askEverything = async (store: HistoryReads, runId: string): Promise<Record<string, unknown>> => {
  const answers: Record<string, unknown> = {
    people: await store.people.page({}, page),
    found: await store.people.page({ text: 'mara' }, page),
    byAddress: await store.people.page({ text: 'user-1.new' }, page),
    withFindings: await store.people.page({ withFindings: true }, page),
    filtered: await store.people.page({ source: ['disabled'], target: ['active', 'absent'] }, page),
    peopleFacets: await store.people.facets({}, ['source', 'target', 'withFindings']),
    person: await store.people.get('user-2'),
    account: await store.people.get('scim:account-1'),
    facts: await factsOf(store),
    findings: await store.findings.page({}, page),
    openFindings: await store.findings.page({ state: ['open'], text: 'quill' }, page),
    ofPerson: await store.findings.page({ subject: 'user-3' }, page),
    finding: await store.findings.get('finding-user-0'),
    findingFacets: await store.findings.facets({}, ['kind', 'state', 'severity']),
    evaluation: await store.findings.evaluation(),
    present: await store.findings.present(runId),
    counts: await store.counts(),
    latest: await store.runs.latest(),
    runs: await store.runs.list({ limit: 50, withTotal: true }),
    freshness: await store.runs.freshness(),
    jobs: await store.snapshots.document('jobs'),
    log: await store.log.page({}, page),
    logFacets: await store.log.facets({}, ['status', 'action'], { signal }),
    newestAt: await store.log.newestAt(),
    outcomes: (await store.log.outcomes('2026-10-31T00:00:00Z', '2026-11-20T00:00:00Z')).map(
      ({ covered: _covered, ...day }) => day,
    ),
  };
  for (const name of lists) {
    const { items } = await store.snapshots.read(name, { after: null, limit: 50 });
    answers[name] = items.map(sorted);
    answers[`closed ${name}`] = (await store.snapshots.closedSince(name, '2026-10-01T00:00:00Z')).map(sorted);
  }
  return answers;
};

/** Days after the moment were never asked about then. */
const withoutLater = (answers: Record<string, unknown>, at: string): Record<string, unknown> => ({
  ...answers,
  outcomes: (answers['outcomes'] as { day: string }[]).filter(({ day }) => day <= at.slice(0, 10)),
});

/** The order in which objects were first seen is the store's own. */
const inAnyOrder = (differences: Difference[]): unknown[] =>
  differences
    .map(({ seenAt: _seenAt, finding: _finding, ...rest }) => ({ ...rest, kinds: [...rest.kinds].sort() }))
    .sort((one, other) => {
      const key = (entry: Omit<Difference, 'seenAt'>): string =>
        `${entry.section} ${entry.id} ${entry.detail ?? ''} ${entry.kinds.join()}`;
      return key(one) < key(other) ? -1 : 1;
    });

const readAllDifferences = async (store: HistoryStore, from: CopiedRun, to: CopiedRun): Promise<Difference[]> => {
  const rows: Difference[] = [];
  let cursor: string | undefined;
  do {
    const found: Awaited<ReturnType<typeof store.differences.page>> = await store.differences.page(
      { from: from.id, to: to.id },
      {},
      { limit: 7, ...(cursor ? { cursor } : {}) },
    );
    rows.push(...found.rows);
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
};

describe('random histories', () => {
  // 200 histories: twenty seconds alone, more than a minute where other programs take the processors.
  test(
    'every earlier run answers as it did, and what differs is what full copies say',
    { timeout: 240_000 },
    async () => {
      const { template, file } = await makeTemplate();
      await fc.assert(
        fc.asyncProperty(fc.integer(), async (seed) => {
          await copyFile(template, file);
          const store = openSqliteHistory({ file });
          try {
            const history = new RandomHistory(store, seed);
            const asked = Math.abs(seed) % 2;
            let answers: Record<string, unknown> = {};
            for (let number = 0; number < 3; number += 1) {
              const run = await history.run();
              const rowAt = new Date(Date.parse(run.at) - 60_000).toISOString();
              await store.log.save([logRecord({ id: `row-${String(number)}`, at: rowAt, sourceName: 'Mara Quill' })]);
              if (number === asked) answers = await askEverything(store, run.id);
            }
            const run = history.runs[asked];
            if (!run) throw new Error('there is no such run');
            const past = await askEverything(store.at(run.id), run.id);
            expect(withoutLater(past, run.at)).toEqual(withoutLater(answers, run.at));

            const [from, to] = [history.runs[asked], history.runs[2]];
            if (!from || !to) throw new Error('there are no such runs');
            const reference = slowDifferences(from, to, history.runs);
            expect(inAnyOrder(await readAllDifferences(store, from, to))).toEqual(inAnyOrder(reference));
            const counts = await store.differences.counts({ from: from.id, to: to.id });
            for (const section of diffSections) {
              const kinds: Record<string, number> = {};
              for (const entry of reference.filter((one) => one.section === section)) {
                for (const kind of entry.kinds) kinds[kind] = (kinds[kind] ?? 0) + 1;
              }
              expect({ section, kinds: counts.find((one) => one.section === section)?.kinds }).toEqual({
                section,
                kinds,
              });
            }
          } finally {
            await store.close();
          }
        }),
        { numRuns: 200 },
      );
    },
  );
});
