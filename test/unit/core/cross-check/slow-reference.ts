import type { CrossCheckInput } from '../../../../src-main/core/cross-check/input.ts';
import type { DirectoryUser } from '../../../../src-main/core/model/directory.ts';
import type { TargetUser } from '../../../../src-main/core/model/target.ts';

/*
 * The rules of findings.md 1 to 3 once more, as plainly as they can be written: no indexes, every list searched again
 * and again. For worlds with the standard mappings, whose filter is "department EQUALS Design".
 */

const fold = (text: string | null): string => (text ?? '').normalize('NFC').trim().toLowerCase();
const exact = (text: unknown): string => (typeof text === 'string' ? text.normalize('NFC').trim() : '');

interface Person {
  user: DirectoryUser;
  deleted: boolean;
}

export const slowReference = (world: CrossCheckInput): string[] => {
  const people: Person[] = [
    ...world.users.map((user) => ({ user, deleted: false })),
    ...world.deletedUsers
      .filter((user) => !world.users.some(({ id }) => id === user.id))
      .map((user) => ({ user, deleted: true })),
  ];
  const accounts = world.accounts;
  const linkOf = (person: Person) => world.links.find(({ sourceId }) => sourceId === person.user.id);
  const linked = (person: Person) => accounts.find(({ id }) => id === linkOf(person)?.targetId);
  const value = (person: Person) => fold(person.user.userPrincipalName);
  const matched = (person: Person) =>
    accounts.filter((account) => value(person) !== '' && fold(account.userName) === value(person));
  const claims = (person: Person, account: TargetUser) =>
    linked(person) === account || matched(person).includes(account);
  const claimedByOther = (person: Person, account: TargetUser) => {
    const living = people.filter(({ deleted }) => !deleted);
    return (
      !(!person.deleted && claims(person, account)) &&
      living.some((other) => other !== person && claims(other, account))
    );
  };
  const identified = (person: Person) =>
    accounts.filter((account) => {
      const own = exact(person.user.attributes['mailNickname']);
      return own !== '' && exact(account.externalId) === own && !claimedByOther(person, account);
    });

  const join = (person: Person) => {
    const free = (account: TargetUser) => !person.deleted || !claimedByOther(person, account);
    const own = [linked(person)].filter((account) => account !== undefined).find(free);
    const byValue = matched(person).filter(free);
    const others = [...new Set([...byValue, ...identified(person)])].filter((account) => account !== own);
    const sharers =
      own && fold(own.userName) !== ''
        ? people.filter((other) => !other.deleted && fold(own.userName) === value(other))
        : [];
    const foreign = own !== undefined && others.length > 0 && sharers.length > 0 && !sharers.includes(person);
    if (own && !foreign) return { account: own, further: others, stale: false };
    const rank = (account: TargetUser) =>
      `${account.active === true ? 0 : 1}${identified(person).includes(account) ? 0 : 1}${account.id}`;
    const choose = (list: TargetUser[]) => list.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))[0];
    const account = choose(byValue.filter((candidate) => candidate !== own)) ?? choose(others);
    const stale = account !== undefined && linkOf(person) !== undefined && (linked(person) === undefined || foreign);
    return { account, further: others.filter((other) => other !== account), stale };
  };
  const joined = people.map((person) => ({ person, ...join(person) }));
  const isHeld = (account: TargetUser) => joined.some((entry) => entry.account === account);
  for (const entry of joined) entry.further = entry.further.filter((account) => !isHeld(account));

  const entitled = (person: Person) =>
    world.assignments.some(
      ({ principalId }) =>
        principalId === person.user.id ||
        (world.groups.some(({ id, securityEnabled }) => id === principalId && securityEnabled) &&
          world.groupMembers.groups.some(
            ({ groupId, places }) =>
              groupId === principalId &&
              Array.from(places ?? []).some((place) => world.groupMembers.ids[place] === person.user.id),
          )),
    );
  const source = (person: Person) => {
    if (person.deleted) return 'soft-deleted';
    if (!person.user.accountEnabled) return 'disabled';
    if (!entitled(person)) return 'not-assigned';
    return person.user.attributes['department'] === 'Design' ? 'in-scope' : 'filtered-out';
  };
  const inScope = joined.filter(({ person }) => source(person) === 'in-scope');

  const findings: string[] = [];
  for (const entry of joined) {
    const { person, account, further, stale } = entry;
    const id = person.user.id;
    const state = source(person);
    if (account && account.active === null) continue;
    if (state !== 'in-scope') {
      if (account?.active !== true || inScope.some((other) => other.account === account)) continue;
      const isGone = state === 'disabled' || state === 'soft-deleted';
      findings.push(`${isGone ? 'active-source-gone' : 'active-not-entitled'} ${id} ${state}`);
      continue;
    }
    if (value(person) === '') findings.push(`missing-match-value ${id}`);
    else if (inScope.some((other) => other !== entry && value(other.person) === value(person))) {
      findings.push(`duplicate-match-value ${id}`);
    } else if (account && [account, ...further].filter(({ active }) => active === true).length > 1) {
      findings.push(`duplicate-in-target ${id}`);
    } else if (!account) findings.push(`missing-in-target ${id}`);
    else if (!account.active) findings.push(`inactive-in-target ${id}`);
    else if (stale) findings.push(`stale-link ${id}`);
    else {
      const pairs: [string, unknown, unknown][] = [
        ['userName', person.user.userPrincipalName, account.userName],
        ['name.givenName', person.user.attributes['givenName'], account.attributes['name.givenName']],
        ['name.familyName', person.user.attributes['surname'], account.attributes['name.familyName']],
        ['externalId', person.user.attributes['mailNickname'], account.externalId],
      ];
      for (const [name, expected, actual] of pairs) {
        if (exact(expected) === exact(actual)) continue;
        let difference = 'value';
        if (exact(expected) === '') difference = 'source-empty';
        else if (exact(expected).toLowerCase() === exact(actual).toLowerCase()) difference = 'case-only';
        findings.push(`attribute-drift ${id} ${name} ${difference}`);
      }
    }
  }
  for (const account of accounts) {
    if (isHeld(account) || joined.some(({ further }) => further.includes(account)) || account.active !== true) continue;
    const gone = world.links.find(
      ({ sourceId, targetId }) => targetId === account.id && !people.some(({ user }) => user.id === sourceId),
    );
    findings.push(gone ? `active-source-gone ${gone.sourceId} deleted` : `orphan-in-target scim:${account.id}`);
  }
  return findings.sort();
};
