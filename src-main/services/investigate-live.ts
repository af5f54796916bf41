import { userKey, type Investigation } from '../contract/models/investigation.ts';
import type { Person } from '../contract/models/person.ts';
import { investigatePerson } from '../core/investigation/investigate-person.ts';
import { AppError } from '../core/app-error.ts';
import { matchKey } from '../core/cross-check/compare-text.ts';
import { expectedUserName } from '../core/investigation/join-account.ts';
import type { DirectoryUser } from '../core/model/directory.ts';
import type { SyncSchema } from '../core/model/synchronization.ts';
import { attributeNames } from './collect/attribute-names.ts';
import type { BugLog } from './failure-of.ts';
import { investigateFound } from './investigate.ts';
import { isCalled } from './investigation/find-people.ts';
import { findSubjects, type FoundSubjects } from './investigation/find-subjects.ts';
import { createLiveAttempts, usualPatienceMs, type LiveAttempts } from './investigation/live-attempts.ts';
import { loadCase, loadSharedCase } from './investigation/load-case.ts';
import { lookAtPerson } from './investigation/look-at-person.ts';
import type { Clock, Graph, HistoryReads, ScimDirectory } from './ports.ts';

/** Entra and UNIFI, through a fetch that counts; `requests` says how many there were. */
export interface LookDependencies {
  graph: Graph;
  scim: ScimDirectory;
  bugs: BugLog;
  requests(): number;
  /** Hears what a look waits for. */
  say?(note: string): void;
  /** After so long a look ends with what it has. Left out: a minute. */
  patienceMs?: number;
}

/** Somebody of whom Entra tells and the history does not. */
const personOf = (user: DirectoryUser): Person => ({
  id: user.id,
  name: [user.displayName, user.userPrincipalName].find((text) => text?.trim()) ?? user.id,
  entra: {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    mail: user.mail,
    displayName: user.displayName,
    accountEnabled: user.accountEnabled,
    createdAt: user.createdAt,
    deletedAt: user.deletedAt,
  },
  scim: null,
  joinedBy: null,
  state: { source: 'unknown', target: 'unknown' },
  findings: [],
});

/**
 * Whom Entra has under a sign-in name or object id that nobody in the history is called by now: somebody new, or with a
 * new name; or under the user name of an account that nobody in the history has. Null: nobody; undefined: there is
 * nothing to ask, or Entra did not answer.
 */
const askEntra = async (
  graph: Graph,
  attempts: LiveAttempts,
  asked: { store: HistoryReads; schema: SyncSchema | null; who: string; found: FoundSubjects },
): Promise<DirectoryUser | null | undefined> => {
  const { store, schema, who, found } = asked;
  const [person, another] = found.people;
  if (another || found.groups.length > 0) return undefined;
  const isOnlyInUnifi = person !== undefined && person.entra === null;
  const id = (isOnlyInUnifi ? (person.scim?.userName ?? '') : who).trim();
  if (!userKey.test(id) || (!isOnlyInUnifi && person && isCalled(person, who))) return undefined;
  const { user: attributes } = await attributeNames(store.snapshots);
  const user = await attempts.attempt('users', (read) => graph.person.user({ ...read, id, attributes }));
  const expected = user && isOnlyInUnifi ? expectedUserName(schema, user, false) : id;
  // Somebody who is called so, but is looked for under another name, is not the account's.
  if (user === undefined || (user && expected !== null && matchKey(expected) === matchKey(id))) return user;
  const what = isOnlyInUnifi ? 'for a user of this user name' : 'for a user of this sign-in name or object id';
  attempts.tellPart('users', `Entra was asked just now ${what}, and has none.`);
  return null;
};

/**
 * Why one person is in UNIFI as they are, after a look at this person alone: at most 12 requests. Somebody whom the
 * history does not know is found in Entra by sign-in name or object id. Where several fit, nothing is asked. What was
 * read is not stored.
 *
 * Throws `input-invalid` for a group, `run-unknown` before the first cross-check, `cancelled`, and the store's failures.
 */
export const investigateLive = async (
  dependencies: LookDependencies,
  options: {
    store: HistoryReads;
    clock: Clock;
    jobId: string | null;
    servicePrincipalId: string | null;
    who: string;
    signal: AbortSignal;
  },
): Promise<Investigation> => {
  const { graph, bugs, say, patienceMs = usualPatienceMs } = dependencies;
  const { store, who, clock, signal, servicePrincipalId } = options;
  const [shared, found] = await Promise.all([loadSharedCase(options), findSubjects(store, who)]);
  const now = clock.now().toISOString();
  if (found.people.length === 0 && found.groups.length === 1) {
    throw new AppError({
      code: 'input-invalid',
      message: `"${who}" is a group, and only a person can be looked at alone.`,
      advice: 'Ask about the group from what is stored, or collect first.',
      fields: [{ field: 'live', reason: 'goes with a person only' }],
    });
  }
  const attempts = createLiveAttempts({ bugs, signal, patienceMs, say });
  const user = await askEntra(graph, attempts, { store, schema: shared.common.schema, who, found });
  const people = user ? [(await store.people.get(user.id)) ?? personOf(user)] : found.people;
  const [person] = people;
  if (!person || people.length > 1 || found.groups.length > 0) {
    const answer = await investigateFound(store, shared, { who, found: people, groups: found.groups });
    if (user === undefined && attempts.failures.size === 0) return answer;
    const ages = attempts.ages(shared.common.sources, { now, isWhole: () => false });
    return { ...answer, live: { requests: dependencies.requests(), ages } };
  }
  const { input, look } = await lookAtPerson(dependencies, attempts, {
    store,
    shared,
    input: await loadCase(store, shared, person),
    user: user ?? null,
    servicePrincipalId,
    now,
  });
  return { ...investigatePerson(input), live: look };
};
