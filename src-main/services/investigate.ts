import type { Investigation } from '../contract/models/investigation.ts';
import type { Person } from '../contract/models/person.ts';
import { openGroupCase } from '../core/investigation/group-case.ts';
import { investigateGroup } from '../core/investigation/investigate-group.ts';
import { investigateMember } from '../core/investigation/investigate-member.ts';
import { investigateNobody } from '../core/investigation/investigate-nobody.ts';
import { investigatePerson } from '../core/investigation/investigate-person.ts';
import type { AuditEvent } from '../core/model/directory.ts';
import type { GroupRef } from '../core/model/group-facts.ts';
import type { PersonFacts } from '../core/model/person-facts.ts';
import { findUnidentified, namesRead } from './investigation/find-people.ts';
import { findGroups, findSubjects } from './investigation/find-subjects.ts';
import { loadCase, loadSharedCase, type SharedCase } from './investigation/load-case.ts';
import { loadGroupCase } from './investigation/load-group-case.ts';
import type { Clock, HistoryReads } from './ports.ts';

const isObjectId = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u.test(text);

/** What the audit log tells of an id that is in no list. */
const auditOf = async (store: HistoryReads, shared: SharedCase, id: string): Promise<AuditEvent[]> =>
  (await store.people.facts({ entraId: id, scimId: null, applicationId: null, auditFrom: shared.auditFrom })).audit;

/**
 * The verdict about whoever was found for a name: one person or group is investigated, several are listed, nobody is an
 * answer too.
 *
 * @param asked `groups`: none where they are left out; `facts` of the one person, when they were read already
 * Throws the store's failures.
 */
export const investigateFound = async (
  store: HistoryReads,
  shared: SharedCase,
  asked: { who: string; found: readonly Person[]; groups?: readonly GroupRef[]; facts?: PersonFacts },
): Promise<Investigation> => {
  const { who, found, groups = [] } = asked;
  const [person] = found;
  const [group] = groups;
  if (person && found.length === 1 && !group)
    return investigatePerson(await loadCase(store, shared, person, asked.facts));
  if (group && groups.length === 1 && !person) return investigateGroup(await loadGroupCase(store, shared, group));
  const isNobody = found.length + groups.length === 0;
  const id = who.trim().toLowerCase();
  return investigateNobody({
    who,
    candidates: found,
    groups,
    isCut: found.length >= namesRead,
    unidentified: isNobody ? await findUnidentified(store, who) : null,
    audit: isNobody && isObjectId(id) ? await auditOf(store, shared, id) : [],
    ...shared.common,
  });
};

/** Several groups or members fit, or none: nothing is decided about a membership then. */
const investigateNoMember = (
  shared: SharedCase,
  asked: { who: string; found: readonly Person[]; groups: readonly GroupRef[]; of: 'member' | 'group' },
): Investigation =>
  investigateNobody({
    who: asked.who,
    candidates: asked.found,
    groups: asked.groups,
    isCut: asked.found.length >= namesRead,
    only: asked.of,
    ...shared.common,
  });

/**
 * The verdict about one member of one group: `who` is looked for among the groups, `member` among the people.
 *
 * Throws the store's failures.
 */
export const investigateMembership = async (
  store: HistoryReads,
  shared: SharedCase,
  asked: { who: string; member: string },
): Promise<Investigation> => {
  const groups = await findGroups(store, asked.who);
  const [group] = groups;
  if (!group || groups.length > 1)
    return investigateNoMember(shared, { who: asked.who, found: [], groups, of: 'group' });
  const { people } = await findSubjects(store, asked.member);
  const [person] = people;
  if (!person || people.length > 1)
    return investigateNoMember(shared, { who: asked.member, found: people, groups: [], of: 'member' });
  const [groupInput, personInput] = await Promise.all([
    loadGroupCase(store, shared, group),
    loadCase(store, shared, person),
  ]);
  const further = personInput.findings.flatMap(({ related }) => related.map(({ scimId }) => scimId));
  const accounts = [personInput.facts.account?.id, person.scim?.id, ...further].filter((id) => typeof id === 'string');
  const membership = await store.groups.membership({
    groupId: group.entraId,
    targetId: openGroupCase(groupInput).target?.id ?? null,
    userId: person.entra?.id ?? null,
    accountIds: [...new Set(accounts)],
  });
  return investigateMember({ group: groupInput, person: personInput, facts: membership });
};

/**
 * Why one person, one group, or one member of a group is in UNIFI as they are, from what is stored: finds who is meant,
 * loads only their facts, and thinks. Several who fit are listed as candidates; nobody is an answer too.
 *
 * @param options `member`: then `who` is a group, and the question is about this member of it
 * Throws `run-unknown` before the first cross-check, and the store's failures.
 */
export const investigate = async (options: {
  store: HistoryReads;
  clock: Clock;
  jobId: string | null;
  who: string;
  member?: string;
}): Promise<Investigation> => {
  const { store, who, member } = options;
  if (member !== undefined) return investigateMembership(store, await loadSharedCase(options), { who, member });
  const [shared, { people, groups }] = await Promise.all([loadSharedCase(options), findSubjects(store, who)]);
  return investigateFound(store, shared, { who, found: people, groups });
};
