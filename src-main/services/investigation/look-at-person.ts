import type { LiveLook, SourceAge } from '../../contract/models/investigation.ts';
import type { LogRow } from '../../contract/models/provisioning-event.ts';
import type { SourceName } from '../../contract/models/run.ts';
import { expectedUserName, overlayLive, type LiveFacts } from '../../core/investigation/overlay-live.ts';
import type { CaseInput } from '../../core/investigation/person-case.ts';
import type { DirectoryUser } from '../../core/model/directory.ts';
import type { LogRecord } from '../../core/model/log.ts';
import type { TargetUser } from '../../core/model/target.ts';
import { cancelled } from '../../core/app-error.ts';
import { attributeNames } from '../collect/attribute-names.ts';
import { quietMeter } from '../connection-tests.ts';
import { failureOf, type BugLog } from '../failure-of.ts';
import type { Graph, HistoryReads, ReadOptions, ScimDirectory } from '../ports.ts';
import { splitRows, type SharedCase } from './load-case.ts';

/** A look at one person asks no more than this, repetitions included. */
export const mostRequests = 12;
/** Newest rows first are not promised, so a second page may hold them. */
const logPages = 2;
/** Groups that the newest collection did not know. */
const newGroupsRead = 2;

/** Entra and UNIFI, through a fetch that counts; `requests` says how many there were. */
export interface LookDependencies {
  graph: Graph;
  scim: ScimDirectory;
  bugs: BugLog;
  requests(): number;
}

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

/** Of several accounts with one user name an active one, else the one that was known. */
const chooseAccount = (found: readonly TargetUser[], known: string | null): TargetUser | null =>
  found.find(({ id }) => id === known) ?? found.find(({ active }) => active === true) ?? found[0] ?? null;

/**
 * Asks Entra and UNIFI for one person alone: the user, direct memberships and assignments, log rows, one SCIM filter.
 * Nothing is stored: a version of one person between two collections would not be the state of any run. Parts that
 * fail stay as they were stored; the look says which, and how old everything is.
 *
 * Throws `cancelled`, and the store's failures.
 */
export const lookAtPerson = async (
  dependencies: LookDependencies,
  asked: {
    store: HistoryReads;
    shared: SharedCase;
    input: CaseInput;
    servicePrincipalId: string | null;
    signal: AbortSignal;
    now: string;
  },
): Promise<{ input: CaseInput; look: LiveLook }> => {
  const { graph, scim } = dependencies;
  const { store, shared, input, servicePrincipalId, signal, now } = asked;
  const read: ReadOptions = { signal, meter: quietMeter() };
  const names = await attributeNames(store.snapshots);
  const failures = new Map<SourceName, string>();
  const asks = new Set<SourceName>();
  const live: LiveFacts = { at: now };
  const attempt = async (sources: readonly SourceName[], work: () => Promise<void>): Promise<void> => {
    for (const source of sources) asks.add(source);
    try {
      await work();
    } catch (error) {
      if (signal.aborted) throw cancelled();
      const { message } = failureOf(error, dependencies.bugs, `looking at ${sources.join(' and ')}`);
      for (const source of sources) failures.set(source, message);
    }
  };

  const id = input.person.entra?.id ?? null;
  if (id !== null) {
    await attempt(['users', 'deleted-users'], async () => {
      const user = await graph.person.user({ ...read, id, attributes: names.user });
      const deleted = user ? null : await graph.person.deletedUser({ ...read, id, attributes: names.user });
      live.user = user ? { user, isDeleted: false } : deleted ? { user: deleted, isDeleted: true } : null;
    });
  }
  const stored = input.facts.user ?? input.facts.deletedUser ?? null;
  const user: DirectoryUser | null = live.user === undefined ? stored : (live.user?.user ?? null);

  const lookAtGroups = async (): Promise<void> => {
    if (id === null || !user || user.deletedAt !== null) return;
    await attempt(['groups'], async () => {
      const ids = await graph.person.groupIds({ ...read, userId: id });
      const found: NonNullable<LiveFacts['groups']> = [];
      const unknown: string[] = [];
      for (const groupId of ids) {
        const facts = await store.groups.facts({ entraId: groupId, scimId: null, auditFrom: now });
        if (!facts.group) unknown.push(groupId);
        found.push({ id: groupId, group: facts.group, holders: facts.holders, assignments: facts.assignments });
      }
      const attributes = names.group;
      for await (const groups of graph.directory.readGroups({
        ...read,
        ids: unknown.slice(0, newGroupsRead),
        attributes,
      })) {
        for (const group of groups) {
          const place = found.find((one) => one.id === group.id);
          if (place) place.group = group;
        }
      }
      live.groups = found;
    });
    if (servicePrincipalId === null) return;
    await attempt(['assignments'], async () => {
      live.assignments = await graph.person.assignments({ ...read, user, servicePrincipalId });
    });
  };

  const lookAtLog = async (): Promise<void> => {
    if (id === null) return;
    await attempt(['provisioning-log'], async () => {
      const { rows, isWhole } = await graph.person.logRows({
        ...read,
        userId: id,
        from: shared.auditFrom,
        mostPages: logPages,
      });
      const split = splitRows(
        rows.map((record) => ({ row: toRow(record), raw: record.raw })),
        shared.jobId,
      );
      // More rows than were read: what is stored goes with them, and is not whole either.
      if (isWhole) live.rows = { rows: [...split.rows], otherRows: [...split.otherRows] };
      else failures.set('provisioning-log', 'There are more rows about this person than a look reads.');
    });
  };

  const lookAtAccount = async (): Promise<void> => {
    const known = input.facts.account?.id ?? input.person.scim?.id ?? null;
    const userName = user ? expectedUserName(input.schema, user) : (input.person.scim?.userName ?? null);
    await attempt(['scim-users'], async () => {
      const attributes = names.target;
      const found = userName === null ? [] : await scim.findUsers({ ...read, userName, attributes });
      const account = chooseAccount(found ?? [], known);
      if (account) live.account = account;
      else if (known !== null) live.account = await scim.readUser({ ...read, id: known, attributes });
      else if (found === null || userName === null)
        failures.set('scim-users', 'UNIFI could not be asked for this person by user name.');
      else live.account = null;
    });
  };

  await Promise.all([lookAtGroups(), lookAtLog(), lookAtAccount()]);
  const ages = input.sources.map(({ source, status, endedAt, lastCompleteAt }): SourceAge => {
    const isLive = asks.has(source) && !failures.has(source);
    const storedAt = status === 'complete' ? endedAt : lastCompleteAt;
    return { source, readAt: isLive ? now : storedAt, isLive, failure: failures.get(source) ?? null };
  });
  return { input: overlayLive(input, live), look: { requests: dependencies.requests(), ages } };
};
