import type { Failure } from '../../contract/failure.ts';
import type { Finding } from '../../contract/models/finding.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import type { SourceFreshness, SourceName } from '../../contract/models/run.ts';
import { decideScopeMode } from '../cross-check/entitlement.ts';
import { settleFindings } from '../cross-check/settle-findings.ts';
import { timeOf } from '../health/describe-time.ts';
import type { Assignment, DirectoryGroup, DirectoryUser } from '../model/directory.ts';
import type { JoinedAccount } from './join-account.ts';
import { openCase, type CaseInput, type LookTimes } from './person-case.ts';

/** A group of which the person is a direct member now. */
export interface LiveGroup {
  id: string;
  /** As the collection has it, or as just read; null: neither. */
  group: DirectoryGroup | null;
  /** A collection read it, and so knows what holds it. */
  isCollected: boolean;
  /** The groups that hold it, as the collection saw them. */
  holders: CaseInput['facts']['groups'];
  /** Of the group and of those that hold it, as the collection saw them. */
  assignments: Assignment[];
}

/** Assignments of the application that were just read. */
export interface LiveAssignments {
  found: readonly Assignment[];
  /** `all`: there are no others; `own`: the person has no others; `some`: there may be more of the person, too. */
  extent: 'all' | 'own' | 'some';
}

/** The person's account now. */
export interface LiveAccount extends JoinedAccount {
  /** Ids of the accounts that were found or asked for. */
  asked: readonly string[];
}

/** What was just read of one person; undefined: not asked, or it failed. */
export interface LiveFacts {
  /** ISO 8601. */
  at: string;
  /** Null: not among the users of Entra. */
  user?: DirectoryUser | null;
  /** Null: not among the deleted users either. Asked only about somebody who is not among the users. */
  deletedUser?: DirectoryUser | null;
  groups?: readonly LiveGroup[];
  assignments?: LiveAssignments;
  /** Rows of the log since it was collected. */
  rows?: { rows: LogRowDetail[]; otherRows: LogRowDetail[]; isWhole: boolean };
  /** Undefined also where nothing is proven. */
  account?: LiveAccount;
  /** Why something could not be read. */
  failures: ReadonlyMap<SourceName, Failure>;
}

const mergeRows = (live: readonly LogRowDetail[], stored: readonly LogRowDetail[]): LogRowDetail[] =>
  [...new Map([...stored, ...live].map((row) => [row.id, row])).values()].sort(
    (one, other) => (timeOf(other.at) ?? 0) - (timeOf(one.at) ?? 0),
  );

/** Groups that no collection read matter where UNIFI is assigned to them: those of others are not collected either. */
const matters = ({ id, isCollected }: LiveGroup, assignments: LiveAssignments | undefined): boolean =>
  isCollected || (assignments?.found.some(({ principalId }) => principalId === id) ?? false);

/** Sources of which all that concerns this one person was just read. */
export const livelySources = (live: LiveFacts): Set<SourceName> => {
  const isAll = live.assignments?.extent === 'all';
  // Where no group gives access, nothing that was collected of groups is looked at.
  const isGroupless = live.groups?.every((group) => isAll && !matters(group, live.assignments)) ?? false;
  return new Set([
    ...(live.user === undefined ? [] : (['users'] as const)),
    // Whoever is among the users is not among the deleted ones.
    ...(live.user || live.deletedUser !== undefined ? (['deleted-users'] as const) : []),
    ...(isGroupless ? (['groups'] as const) : []),
    ...(isAll ? (['assignments'] as const) : []),
    ...(live.account === undefined ? [] : (['scim-users'] as const)),
    ...(live.rows?.isWhole ? (['provisioning-log'] as const) : []),
  ]);
};

const userFacts = ({ user, deletedUser, at }: LiveFacts, facts: CaseInput['facts']): Partial<CaseInput['facts']> => {
  if (user === undefined) return {};
  if (user) return { user, deletedUser: null, formerUser: null };
  const last = facts.user ?? facts.deletedUser ?? facts.formerUser?.item ?? null;
  const deleted = deletedUser === undefined ? facts.deletedUser : deletedUser;
  return {
    user: null,
    deletedUser: deleted,
    formerUser: deleted || !last ? null : { item: last, goneAt: facts.formerUser?.goneAt ?? at },
    // Nobody who was deleted is in a group, or has an assignment that counts.
    groups: [],
    assignments: [],
  };
};

const groupFacts = (groups: readonly LiveGroup[]): CaseInput['facts']['groups'] => {
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
  return [...direct, ...further];
};

const accessFacts = (live: LiveFacts, input: CaseInput): Partial<CaseInput['facts']> => {
  const { facts, person } = input;
  const id = person.entra?.id ?? null;
  const direct = live.groups?.filter((group) => matters(group, live.assignments));
  const groups = direct ? groupFacts(direct) : facts.groups;
  const ids = new Set<string | null>([id, ...groups.map((group) => group.id)]);
  const found = (live.assignments?.found ?? []).filter(({ principalId }) => ids.has(principalId));
  const extent = live.assignments?.extent ?? 'some';
  const stored = [
    ...facts.assignments.filter(({ principalId }) => principalId === id && extent === 'some'),
    ...(direct
      ? direct.flatMap(({ assignments }) => assignments)
      : facts.assignments.filter(({ principalId }) => principalId !== id)),
  ];
  const known = extent === 'all' ? found : [...stored, ...found];
  return { groups, assignments: [...new Map(known.map((one) => [one.id, one])).values()] };
};

