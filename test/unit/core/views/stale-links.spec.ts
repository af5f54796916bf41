import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceStates } from '../../../../src-main/contract/models/person.ts';
import { judgeLink, type LinkFacts } from '../../../../src-main/core/views/stale-links.ts';

const ada = { type: 'user' as const, entraId: 'a', scimId: 'u-1', name: 'Ada Brandt' };
const bo = { type: 'user' as const, entraId: 'b', scimId: 'u-1', name: 'Bo Dahl' };
const link = (own: Partial<LinkFacts> = {}): LinkFacts => ({
  subject: ada,
  targetId: 'u-1',
  at: '2026-11-01T00:00:00Z',
  logId: 'row-1',
  action: 'update',
  source: 'in-scope',
  isAssigned: false,
  exists: true,
  owner: null,
  isOwn: true,
  ...own,
});
const judge = (own: Partial<LinkFacts>, syncAll = false): string | null =>
  judgeLink(link(own), { syncAll })?.what ?? null;

test('a link is good while the account is there and nobody else has it', () => {
  expect(judge({})).toBeNull();
});

test('a link is gone when somebody in scope has no such account any more', () => {
  expect(judgeLink(link({ exists: false }), { syncAll: false })).toMatchObject({
    what: 'gone',
    sentence:
      'Entra writes to the account u-1, which UNIFI does not have any more: the next change of Ada Brandt will fail.',
  });
  for (const source of sourceStates) {
    expect(judge({ exists: false, source }), source).toBe(source === 'in-scope' ? 'gone' : null);
  }
});

test('an account that Entra deleted is rightly gone', () => {
  expect(judge({ exists: false, action: 'delete' })).toBeNull();
});

test('the link of a group is gone when the group should be in UNIFI', () => {
  const subject = { ...ada, type: 'group' as const, name: 'Design' };
  const gone = { subject, source: null, exists: false };
  expect(judge(gone)).toBeNull();
  expect(judge(gone, true)).toBe('gone');
  expect(judgeLink(link({ ...gone, isAssigned: true }), { syncAll: false })?.sentence).toContain('the group u-1');
});

test('a link leads to somebody else, also for a leaver whose deletion would hit that person', () => {
  for (const source of ['in-scope', 'disabled', 'soft-deleted', 'not-entitled'] as const) {
    expect(judgeLink(link({ source, owner: bo, isOwn: false }), { syncAll: false })).toMatchObject({
      what: 'somebody-else',
      owner: bo,
      sentence: 'Entra writes changes of Ada Brandt to the account u-1, which belongs to Bo Dahl.',
    });
  }
  expect(judge({ source: 'deleted', owner: bo, isOwn: false })).toBeNull();
});

test('two people with one account share it', () => {
  expect(judge({ owner: bo })).toBe('shared');
});

test('whether an account is missing is never said of one that exists, nor an owner of one that does not', () => {
  fc.assert(
    fc.property(
      fc.record({
        source: fc.option(fc.constantFrom(...sourceStates)),
        exists: fc.boolean(),
        owner: fc.constantFrom(null, bo),
        isOwn: fc.boolean(),
        isAssigned: fc.boolean(),
        action: fc.constantFrom(null, 'update', 'delete', 'create'),
      }),
      fc.boolean(),
      (own, syncAll) => {
        const row = judgeLink(link(own), { syncAll });
        if (row?.what === 'gone') expect(own.exists).toBe(false);
        if (row && row.what !== 'gone') expect([own.exists, own.owner]).toEqual([true, bo]);
        if (own.action === 'delete') expect(row).toBeNull();
      },
    ),
  );
});
