import { describe, expect, test } from 'vitest';
import {
  compareLeavers,
  judgeLeaver,
  type LeaverFacts,
  type LeaverRules,
} from '../../../../src-main/core/views/leaver-clock.ts';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
const hourMs = 3_600_000;
const facts = (own: Partial<LeaverFacts> = {}): LeaverFacts => ({
  subject: { type: 'user', entraId: 'a', scimId: 'u-1', name: 'Ada Brandt' },
  left: 'disabled',
  account: 'active',
  leftAt: '2026-11-10T12:00:00Z',
  leftAtKnown: true,
  deletedAt: null,
  switchedOffAt: null,
  before: 'in-scope',
  finding: { state: 'open', expectedBy: '2026-11-10T13:00:00Z' },
  logId: null,
  ...own,
});
const rules: LeaverRules = { disables: true, deletes: true, skipsOutOfScope: false, horizonMs: hourMs };
const judge = (own: Partial<LeaverFacts> = {}, other: Partial<LeaverRules> = {}) =>
  judgeLeaver(facts(own), { ...rules, ...other }, nowMs);
const deleted = (deletedAt: string, own: Partial<LeaverFacts> = {}): Partial<LeaverFacts> => ({
  left: 'soft-deleted',
  account: 'inactive',
  leftAt: deletedAt,
  deletedAt,
  finding: null,
  ...own,
});

describe('somebody who left and is still active', () => {
  test.each(['disabled', 'soft-deleted', 'not-entitled', 'filtered-out'] as const)(
    '(%s) is past due when the cross-check has it open, with the days since',
    (left) => {
      expect(judge({ left })).toMatchObject({
        what: 'past-due',
        owed: 'disable',
        days: 10,
        dueAt: '2026-11-10T13:00:00Z',
      });
    },
  );

  test('is due while the service may still do it', () => {
    const finding = { state: 'pending' as const, expectedBy: '2026-11-20T12:30:00Z' };
    expect(judge({ finding, leftAt: '2026-11-20T11:30:00Z' })).toMatchObject({
      what: 'due',
      days: 0,
      sentence: 'Ada Brandt was disabled in Entra; Entra is still about to switch the account off.',
    });
  });

  test('is judged by the date alone where the cross-check did not judge', () => {
    expect(judge({ finding: null })).toMatchObject({ what: 'past-due', dueAt: '2026-11-10T13:00:00.000Z' });
    expect(judge({ finding: null, leftAt: '2026-11-20T11:30:00Z' }).what).toBe('due');
    expect(judge({ finding: null, leftAtKnown: false }).what).toBe('unknown');
  });

  test('has no due date when nobody knows when they left', () => {
    expect(judge({ leftAtKnown: false })).toMatchObject({ what: 'past-due', dueAt: null, leftAtKnown: false });
  });

  test('is owed by nobody when the job leaves such accounts alone', () => {
    expect(judge({}, { skipsOutOfScope: true })).toMatchObject({ what: 'never', owed: 'disable' });
    expect(judge({}, { disables: false }).sentence).toContain('is not set up to switch accounts off');
    expect(judge({}, { disables: null }).what).toBe('past-due');
  });

  test('is unknown when UNIFI does not say whether the account is active', () => {
    expect(judge({ account: 'unknown' }).what).toBe('unknown');
  });
});

describe('somebody who was deleted', () => {
  test('is due for deletion 30 days later, and past due after that', () => {
    expect(judge(deleted('2026-11-10T12:00:00Z'))).toMatchObject({
      what: 'due',
      owed: 'delete',
      dueAt: '2026-12-10T13:00:00.000Z',
      sentence: 'Ada Brandt was deleted in Entra; Entra deletes the account about 10 December.',
    });
    expect(judge(deleted('2026-10-21T11:00:00Z')).what).toBe('past-due');
    expect(judge(deleted('2026-10-21T11:00:01Z')).what).toBe('due');
  });

  test('is past due as soon as Entra deleted for good', () => {
    expect(judge(deleted('2026-11-10T12:00:00Z', { left: 'deleted' }))).toMatchObject({
      what: 'past-due',
      sentence: 'Ada Brandt is deleted for good in Entra, and the account is still there, switched off.',
    });
  });

  test('is not judged when nobody saw whether the assignment was gone first', () => {
    const at = '2026-11-10T12:00:00Z';
    expect(judge(deleted(at, { before: null })).what).toBe('unknown');
    expect(judge(deleted(at, { before: null, switchedOffAt: '2026-11-01T00:00:00Z' })).what).toBe('unknown');
    // Switched off because of the deletion: then the person was in scope until then.
    expect(judge(deleted(at, { before: null, switchedOffAt: '2026-11-10T12:40:00Z' })).what).toBe('due');
    expect(judge(deleted(at, { before: null, left: 'deleted', account: 'active' })).what).toBe('past-due');
  });

  test('keeps the account for ever when the assignment was gone first, or when the job may not delete', () => {
    expect(judge(deleted('2026-11-10T12:00:00Z', { before: 'not-entitled' })).what).toBe('never');
    expect(judge(deleted('2026-11-10T12:00:00Z'), { deletes: false }).what).toBe('never');
    expect(judge(deleted('2026-11-10T12:00:00Z'), { deletes: null }).what).toBe('unknown');
  });
});

test('somebody who left and is switched off is done', () => {
  expect(judge({ account: 'inactive', finding: null })).toMatchObject({ what: 'done', owed: 'nothing', dueAt: null });
});

test('past due comes first, then those who left longest ago, then by name', () => {
  const rows = [
    judge({ account: 'inactive', finding: null }),
    judge({ leftAt: '2026-11-01T00:00:00Z', subject: { type: 'user', entraId: 'b', scimId: null, name: 'Bo' } }),
    judge({ leftAt: '2026-11-19T00:00:00Z' }),
    judge({ leftAt: null, leftAtKnown: false, subject: { type: 'user', entraId: 'c', scimId: null, name: 'Caro' } }),
  ];
  expect(rows.toSorted(compareLeavers).map(({ what, days }) => `${what} ${days}`)).toEqual([
    'past-due 19',
    'past-due 1',
    'past-due null',
    'done 10',
  ]);
});
