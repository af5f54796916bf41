import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import type { SourceFreshness, SourceName } from '../../contract/models/run.ts';
import { createPerson } from '../cross-check/join-people.ts';
import { comparable, compileRules } from '../cross-check/rules.ts';
import { timeOf } from '../health/describe-time.ts';
import { isUnknown } from '../mapping/evaluated.ts';
import type { Assignment, DirectoryGroup, DirectoryUser } from '../model/directory.ts';
import type { SyncSchema } from '../model/synchronization.ts';
import type { TargetUser } from '../model/target.ts';
import type { CaseInput } from './person-case.ts';

/** What was just read of one person; undefined: not asked, or it failed. */
export interface LiveFacts {
  /** ISO 8601. */
  at: string;
  /** Null: in no list of Entra. */
  user?: { user: DirectoryUser; isDeleted: boolean } | null;
  /** Groups of which the person is a direct member, each with the groups that hold it. */
  groups?: {
    id: string;
    group: DirectoryGroup | null;
    holders: CaseInput['facts']['groups'];
    assignments: Assignment[];
  }[];
  /** Direct assignments of the person. */
  assignments?: Assignment[];
  rows?: { rows: LogRowDetail[]; otherRows: LogRowDetail[] };
  /** Null: UNIFI has no such account. */
  account?: TargetUser | null;
}

/** The user name by which Entra looks for the account; null when it is empty or cannot be told. */
export const expectedUserName = (schema: SyncSchema | null, user: DirectoryUser): string | null => {
  const matcher = compileRules(schema).user.matchers.find(({ attribute }) => attribute.toLowerCase() === 'username');
  const value = matcher ? comparable(matcher.read(createPerson(user, user.deletedAt !== null))) : null;
  return isUnknown(value) ? null : value;
};

const mergeRows = (live: readonly LogRowDetail[], stored: readonly LogRowDetail[]): LogRowDetail[] =>
  [...new Map([...stored, ...live].map((row) => [row.id, row])).values()].sort(
    (one, other) => (timeOf(other.at) ?? 0) - (timeOf(one.at) ?? 0),
  );

/** Sources of which everything about this one person was just read; lists of groups and assignments are more than that. */
const livelySources = (live: LiveFacts): Set<SourceName> =>
  new Set([
    ...(live.user === undefined ? [] : (['users', 'deleted-users'] as const)),
    ...(live.account === undefined ? [] : (['scim-users'] as const)),
    ...(live.rows === undefined ? [] : (['provisioning-log'] as const)),
  ]);

const userFacts = ({ user, at }: LiveFacts, facts: CaseInput['facts']): Partial<CaseInput['facts']> => {
  if (user === undefined) return {};
  const last = facts.user ?? facts.deletedUser ?? facts.formerUser?.item ?? null;
  return {
    user: user && !user.isDeleted ? user.user : null,
    deletedUser: user?.isDeleted ? user.user : null,
    formerUser: user || !last ? null : { item: last, goneAt: facts.formerUser?.goneAt ?? at },
  };
};

const groupFacts = ({ groups }: LiveFacts): Partial<CaseInput['facts']> => {
  if (groups === undefined) return {};
  const direct = groups.map(({ id, group }) => ({ id, group, through: [] as string[] }));
  const above = groups.flatMap(({ id, holders }) =>
    holders.map((holder) => ({ ...holder, through: [id, ...holder.through] })),
  );
  const known = new Set(direct.map(({ id }) => id));
  const nearest = above.toSorted((one, other) => one.through.length - other.through.length);
  const further = nearest.filter(({ id }) => {
    if (known.has(id)) return false;
    known.add(id);
    return true;
  });
  return { groups: [...direct, ...further] };
};

const assignmentFacts = (live: LiveFacts, input: CaseInput): Assignment[] => {
  const { facts, person } = input;
  const id = person.entra?.id ?? null;
  const own = live.assignments ?? facts.assignments.filter(({ principalId }) => principalId === id);
  const others = live.groups
    ? live.groups.flatMap(({ assignments }) => assignments)
    : facts.assignments.filter(({ principalId }) => principalId !== id);
  return [...new Map([...own, ...others].map((one) => [one.id, one])).values()];
};

/** Another account than the known one was found by its user name. */
const withAccount = (person: CaseInput['person'], account: TargetUser | null): CaseInput['person'] => {
  const isKnown = account !== null && account.id === person.scim?.id;
  return { ...person, scim: account, joinedBy: isKnown ? person.joinedBy : account && 'match-value' };
};

/**
 * The stored case of a person with what was just read laid over it. What could not be read stays as it was stored, with
 * its age.
 */
export const overlayLive = (input: CaseInput, live: LiveFacts): CaseInput => {
  const isFresh = livelySources(live);
  const refresh = (report: SourceFreshness): SourceFreshness =>
    isFresh.has(report.source)
      ? { ...report, status: 'complete', failure: null, endedAt: live.at, lastCompleteAt: live.at }
      : report;
  const { facts, person } = input;
  const account = live.account === undefined ? facts.account : live.account;
  return {
    ...input,
    observedAt: live.at,
    facts: {
      ...facts,
      ...userFacts(live, facts),
      ...groupFacts(live),
      account,
      assignments: assignmentFacts(live, input),
    },
    person: live.account === undefined ? person : withAccount(person, account),
    sources: input.sources.map(refresh),
    ...(live.rows === undefined
      ? {}
      : {
          rows: mergeRows(live.rows.rows, input.rows),
          otherRows: mergeRows(live.rows.otherRows, input.otherRows),
        }),
  };
};
