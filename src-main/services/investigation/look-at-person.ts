import type { LiveLook } from '../../contract/models/investigation.ts';
import type { LogRow } from '../../contract/models/provisioning-event.ts';
import type { SourceName } from '../../contract/models/run.ts';
import { livelySources, overlayLive, type LiveFacts } from '../../core/investigation/overlay-live.ts';
import type { CaseInput } from '../../core/investigation/person-case.ts';
import { timeOf } from '../../core/health/describe-time.ts';
import type { DirectoryUser } from '../../core/model/directory.ts';
import type { LogRecord } from '../../core/model/log.ts';
import { attributeNames } from '../collect/attribute-names.ts';
import { overlapMs } from '../collect/log-windows.ts';
import type { Graph, HistoryReads, ScimDirectory } from '../ports.ts';
import type { LiveAttempts } from './live-attempts.ts';
import { splitRows, type SharedCase } from './load-case.ts';
import { lookAtAccess } from './look-at-access.ts';
import { lookAtAccount } from './look-at-account.ts';

/** A look at one person asks no more than this, repetitions included. */
export const mostRequests = 12;
/** Newest rows first are not promised, so a second page may hold them. */
const logPages = 2;

/** A record as lists show it. */
const toRow = (record: LogRecord): LogRow => ({
  id: record.id,
  at: record.at,
  action: record.action,
  status: record.status,
  subject: {
    type: record.subjectType,
    entraId: record.sourceId,
    scimId: record.targetId,
    name: record.sourceName ?? record.targetName ?? record.sourceId ?? '',
    upn: record.sourceUpn,
  },
  errorCode: record.errorCode,
  reason: record.skipReason ?? record.reason,
  cycleId: record.cycleId,
  changeId: record.changeId,
  benign: record.benign,
});

/** Everything before is stored; where it is not, as far back as a verdict looks. */
const logFrom = async (store: HistoryReads, shared: SharedCase): Promise<string> => {
  const { completeTo } = await store.log.position();
  const reached = timeOf(completeTo);
  const from = reached === null ? -Infinity : reached - overlapMs;
  return new Date(Math.max(from, Date.parse(shared.auditFrom))).toISOString();
};

const lookAtLog = async (
  graph: Graph,
  attempts: LiveAttempts,
  asked: { store: HistoryReads; shared: SharedCase; userId: string; servicePrincipalId: string | null },
): Promise<LiveFacts['rows']> => {
  const { store, shared, userId, servicePrincipalId } = asked;
  const from = await logFrom(store, shared);
  const found = await attempts.attempt('provisioning-log', (read) =>
    graph.person.logRows({ ...read, userId, from, mostPages: logPages }),
  );
  if (!found) return undefined;
  // The log is that of all applications; rows of others say nothing about UNIFI.
  const own = found.rows.filter(
    (row) =>
      servicePrincipalId === null || row.servicePrincipalId === null || row.servicePrincipalId === servicePrincipalId,
  );
  if (!found.isWhole)
    attempts.tellPart(
      'provisioning-log',
      'There are more rows about this person since the collection than a look reads; those that it read are used.',
    );
  const { rows, otherRows } = splitRows(
    own.map((record) => ({ row: toRow(record), raw: record.raw })),
    shared.jobId,
  );
  return { rows: [...rows], otherRows: [...otherRows], isWhole: found.isWhole };
};

/** The user of Entra, listed or deleted, by the object id; what was read already is not read again. */
const lookAtUser = async (
  graph: Graph,
  attempts: LiveAttempts,
  asked: { id: string; attributes: string[]; user: DirectoryUser | null },
): Promise<Pick<LiveFacts, 'user' | 'deletedUser'>> => {
  const { id, attributes } = asked;
  const user =
    asked.user ?? (await attempts.attempt('users', (read) => graph.person.user({ ...read, id, attributes })));
  if (user === undefined) return {};
  if (user) return { user };
  const deletedUser = await attempts.attempt('deleted-users', (read) =>
    graph.person.deletedUser({ ...read, id, attributes }),
  );
  return { user, ...(deletedUser === undefined ? {} : { deletedUser }) };
};

/** Who is looked for in UNIFI: as just read, else as last seen. */
const personToJoin = (live: LiveFacts, { facts }: CaseInput): { user: DirectoryUser; isDeleted: boolean } | null => {
  if (live.user) return { user: live.user, isDeleted: false };
  if (live.user === undefined && facts.user) return { user: facts.user, isDeleted: facts.user.deletedAt !== null };
  const last = live.deletedUser ?? facts.user ?? facts.deletedUser ?? facts.formerUser?.item ?? null;
  return last && { user: last, isDeleted: true };
};

/**
 * Asks Entra and UNIFI for one person alone: the user, direct memberships, assignments, rows of the log since it was
 * collected, accounts by user name and by the known ids. Nothing is stored: a version of one person between two
 * collections would not be the state of any run. Parts that fail stay as they were stored; the look says which, and how
 * old everything is.
 *
 * @param asked `user`: the user of Entra, where that was read just now
 * Throws `cancelled`, and the store's failures.
 */
export const lookAtPerson = async (
  reach: { graph: Graph; scim: ScimDirectory; requests(): number },
  attempts: LiveAttempts,
  asked: {
    store: HistoryReads;
    shared: SharedCase;
    input: CaseInput;
    user: DirectoryUser | null;
    servicePrincipalId: string | null;
    now: string;
  },
): Promise<{ input: CaseInput; look: LiveLook }> => {
  const { graph, scim } = reach;
  const { store, shared, input, servicePrincipalId, now } = asked;
  const names = await attributeNames(store.snapshots);
  const live: LiveFacts = { at: now, failures: attempts.failures };
  const id = input.person.entra?.id ?? null;
  if (id !== null)
    Object.assign(live, await lookAtUser(graph, attempts, { id, attributes: names.user, user: asked.user }));

  const toJoin = personToJoin(live, input);
  const log = id === null ? undefined : lookAtLog(graph, attempts, { store, shared, userId: id, servicePrincipalId });
  const [rows, access, account] = await Promise.all([
    log,
    toJoin && !toJoin.isDeleted
      ? lookAtAccess(graph, attempts, {
          input,
          user: toJoin.user,
          store,
          servicePrincipalId,
          groupAttributes: names.group,
          now,
        })
      : {},
    lookAtAccount(scim, attempts, {
      input,
      user: toJoin,
      store,
      rows: async () => {
        const found = await log;
        return [...(found?.rows ?? []), ...(found?.otherRows ?? []), ...input.rows, ...input.otherRows].sort(
          (one, other) => (timeOf(other.at) ?? 0) - (timeOf(one.at) ?? 0),
        );
      },
      attributes: names.target,
      now,
    }),
  ]);
  Object.assign(live, access, rows ? { rows } : {}, account ? { account } : {});
  const isWhole = (source: SourceName): boolean => !attempts.failures.has(source) && livelySources(live).has(source);
  const ages = attempts.ages(input.sources, { now, isWhole });
  return { input: overlayLive(input, live), look: { requests: reach.requests(), ages } };
};