/**
 * Sources whose stored state tells nothing about this person any more, though what is asked for could not be read: those
 * of somebody of whom the collection did not know, and whether a group that it never read gives access.
 */
const blindedSources = (input: CaseInput, live: LiveFacts, overlaid: CaseInput): SourceName[] => {
  const { facts } = input;
  if (live.user === null) return live.deletedUser === undefined && !facts.deletedUser ? ['deleted-users'] : [];
  if (!live.user) return [];
  const isNew = !facts.user && !facts.deletedUser && !facts.formerUser;
  const blinded: SourceName[] = [];
  if (isNew && !live.account) blinded.push('scim-users');
  if (isNew && !live.rows?.isWhole) blinded.push('provisioning-log');
  if (decideScopeMode(input).everyone || openCase(overlaid).record?.entitled === 'yes') return blinded;
  const extent = live.assignments?.extent ?? 'some';
  const groups = live.groups ?? [];
  // Memberships and assignments end when somebody is deleted; what was collected is not theirs after a restoration.
  if (!facts.user && !live.groups) blinded.push('groups');
  if (!facts.user && extent === 'some') blinded.push('assignments');
  if (extent !== 'all' && groups.some((group) => !matters(group, live.assignments))) blinded.push('assignments');
  if (groups.some((group) => matters(group, live.assignments) && !group.group)) blinded.push('groups');
  return blinded;
};

/** That there are several accounts is so now, or not any more where all of them were asked for. */
const findingsNow = ({ findings }: CaseInput, { account, at }: LiveFacts): CaseInput['findings'] => {
  if (!account) return findings;
  const isAboutSeveral = ({ kind, subject }: Finding): boolean =>
    kind === 'duplicate-in-target' && subject.type === 'user';
  const known = findings.filter(isAboutSeveral);
  const rest = findings.filter((finding) => !isAboutSeveral(finding));
  if (account.several) return [...rest, ...settleFindings([account.several], known, { at, isDecided: () => false })];
  const isOver = ({ related }: Finding): boolean =>
    related.every(({ scimId }) => scimId !== null && account.asked.includes(scimId));
  return [...rest, ...known.filter((finding) => !isOver(finding))];
};

/** Whether everything was read by which a change counts as due: both sides of this person, and the log. */
const isWholeLook = (input: CaseInput, live: LiveFacts): boolean => {
  if (live.user === undefined || live.account === undefined || !live.rows?.isWhole) return false;
  if (live.user === null) return live.deletedUser !== undefined;
  if (decideScopeMode(input).everyone) return true;
  return live.groups !== undefined && live.assignments !== undefined && live.assignments.extent !== 'some';
};

/**
 * A state that differs from the collected one shows a change since then. Where Graph does not date it, it counts from
 * the look, which saw it first (findings.md 5); or from the collection on, where the log shows that Entra came to the
 * person since.
 */
const changeSeen = (input: CaseInput, overlaid: CaseInput, at: string): string | null => {
  const before = openCase(input).source;
  const { source: after, record, existence } = openCase(overlaid);
  if (before === after || before === 'unknown' || after === 'unknown') return null;
  const since = Date.parse(input.observedAt);
  const isLater = (moment: string | null | undefined): boolean => (timeOf(moment) ?? -Infinity) >= since;
  if (existence === 'soft-deleted' && isLater(record?.user.deletedAt)) return null;
  if (after === 'in-scope' && isLater(record?.assignment?.createdAt)) return null;
  return overlaid.rows.some((row) => row.status !== 'skipped' && isLater(row.at)) ? input.observedAt : at;
};

/**
 * The stored case of a person with what was just read laid over it. What could not be read stays as it was stored, with
 * its age; where that tells nothing about this person, the source counts as not read.
 */
export const overlayLive = (input: CaseInput, live: LiveFacts): CaseInput => {
  const isFresh = livelySources(live);
  const refresh = (report: SourceFreshness): SourceFreshness =>
    isFresh.has(report.source)
      ? { ...report, status: 'complete', failure: null, endedAt: live.at, lastCompleteAt: live.at }
      : report;
  const account: Partial<CaseInput['facts']> = live.account ? { account: live.account.account } : {};
  const overlaid: CaseInput = {
    ...input,
    person: live.account
      ? { ...input.person, scim: live.account.account, joinedBy: live.account.joinedBy }
      : input.person,
    facts: { ...input.facts, ...accessFacts(live, input), ...userFacts(live, input.facts), ...account },
    sources: input.sources.map(refresh),
    findings: findingsNow(input, live),
    ...(live.rows === undefined
      ? {}
      : {
          rows: mergeRows(live.rows.rows, input.rows),
          otherRows: mergeRows(live.rows.otherRows, input.otherRows),
        }),
  };
  const blinded = blindedSources(input, live, overlaid);
  const judged: CaseInput = {
    ...overlaid,
    sources: overlaid.sources.map((report) =>
      blinded.includes(report.source)
        ? { ...report, status: 'partial', failure: live.failures.get(report.source) ?? null }
        : report,
    ),
  };
  const look: LookTimes = {
    moment: isWholeLook(input, live) ? live.at : input.observedAt,
    changedAt: changeSeen(input, judged, live.at),
  };
  return { ...judged, look };
};
