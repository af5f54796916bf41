import { expect, test } from 'vitest';
import { accessSeen } from '../../../../src-main/core/investigation/access-seen.ts';
import { openCase } from '../../../../src-main/core/investigation/person-case.ts';
import { ada, assignment, group, schema, smallCase, user, type CaseChanges } from './small-case.ts';

const seen = (changes: CaseChanges) => accessSeen(openCase(smallCase(changes)));
const waysOf = (changes: CaseChanges) =>
  seen(changes)?.ways.map(({ groups, broken }) => [
    groups.map(({ id }) => id).join(' > ') || 'directly',
    broken ? `${broken.link} ${broken.why}` : 'access',
  ]);
const direct = (id: string, changes: Parameters<typeof group>[1] = {}) => ({
  id,
  through: [],
  group: group(id, changes),
});

test('ways that give access come first, then those to an assignment, and each says where it ends', () => {
  const facts: CaseChanges['facts'] = {
    assignments: ['Guild', 'Unsure', 'Design', 'Team', ada].map((id) => assignment(id)),
    groups: [
      direct('Choir'),
      direct('Guild', { securityEnabled: false }),
      { id: 'Unsure', through: [], group: null },
      direct('Team', { groupTypes: ['DynamicMembership'] }),
      direct('Design EMEA'),
      { id: 'Design', through: ['Design EMEA'], group: group('Design') },
      { id: 'Company', through: ['Design EMEA'], group: group('Company') },
    ],
  };
  expect(waysOf({ facts })).toEqual([
    ['directly', 'access'],
    ['Team', 'access'],
    ['Guild', '1 not-security-enabled'],
    ['Unsure', '1 not-known'],
    ['Design EMEA > Design', '1 nested'],
    ['Choir', '1 not-assigned'],
  ]);
  const ways = seen({ facts })?.ways ?? [];
  expect(ways[1]?.groups).toEqual([{ id: 'Team', name: 'Team', securityEnabled: true, dynamic: true, assigned: true }]);
  expect(ways[3]?.groups[0]).toMatchObject({ name: null, securityEnabled: null, assigned: true });
});

test('of many ways the first are listed, and all are counted', () => {
  const groups = Array.from({ length: 30 }, (_, index) => direct(`Group ${index}`));
  const access = seen({ facts: { groups, assignments: [assignment('Group 29')] } });
  expect(access?.ways).toHaveLength(20);
  expect(access?.wayCount).toBe(30);
  expect(access?.ways[0]?.groups[0]?.id).toBe('Group 29');
});

test('every clause is listed with the value that it saw, or why that cannot be told', () => {
  const clause = { filter: 'Design', early: false, attribute: 'department', operator: 'EQUALS', values: ['Sales'] };
  const clausesOf = (department: string | null) =>
    seen({ schema: schema({ department: 'Sales' }), facts: { user: user({ attributes: { department } }) } })?.clauses;
  expect(clausesOf('Design')).toEqual([{ ...clause, seen: 'Design', problem: null, answer: 'fail' }]);
  expect(clausesOf('Sales')).toEqual([{ ...clause, seen: 'Sales', problem: null, answer: 'pass' }]);
  expect(clausesOf(null)).toEqual([{ ...clause, seen: null, problem: null, answer: 'fail' }]);
  const strange = seen({ schema: schema({ operator: 'SoundsLike' }) })?.clauses;
  expect(strange).toMatchObject([{ operator: 'SoundsLike', seen: 'Design', answer: 'unknown' }]);
});

test('somebody whom Entra does not know has none', () => {
  expect(seen({ person: { entra: null }, facts: { user: null, deletedUser: null, formerUser: null } })).toBeUndefined();
});
