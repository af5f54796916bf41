import { describe, expect, test } from 'vitest';
import type { Investigation } from '../../../../src-main/contract/models/investigation.ts';
import { investigatePerson } from '../../../../src-main/core/investigation/investigate-person.ts';
import { overlayLive, type LiveFacts, type LiveGroup } from '../../../../src-main/core/investigation/overlay-live.ts';
import { account, ada, assignment, finding, group, now, row, smallCase, user, type CaseChanges } from './small-case.ts';

const at = '2026-11-23T13:00:00.000Z';
const missing: CaseChanges = { findings: [finding('missing-in-target')], facts: { account: null } };

/** Everything that decides was read, and is as it was: Ada is assigned directly, and has no account. */
const whole: LiveFacts = {
  at,
  failures: new Map(),
  user: user(),
  groups: [],
  assignments: { found: [assignment(ada)], extent: 'all' },
  rows: { rows: [], otherRows: [], isWhole: true },
  account: { account: null, joinedBy: null, several: null, asked: [] },
};
const only = (live: Partial<LiveFacts>): LiveFacts => ({ at, failures: new Map(), ...live });
const without = (...keys: (keyof LiveFacts)[]): LiveFacts =>
  Object.fromEntries(
    Object.entries(whole).filter(([key]) => !keys.includes(key as keyof LiveFacts)),
  ) as unknown as LiveFacts;
const look = (changes: CaseChanges, live: LiveFacts): Investigation =>
  investigatePerson(overlayLive(smallCase(changes), live));
const outcomeOf = ({ path }: Investigation, rule: string) => path.find((one) => one.rule === rule)?.outcome;
const liveGroup = (id: string, changes: Partial<LiveGroup> = {}): LiveGroup => ({
  id,
  group: group(id),
  isCollected: true,
  holders: [],
  assignments: [],
  ...changes,
});

