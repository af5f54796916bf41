import { expect, test } from 'vitest';
import type { Finding } from '../../src-main/contract/models/finding.ts';
import type { SourceName } from '../../src-main/contract/models/run.ts';
import type { HistoryStore } from '../../src-main/services/ports.ts';
import { blameChanges } from '../../src-main/services/job-health/blame-changes.ts';
import { logRecord } from './sqlite/log-record.ts';
import { openHistory } from './sqlite/store-fixture.ts';

/* Jumps in skips and findings, over a history written by hand: the demo tenant shows those in failures. */

const endMs = Date.parse('2026-11-20T12:00:00Z');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const iso = (ms: number): string => new Date(ms).toISOString();
const clock = { now: () => new Date(endMs) };

const finding = (id: string, kind: Finding['kind']): Finding => ({
  id,
  kind,
  state: 'open',
  severity: 'high',
  subject: { type: 'user', entraId: id, scimId: null, name: id },
  related: [],
  firstSeen: iso(endMs),
  lastSeen: iso(endMs),
  openedAt: iso(endMs),
  verified: true,
  assumed: [],
  evidence: [],
  advice: 'Look.',
});

const saveSource = (store: HistoryStore, runId: string, source: SourceName, at: string): Promise<void> =>
  store.runs.saveSource(runId, {
    ...{ source, status: 'complete', items: 1, pages: 1, requests: 1, throttledMs: 0, malformed: 0 },
    ...{ from: null, to: null, startedAt: at, endedAt: at, failure: null },
  });

/** A schema with one scoping filter for users, which asks for this department. */
const schemaOf = (department: string): string =>
  JSON.stringify({
    synchronizationRules: [
      {
        objectMappings: [
          {
            sourceObjectName: 'User',
            targetObjectName: 'User',
            scope: {
              groups: [
                {
                  name: 'Office',
                  clauses: [
                    {
                      sourceOperandName: 'department',
                      operatorName: 'EQUALS',
                      targetOperand: { values: [department] },
                    },
                  ],
                },
              ],
            },
          },
        ],
      },
    ],
  });

test('a narrower scoping filter is blamed for skips and findings after it, with the clause that changed', async () => {
  const store = await openHistory();
  const changedMs = endMs - 20 * hourMs;
  // A skip or two a day; twenty in each hour after the change.
  const rows = Array.from({ length: 20 * 24 }, (_, index) => endMs - index * hourMs - 10 * 60_000).flatMap(
    (at, index) =>
      Array.from({ length: at > changedMs ? 20 : index % 15 === 0 ? 1 : 0 }, (_value, copy) =>
        logRecord({
          id: `${index}.${copy}`,
          at: iso(at),
          status: 'skipped',
          reason: 'ImportSkipped',
          cycleId: `${index}`,
        }),
      ),
  );
  await store.log.save(rows);
  await store.log.savePosition({ completeFrom: iso(endMs - 40 * dayMs), completeTo: iso(endMs), open: [] });

  // A collection and a cross-check a day; the last one finds fifty people more.
  const people = Array.from({ length: 50 }, (_, index) => finding(`p${index}`, 'active-not-entitled'));
  for (let day = 6; day >= 0; day -= 1) {
    const at = iso(endMs - day * dayMs - hourMs);
    const run = await store.runs.start(at);
    await store.snapshots.saveDocument('schema', null, schemaOf(day === 0 ? 'BIM' : 'Design'), run.id);
    await saveSource(store, run.id, 'schema', at);
    const open = [finding(`daily${day}`, 'missing-in-target'), ...(day === 0 ? people : [])];
    await store.findings.saveEvaluation({ runId: run.id, at, findings: open, people: [], notEvaluated: [] });
  }

  const { jumps, notJudged } = await blameChanges(store, clock, null);
  expect(notJudged).toEqual([expect.stringContaining('The audit log was not read completely')]);
  const [skips, findings] = ['skips', 'findings'].map((measure) => jumps.find((jump) => jump.measure === measure));
  expect(jumps).toHaveLength(2);
  expect(skips).toMatchObject({ startedAt: iso(changedMs), endedAt: null, parts: [] });
  expect(findings).toMatchObject({
    startedAt: iso(endMs - hourMs),
    after: iso(endMs - dayMs - hourMs),
    highest: 51,
    usual: 1,
    parts: [
      { id: 'active-not-entitled', count: 50 },
      { id: 'missing-in-target', count: 1 },
    ],
  });
  for (const jump of [skips, findings]) {
    expect(jump?.suspects[0]).toMatchObject({
      likelihood: 'likely',
      change: {
        kind: 'scope',
        by: null,
        from: iso(endMs - dayMs - hourMs),
        to: iso(endMs - hourMs),
        details: [
          'The scoping filter "Office" of users now asks that department is "BIM"; before, that department is "Design".',
        ],
      },
    });
  }
});
