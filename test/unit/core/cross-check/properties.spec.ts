import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceNames } from '../../../../src-main/contract/models/run.ts';
import { crossCheck } from '../../../../src-main/core/cross-check/cross-check.ts';
import type { CrossCheckInput } from '../../../../src-main/core/cross-check/input.ts';
import { slowReference } from './slow-reference.ts';
import { account, assign, brief, group, link, longAgo, schemaOf, targetGroup, user, without, world } from './world.ts';

const values = fc.constantFrom('ada', 'bea', 'Ada', ' bea ', 'cleo', null);
const indexes = (count: number) => fc.uniqueArray(fc.nat({ max: count - 1 }));

const userArbitrary = fc.record({
  name: values,
  nickname: values,
  surname: values,
  enabled: fc.boolean(),
  inDesign: fc.boolean(),
  state: fc.constantFrom('present', 'present', 'present', 'deleted', 'gone'),
  isAssigned: fc.boolean(),
  linkTo: fc.option(fc.nat({ max: 6 })),
});
const accountArbitrary = fc.record({
  name: values,
  externalId: values,
  surname: values,
  active: fc.constantFrom(true, true, true, false, null),
});

const filter = [{ name: 'Design', clauses: [{ attribute: 'department', operator: 'EQUALS', values: ['Design'] }] }];

/** Small worlds in which almost everything collides with something. */
const worlds = fc
  .record({
    users: fc.array(userArbitrary, { minLength: 1, maxLength: 5 }),
    accounts: fc.array(accountArbitrary, { maxLength: 6 }),
    memberIndexes: indexes(5),
    targetMembers: indexes(6),
    isSecurityEnabled: fc.boolean(),
    isGroupAssigned: fc.boolean(),
  })
  .map((parts): CrossCheckInput => {
    const people = parts.users.map((person, index) => ({
      person,
      user: user(`p${index}`, {
        userPrincipalName: person.name && `${person.name}@contoso.example`,
        accountEnabled: person.enabled,
        deletedAt: person.state === 'deleted' ? longAgo : null,
        attributes: {
          givenName: 'Given',
          surname: person.surname,
          mailNickname: person.nickname,
          department: person.inDesign ? 'Design' : 'Sales',
        },
      }),
    }));
    const present = people.filter(({ person }) => person.state === 'present').map((entry) => entry.user);
    return world({
      schema: { schema: schemaOf({ user: { scope: { groups: filter, inputFilterGroups: [] } } }), seenAt: '' },
      users: present,
      deletedUsers: people.filter(({ person }) => person.state === 'deleted').map((entry) => entry.user),
      assignments: [
        ...people.filter(({ person }) => person.isAssigned).map((entry) => assign(entry.user.id)),
        ...(parts.isGroupAssigned ? [assign('group-office', { principalType: 'Group' as const })] : []),
      ],
      groups: [group('office', { securityEnabled: parts.isSecurityEnabled })],
      groupMembers: [
        {
          groupId: 'group-office',
          userIds: parts.memberIndexes.flatMap((index) => present[index]?.id ?? []),
          groupIds: [],
        },
      ],
      accounts: parts.accounts.map((entry, index) =>
        account(`a${index}`, {
          userName: entry.name && `${entry.name}@contoso.example`,
          externalId: entry.externalId,
          active: entry.active,
          attributes: { 'name.givenName': 'Given', 'name.familyName': entry.surname },
        }),
      ),
      targetGroups: [
        targetGroup(
          'office',
          parts.targetMembers.map((index) => `scim-a${index}`),
        ),
      ],
      links: people.flatMap(({ person, user: { id } }) =>
        person.linkTo === null
          ? []
          : [{ ...link(id, `scim-a${person.linkTo}`), at: `2026-01-05T08:00:0${id.at(-1)}Z` }],
      ),
    });
  });

const isOfPeople = (line: string): boolean => !/ group-|^group|^member/u.test(line);

test('agrees with the rules written down as plainly as possible', () => {
  fc.assert(
    fc.property(worlds, (input) => {
      // Of several people who are gone and point to one account, the newest link counts; the reference takes any.
      fc.pre(new Set(input.links.map(({ targetId }) => targetId)).size === input.links.length);
      const lines = brief(crossCheck(input).findings).filter(isOfPeople).sort();
      expect(lines).toEqual(slowReference(input));
    }),
    { numRuns: 2000 },
  );
});

test('finds the same whatever the order in which the lists were read', () => {
  const shuffled = (input: CrossCheckInput) =>
    fc.record({
      users: fc.shuffledSubarray([...input.users], { minLength: input.users.length }),
      deletedUsers: fc.shuffledSubarray([...input.deletedUsers], { minLength: input.deletedUsers.length }),
      accounts: fc.shuffledSubarray([...input.accounts], { minLength: input.accounts.length }),
      assignments: fc.shuffledSubarray([...input.assignments], { minLength: input.assignments.length }),
      links: fc.shuffledSubarray([...input.links], { minLength: input.links.length }),
    });
  const pairs = worlds.chain((input) => shuffled(input).map((lists) => [input, { ...input, ...lists }] as const));
  fc.assert(
    fc.property(pairs, ([input, other]) => {
      expect(brief(crossCheck(other).findings)).toEqual(brief(crossCheck(input).findings));
    }),
    { numRuns: 500 },
  );
});

test('a source that is partial never brings a finding of its kinds, nor resolves one', () => {
  fc.assert(
    fc.property(worlds, worlds, fc.constantFrom(...sourceNames), (before, after, source) => {
      const previous = crossCheck(before).findings;
      const whole = new Set(crossCheck({ ...after, previous }).findings.map(({ id }) => id));
      const { findings, notEvaluated } = crossCheck({ ...after, previous, complete: without(source) });
      const kinds = new Set(notEvaluated.filter((entry) => entry.source === source).map(({ kind }) => kind));
      const known = new Set(previous.map(({ id }) => id));
      for (const finding of findings) {
        if (source === 'deleted-users' && finding.kind === 'active-source-gone') continue;
        if (kinds.has(finding.kind)) {
          expect(finding.state).not.toBe('resolved');
          expect(finding.verified).toBe(false);
          expect(known.has(finding.id)).toBe(true);
        } else if (source !== 'provisioning-log') expect(whole.has(finding.id)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('users or accounts that were not read completely leave everything as it was', () => {
  fc.assert(
    fc.property(worlds, worlds, fc.constantFrom('users', 'scim-users'), (before, after, source) => {
      const previous = crossCheck(before).findings;
      const { findings } = crossCheck({ ...after, previous, complete: without(source) });
      expect(findings).toEqual(previous.map((finding) => ({ ...finding, verified: false })));
    }),
    { numRuns: 300 },
  );
});

test('ids stay the same from run to run, and a second look changes nothing but the day', () => {
  fc.assert(
    fc.property(worlds, (input) => {
      const first = crossCheck(input).findings;
      const later = '2026-11-22T12:00:00.000Z';
      const second = crossCheck({ ...input, previous: first, observedAt: later }).findings;
      expect(new Set(first.map(({ id }) => id)).size).toBe(first.length);
      expect(second).toEqual(first.map((finding) => ({ ...finding, lastSeen: later })));
    }),
    { numRuns: 300 },
  );
});
