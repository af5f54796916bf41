import { describe, expect, test } from 'vitest';
import type { Investigation } from '../../../../src-main/contract/models/investigation.ts';
import type { LogRowDetail } from '../../../../src-main/contract/models/provisioning-event.ts';
import { investigatePerson } from '../../../../src-main/core/investigation/investigate-person.ts';
import type { DocumentVersion } from '../../../../src-main/core/model/job-history.ts';
import { sampleSchema } from '../schema/sample-schema.ts';
import { askGroup, groupRow, groupSchema, type GroupChanges } from './small-group.ts';
import { account, auditEvent, row, schema, smallCase, type CaseChanges } from './small-case.ts';

/** A filter with an operator that nobody knows. */
const odd = schema({ operator: 'SOUNDS LIKE' });

const scoped = (passed: boolean, changes: Partial<LogRowDetail> = {}): LogRowDetail =>
  row({
    id: `scoped ${passed}`,
    steps: [
      {
        ...{ name: 'EntrySynchronizationScoping', type: 'scoping', status: 'success', description: null },
        details: {
          'Scoping filter evaluation passed': passed ? 'True' : 'False',
          ScopeEvaluationResult: JSON.stringify({ "Design.department SOUNDS LIKE 'Design'": passed }),
        },
      },
    ],
    ...changes,
  });

const ask = (changes: CaseChanges): Investigation => investigatePerson(smallCase({ schema: odd, ...changes }));
const absent: CaseChanges = { facts: { account: null }, person: { joinedBy: null } };

const version = (since: string, seenAt: string, isFirst: boolean): DocumentVersion => ({
  ...{ json: JSON.stringify(sampleSchema()), since, seenAt, isFirst },
});

