import type { Changes } from './changes.ts';
import { accountSubject, createCandidate, groupSubject, personSubject, type Candidate } from './findings.ts';
import { memberKinds } from './kinds.ts';
import type { MemberTable } from '../model/members.ts';
import type { NotEvaluatedCounts } from './not-evaluated.ts';
import type { AccountRecord, GroupRecord, PersonRecord } from './records.ts';

export interface MembersCheck {
  groups: readonly GroupRecord[];
  accountById: ReadonlyMap<string, AccountRecord>;
  targetMembers: MemberTable;
  changes: Changes;
  notEvaluated: NotEvaluatedCounts;
}

/**
 * Compares the members of groups that exist on both sides. Expected are direct members in scope who have an account;
 * direct members out of scope are neither missing nor extra, and somebody whose own account is missing is only that
 * person's finding. Ids that are no account (nested groups, for one) are left alone. findings.md 3.
 */
export const checkMembers = (check: MembersCheck): Candidate[] => {
  const { groups, changes, notEvaluated, targetMembers } = check;
  const candidates: Candidate[] = [];
  const accountAt = targetMembers.ids.map((id) => check.accountById.get(id) ?? null);
  const placesOf = new Map(targetMembers.groups.map(({ groupId, places }) => [groupId, places]));
  let mark = 0;

  const evidenceOf = (group: GroupRecord, text: string): Candidate['evidence'] => [
    { source: 'groups', ref: group.group.id, at: null, text: `${text} in Entra.` },
    {
      source: 'scim-groups',
      ref: group.target?.group.id ?? '',
      at: group.target?.group.lastModifiedAt ?? null,
      text: `${text === 'A direct member' ? 'No member' : 'A member'} in UNIFI.`,
    },
  ];

  const compare = (group: GroupRecord, places: ArrayLike<number>): void => {
    mark += 1;
    /** Each once: a server may list a member twice. */
    const listed: AccountRecord[] = [];
    for (let index = 0; index < places.length; index += 1) {
      const account = accountAt[places[index] ?? -1];
      if (!account || account.mark === mark) continue;
      account.mark = mark;
      listed.push(account);
    }
    const hasMark = (account: AccountRecord): boolean => account.mark === mark;
    for (const person of group.members) {
      person.mark = mark;
      if (person.source !== 'in-scope' || !person.account) continue;
      // The account is somebody else's, who has the same match value: this person has none yet.
      if (person.account.holder !== person) continue;
      if (hasMark(person.account) || person.further.some(hasMark)) continue;
      candidates.push(
        createCandidate({
          kind: 'member-missing',
          subject: groupSubject(group),
          member: personSubject(person),
          expected: true,
          actual: false,
          timing: changes.ofMembership(group, person),
          assumed: [],
          evidence: evidenceOf(group, 'A direct member'),
        }),
      );
    }
    for (const account of listed) {
      const person: PersonRecord | null = account.holder ?? account.furtherOf;
      if (person?.mark === mark || group.members.some((member) => member.account === account)) continue;
      candidates.push(
        createCandidate({
          kind: 'member-extra',
          subject: groupSubject(group),
          member: person ? personSubject(person) : accountSubject(account, account.goneLink?.sourceId ?? null),
          expected: false,
          actual: true,
          timing: changes.ofMembership(group, person),
          assumed: [],
          evidence: evidenceOf(group, 'No direct member'),
        }),
      );
    }
  };

  for (const group of groups) {
    const { target } = group;
    if (!target) continue;
    const places = placesOf.get(target.group.id) ?? null;
    if (places === null) {
      group.undecided |= memberKinds;
      notEvaluated.add({ reason: 'the members of a group could not be read from UNIFI' });
    } else if (target.holders.length > 1) {
      group.undecided |= memberKinds;
      notEvaluated.add({ reason: 'several groups of Entra share one group of UNIFI' });
    } else compare(group, places);
  }
  return candidates;
};