describe('a live look laid over the stored case', () => {
  test('replaces what was read, and leaves the rest with its age', () => {
    const stored = smallCase({ ...missing, unread: ['scim-users', 'groups'] });
    const looked = overlayLive(
      stored,
      only({ account: { account: account(), joinedBy: 'match-value', several: null, asked: [] } }),
    );
    expect(investigatePerson(looked)).toMatchObject({ question: 'as-it-should-be', verdict: { cause: null } });
    const statuses = new Map(looked.sources.map((one) => [one.source, one]));
    expect(statuses.get('scim-users')).toMatchObject({ status: 'complete', endedAt: at });
    expect(statuses.get('groups')).toMatchObject({ status: 'failed' });
    expect(statuses.get('users')).toMatchObject({ status: 'complete', endedAt: now });
  });

  test('knows somebody who was deleted since', () => {
    const deleted = only({ user: null, deletedUser: user({ deletedAt: at }) });
    expect(look(missing, deleted).verdict.cause).toBe('A2-soft-deleted');
    expect(look(missing, only({ user: null, deletedUser: null })).verdict.cause).toBe('A2-not-found');
    const unread = look(missing, only({ user: null }));
    expect(unread.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(outcomeOf(unread, 'A2')).toBe('blind');
  });

  test('knows groups with what holds them', () => {
    const moved = look(
      { facts: { account: null } },
      {
        ...whole,
        assignments: { found: [], extent: 'own' },
        groups: [
          liveGroup('Inner', {
            holders: [{ id: 'Outer', through: [], group: group('Outer') }],
            assignments: [assignment('Outer')],
          }),
        ],
      },
    );
    expect(moved.verdict.cause).toBe('A8-nested-group');
    expect(moved.verdict.sentence).toContain('"Inner", which is nested in the assigned group "Outer"');
  });

  test('takes assignments of groups from the list of all of them where that was read', () => {
    const groups = [liveGroup('Design', { assignments: [assignment('Design')] })];
    const gone = look({ facts: { account: null } }, { ...whole, groups, assignments: { found: [], extent: 'all' } });
    expect(gone.verdict.cause).toBe('A8-not-assigned');
    const kept = look({ facts: { account: null } }, { ...whole, groups, assignments: { found: [], extent: 'own' } });
    expect(outcomeOf(kept, 'A8')).toBe('ruled-out');
    const own = look(
      { facts: { account: null } },
      { ...whole, groups: [], assignments: { found: [], extent: 'some' } },
    );
    expect(outcomeOf(own, 'A8')).toBe('ruled-out');
  });
});

describe('groups that no collection read', () => {
  const project = liveGroup('Project', { group: null, isCollected: false });
  const changes: CaseChanges = { facts: { account: null, assignments: [] } };

  test.each([
    ['all assignments were read', { assignments: { found: [], extent: 'all' } }, 'cause'],
    ['only the own assignment was read', { assignments: { found: [], extent: 'own' } }, 'blind'],
    ['no assignment was read', {}, 'blind'],
    [
      'it is assigned and could not be read',
      { assignments: { found: [assignment('Project')], extent: 'all' } },
      'blind',
    ],
  ] as const)('%s', (_, live, outcome) => {
    const found = look(changes, { ...without('assignments'), groups: [project], ...live });
    expect(outcomeOf(found, 'A8')).toBe(outcome);
    expect(found.verdict.cause).toBe(outcome === 'cause' ? 'A8-not-assigned' : null);
  });

  test('entitle once they were read as assigned security groups', () => {
    const read = { ...project, group: group('Project') };
    const assignments = { found: [assignment('Project')], extent: 'own' } as const;
    expect(outcomeOf(look(changes, { ...whole, groups: [read], assignments }), 'A8')).toBe('ruled-out');
    const mail = { ...project, group: group('Project', { securityEnabled: false }) };
    expect(look(changes, { ...whole, groups: [mail], assignments }).verdict.cause).toBe('A8-not-security-enabled');
  });

  test('do not matter where everybody is provisioned, or another way gives access', () => {
    const found = { ...without('assignments'), groups: [project] };
    expect(outcomeOf(look({ ...changes, settings: { SyncAll: 'true' } }, found), 'A8')).toBe('ruled-out');
    expect(outcomeOf(look({ facts: { account: null } }, found), 'A8')).toBe('ruled-out');
  });
});

describe('the moment of a look', () => {
  const pending: CaseChanges = {
    findings: [
      finding('missing-in-target', {
        state: 'pending',
        changedAt: '2026-11-23T11:50:00Z',
        expectedBy: '2026-11-23T12:55:00.000Z',
      }),
    ],
    facts: { account: null },
  };

  test('takes a change that was pending for late once it is due', () => {
    expect(investigatePerson(smallCase(pending)).verdict.cause).toBe('A12-wait');
    expect(overlayLive(smallCase(pending), whole).look).toEqual({ moment: at, changedAt: null });
    expect(look(pending, whole).verdict.cause).not.toBe('A12-wait');
  });

  test.each([['user'], ['groups'], ['assignments'], ['rows'], ['account']] as const)(
    'stays that of the collection without %s',
    (key) => {
      expect(overlayLive(smallCase(pending), without(key)).look?.moment).toBe(now);
      expect(look(pending, without(key)).verdict.cause).toBe('A12-wait');
    },
  );

  test('stays that of the collection where there are more rows, or more own assignments', () => {
    const rows = { rows: [], otherRows: [], isWhole: false };
    expect(overlayLive(smallCase(pending), { ...whole, rows }).look?.moment).toBe(now);
    const assignments = { found: [assignment(ada)], extent: 'some' } as const;
    expect(overlayLive(smallCase(pending), { ...whole, assignments }).look?.moment).toBe(now);
  });

  test('needs no groups and assignments where everybody is provisioned', () => {
    const everyone = smallCase({ ...pending, settings: { SyncAll: 'true' } });
    expect(overlayLive(everyone, without('groups', 'assignments')).look?.moment).toBe(at);
  });

  test('dates a change that nothing else dates', () => {
    const before: CaseChanges = { facts: { account: null, assignments: [] } };
    const joined = {
      ...whole,
      groups: [liveGroup('Design')],
      assignments: { found: [assignment('Design')], extent: 'all' },
    } as const;
    expect(overlayLive(smallCase(before), joined).look?.changedAt).toBe(at);
    expect(look(before, joined).verdict).toMatchObject({ cause: 'A12-wait' });
    const dated = { ...whole, assignments: { found: [assignment(ada, at)], extent: 'all' } } as const;
    expect(overlayLive(smallCase(before), dated).look?.changedAt).toBeNull();
    expect(look(before, dated).verdict.cause).toBe('A8-too-recent');
    const failed = [row({ status: 'failure', action: 'create', at: '2026-11-23T12:30:00Z' })];
    const tried = { ...joined, rows: { rows: failed, otherRows: [], isWhole: true } };
    expect(overlayLive(smallCase(before), tried).look?.changedAt).toBe(now);
    expect(look(before, tried).verdict.cause).toBe('A11-failure');
  });

  test('leaves the estimate of an initial cycle where the job was read', () => {
    expect(overlayLive(smallCase(pending), whole).observedAt).toBe(now);
  });
});

test('rows that were read are used beside stored ones, whether there are more or not', () => {
  const stored: CaseChanges = { ...missing, rows: [row({ id: 'old', status: 'failure' })] };
  const rows = {
    rows: [row({ id: 'new', status: 'failure', at: '2026-11-23T12:30:00Z' })],
    otherRows: [],
    isWhole: false,
  };
  const looked = overlayLive(smallCase(stored), { ...whole, rows });
  expect(looked.rows.map(({ id }) => id)).toEqual(['new', 'old']);
  expect(looked.sources.find(({ source }) => source === 'provisioning-log')?.endedAt).toBe(now);
});
