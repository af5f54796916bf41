import type { LiveAssignments, LiveGroup } from '../../core/investigation/overlay-live.ts';
import type { CaseInput } from '../../core/investigation/person-case.ts';
import type { Assignment, DirectoryUser } from '../../core/model/directory.ts';
import type { Graph, HistoryReads } from '../ports.ts';
import type { LiveAttempts } from './live-attempts.ts';

/** Nearly every application has fewer assignments than these pages hold. */
const assignmentPages = 2;
/** Names under which the person's own assignments are asked for where there are more. */
const namesAsked = 2;
/** Assigned groups that no collection read. */
const newGroupsRead = 2;

/** What gives one person access, as just read; undefined: it could not be read. */
export interface LiveAccess {
  groups?: LiveGroup[];
  assignments?: LiveAssignments;
}

const readAssignments = async (
  graph: Graph,
  attempts: LiveAttempts,
  asked: { user: DirectoryUser; stored: readonly Assignment[]; servicePrincipalId: string },
): Promise<LiveAssignments | undefined> => {
  const { user, stored, servicePrincipalId } = asked;
  return attempts.attempt('assignments', async (read) => {
    const listed = await graph.person.assignments({ ...read, servicePrincipalId, mostPages: assignmentPages });
    if (listed.isWhole) return { found: listed.assignments, extent: 'all' };
    // Graph filters them by name alone, and an assignment keeps the name that its principal had: graph-provisioning.md 7.
    const earlier = stored.flatMap(({ principalId, principalName }) =>
      principalId === user.id ? [principalName] : [],
    );
    const names = [...new Set([user.displayName, ...earlier].flatMap((name) => (name?.trim() ? [name] : [])))];
    const named = await Promise.all(
      names.slice(0, namesAsked).map((name) => graph.person.assignmentsNamed({ ...read, name, servicePrincipalId })),
    );
    const isNamed = (user.displayName ?? '').trim() !== '';
    const found = [...listed.assignments, ...named.flat()];
    return { found, extent: isNamed ? 'own' : 'some' };
  });
};

const readGroups = async (
  graph: Graph,
  attempts: LiveAttempts,
  asked: { user: DirectoryUser; store: HistoryReads; now: string },
): Promise<LiveGroup[] | undefined> => {
  const { user, store, now } = asked;
  const ids = await attempts.attempt('groups', (read) => graph.person.groupIds({ ...read, userId: user.id }));
  if (!ids) return undefined;
  const groups: LiveGroup[] = [];
  for (const id of ids) {
    const { group, holders, assignments } = await store.groups.facts({ entraId: id, scimId: null, auditFrom: now });
    groups.push({ id, group, isCollected: group !== null, holders, assignments });
  }
  return groups;
};

/** Says what was read now and what is as old as the collection. */
const tellParts = (attempts: LiveAttempts, { groups, assignments }: LiveAccess): void => {
  const unread = assignments?.extent === 'all' ? 0 : (groups ?? []).filter(({ isCollected }) => !isCollected).length;
  const rest =
    unread === 0
      ? ''
      : ` Whether UNIFI is assigned to ${unread === 1 ? 'one more group' : `${unread} more groups`} of the person is not known: no collection read ${unread === 1 ? 'it' : 'them'}.`;
  if (assignments?.extent === 'own')
    attempts.tellPart(
      'assignments',
      `The person's own assignment was asked for just now; those of groups are as old as the collection.${rest}`,
    );
  if (assignments?.extent === 'some')
    attempts.tellPart(
      'assignments',
      `There are more assignments than a look reads, and the person has no display name by which to ask for the own one: it is as old as the collection, as are those of groups.${rest}`,
    );
  if (!assignments && rest) attempts.tellPart('assignments', rest.trim());
  if (groups)
    attempts.tellPart(
      'groups',
      'Direct memberships were read just now; the groups themselves, and what they are nested in, are as old as the collection.',
    );
};

/**
 * Direct memberships of a person, and the assignments of the application: all of them where two pages hold them, else
 * the person's own. Groups that no collection read are read where UNIFI is assigned to them.
 *
 * Throws `cancelled`, and the store's failures.
 */
export const lookAtAccess = async (
  graph: Graph,
  attempts: LiveAttempts,
  asked: {
    input: CaseInput;
    user: DirectoryUser;
    store: HistoryReads;
    servicePrincipalId: string | null;
    groupAttributes: string[];
    now: string;
  },
): Promise<LiveAccess> => {
  const { input, user, store, servicePrincipalId, groupAttributes, now } = asked;
  const [groups, assignments] = await Promise.all([
    readGroups(graph, attempts, { user, store, now }),
    servicePrincipalId === null
      ? undefined
      : readAssignments(graph, attempts, { user, stored: input.facts.assignments, servicePrincipalId }),
  ]);
  const assigned = new Set(assignments?.found.map(({ principalId }) => principalId));
  const unread = (groups ?? []).filter(({ id, group }) => group === null && assigned.has(id)).slice(0, newGroupsRead);
  if (unread.length > 0) {
    await attempts.attempt('groups', async (read) => {
      const ids = unread.map(({ id }) => id);
      for await (const page of graph.directory.readGroups({ ...read, ids, attributes: groupAttributes })) {
        for (const group of page) {
          const place = unread.find(({ id }) => id === group.id);
          if (place) place.group = group;
        }
      }
    });
  }
  const access: LiveAccess = { ...(groups ? { groups } : {}), ...(assignments ? { assignments } : {}) };
  tellParts(attempts, access);
  return access;
};