describe('a scoping filter that cannot be evaluated here, of which the log tells', () => {
  test('leaves somebody out as of the row, and says so with the row, its age and the clause', () => {
    const { verdict, path } = ask({ ...absent, rows: [scoped(false, { status: 'skipped', action: 'other' })] });
    expect(verdict).toMatchObject({ cause: 'A9', certainty: 'likely' });
    expect(verdict.sentence).toContain('left the person out when Entra last looked, on 20 November at 10:00 UTC');
    const [seen] = path.find(({ rule }) => rule === 'A9')?.evidence ?? [];
    expect(seen).toMatchObject({ source: 'provisioning-log', ref: 'scoped false', at: '2026-11-20T10:00:00Z' });
    expect(seen?.text).toContain('of 3 days ago');
    expect(seen?.text).toContain("Design.department SOUNDS LIKE 'Design'");
    expect(seen?.text).toContain('a change since is not seen');
  });

  test('lets somebody through, so that the search goes on, and nothing that follows is certain', () => {
    const failed = row({ id: 'later', at: '2026-11-22T10:00:00Z', status: 'failure', action: 'create' });
    const { verdict, path, unknown } = ask({ ...absent, rows: [failed, scoped(true)] });
    expect(path.find(({ rule }) => rule === 'A9')?.outcome).toBe('ruled-out');
    expect(verdict.cause).toBe('A11-failure');
    expect(verdict.certainty).not.toBe('certain');
    expect(unknown.some(({ blinds }) => blinds.includes('A9'))).toBe(false);
  });

  test('makes an active account right, or asks why it is still active', () => {
    const right = ask({ rows: [scoped(true)] });
    expect(right).toMatchObject({ question: 'as-it-should-be', verdict: { cause: null, certainty: 'likely' } });
    expect(right.verdict.sentence).toContain('as of the log row of 20 November at 10:00 UTC');
    expect(right.path.find(({ rule }) => rule === 'B1')?.evidence.map(({ ref }) => ref)).toContain('scoped true');

    const wrong = ask({ rows: [scoped(false)], facts: { account: account() } });
    expect(wrong.question).toBe('still-active');
    expect(wrong.verdict.certainty).not.toBe('certain');
    expect(wrong.path.find(({ rule }) => rule === 'B1')?.evidence.map(({ ref }) => ref)).toContain('scoped false');
  });

  test('goes by the newest row that says something', () => {
    const silent = row({ id: 'silent', at: '2026-11-22T10:00:00Z' });
    const older = { at: '2026-11-19T10:00:00Z' };
    const { question, verdict } = ask({ rows: [silent, scoped(true), scoped(false, older)] });
    expect({ question, certainty: verdict.certainty }).toEqual({ question: 'as-it-should-be', certainty: 'likely' });
    expect(ask({ rows: [silent, scoped(false), scoped(true, older)] }).question).toBe('still-active');
  });

  test.each<[string, CaseChanges]>([
    ['there is no row', { rows: [] }],
    ['only another job wrote one', { otherRows: [scoped(true, { jobId: 'other' })] }],
    ['a row names no job', { rows: [scoped(true, { jobId: null })] }],
    [
      'two rows of one moment contradict each other',
      { rows: [scoped(true, { id: 'one' }), scoped(false, { id: 'two' })] },
    ],
    [
      'the audit log names a change of the filters after the row',
      {
        rows: [scoped(true)],
        applicationAudit: [auditEvent('Update attribute mappings or scope', '2026-11-21T00:00:00Z')],
      },
    ],
    [
      'collections saw the filters change, and no event dates it',
      {
        rows: [scoped(true)],
        schemaVersions: [
          version('2026-11-01T00:00:00Z', '2026-11-19T00:00:00Z', true),
          version('2026-11-21T00:00:00Z', '2026-11-23T11:00:00Z', false),
        ],
      },
    ],
    [
      'the filters were read only after the row, and the audit log was not',
      {
        rows: [scoped(true)],
        schemaVersions: [version('2026-11-21T00:00:00Z', '2026-11-23T11:00:00Z', true)],
        unread: ['audit'],
      },
    ],
  ])('stays a filter of which nothing is known when %s', (_, changes) => {
    const active = ask(changes);
    expect(active.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(active.verdict.sentence).toContain('no row of the provisioning log tells what Entra made of it');
    expect(active.unknown).toContainEqual({
      source: 'schema',
      reason:
        'A scoping filter of the job asks for something that cannot be evaluated here, and no row of the provisioning log tells what Entra made of it.',
      blinds: ['A9', 'B1'],
    });
    const none = ask({ ...absent, ...changes });
    expect(none.path.find(({ rule }) => rule === 'A9')?.outcome).toBe('note');
    expect(none.verdict.cause).not.toBe('A9');
  });

  test('counts a row after a change that an event dates between two collections', () => {
    const { question, verdict } = ask({
      rows: [scoped(true)],
      schemaVersions: [
        version('2026-11-01T00:00:00Z', '2026-11-19T00:00:00Z', true),
        version('2026-11-21T00:00:00Z', '2026-11-23T11:00:00Z', false),
      ],
      applicationAudit: [auditEvent('Update attribute mappings or scope', '2026-11-19T12:00:00Z')],
    });
    expect({ question, certainty: verdict.certainty }).toEqual({ question: 'as-it-should-be', certainty: 'likely' });
  });

  test('does not matter where the filter can be evaluated', () => {
    const { verdict, question } = investigatePerson(smallCase({ rows: [scoped(false)] }));
    expect({ question, certainty: verdict.certainty }).toEqual({ question: 'as-it-should-be', certainty: 'certain' });
  });
});

describe('a scoping filter for groups that cannot be evaluated here, of which the log tells', () => {
  const oddGroups = groupSchema({
    scope: {
      groups: [
        { name: 'Lasting', clauses: [{ attribute: 'displayName', operator: 'SOUNDS LIKE', values: ['Design'] }] },
      ],
      inputFilterGroups: [],
    },
  });
  const seen = (passed: boolean, changes: Partial<LogRowDetail> = {}): LogRowDetail =>
    groupRow({ ...scoped(passed), subject: groupRow().subject, ...changes });
  const askOdd = (changes: GroupChanges): Investigation => askGroup({ schema: oddGroups, ...changes });
  const notThere: GroupChanges = { facts: { targets: [], link: null } };

  test('leaves a group out as of the row, likely and not certain', () => {
    const { question, verdict, path } = askOdd({ ...notThere, rows: [seen(false, { status: 'skipped' })] });
    expect({ question, verdict }).toMatchObject({ question: 'missing', verdict: { cause: 'G3', certainty: 'likely' } });
    expect(verdict.sentence).toContain('left it out when Entra last looked, on 20 November at 10:00 UTC');
    expect(path.find(({ rule }) => rule === 'G3')?.evidence[0]).toMatchObject({ ref: 'scoped false' });
  });

  test('asks why a group is still there that it leaves out', () => {
    const { question, verdict } = askOdd({ rows: [seen(false)] });
    expect(question).toBe('still-active');
    expect(verdict.certainty).not.toBe('certain');
  });

  test('lets a group through: it is as it should be, as of the row', () => {
    const { verdict, path } = askOdd({ rows: [seen(true)] });
    expect(verdict).toMatchObject({ cause: null, certainty: 'likely' });
    expect(verdict.sentence).toContain('as of the log row of 20 November at 10:00 UTC');
    expect(path.find(({ rule }) => rule === 'G3')?.evidence[0]).toMatchObject({ ref: 'scoped true' });
  });

  test('lets a missing group through, and the search goes on', () => {
    const failed = groupRow({ id: 'later', at: '2026-11-22T10:00:00Z', status: 'failure', action: 'create' });
    const { verdict, path } = askOdd({ ...notThere, rows: [failed, seen(true)] });
    expect(path.find(({ rule }) => rule === 'G3')?.outcome).toBe('ruled-out');
    expect(verdict).toMatchObject({ cause: 'G5' });
    expect(verdict.certainty).not.toBe('certain');
  });

  test('of which no row tells stays unknown, and of one that is not assigned nothing is asked', () => {
    expect(askOdd({}).verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(askOdd({ rows: [seen(true, { jobId: 'another' })] }).verdict.certainty).toBe('cannot-tell');
    const unassigned = askOdd({ facts: { assignments: [] }, rows: [seen(true)] });
    expect(unassigned).toMatchObject({ question: 'still-active', verdict: { cause: 'G2' } });
  });

  test('is not asked where the filters of now were not read', () => {
    for (const passed of [true, false]) {
      const { question, verdict } = askOdd({ unread: ['schema'], rows: [seen(passed)] });
      expect({ question, ...verdict }).toMatchObject({ question: 'as-it-should-be', certainty: 'cannot-tell' });
    }
  });

  test('is not asked where the filter can be evaluated', () => {
    expect(askGroup({ rows: [seen(false)] }).verdict).toMatchObject({ cause: null, certainty: 'certain' });
  });
});
