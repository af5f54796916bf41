import {
  issueStates,
  type Issue,
  type IssueDetail,
  type IssueFilter,
  type IssuePage,
} from '../../contract/models/issue.ts';
import type { PageRequest } from '../../contract/models/page.ts';
import { AppError } from '../../core/app-error.ts';
import { explainError } from '../../core/errors/explain-error.ts';
import type { LogReach } from '../../core/issues/judge-issue.ts';
import { describeLogRow } from '../../core/log/describe-log-row.ts';
import { pageList } from '../page-list.ts';
import type { Clock, HistoryStore } from '../ports.ts';
import { countSkips } from './count-skips.ts';
import { describeIssue, spansEnd } from './describe-issue.ts';
import { readReach } from './log-reach.ts';

export interface IssueOptions {
  store: HistoryStore;
  clock: Clock;
  jobId: string | null;
}

/** More people than anybody reads in one pane; the log filtered by the issue has all of them. */
const peopleShown = 100;

const isoEnd = (reach: LogReach, nowMs: number): string => new Date(spansEnd(reach, nowMs) - 1).toISOString();

/** A log that was filled by other means than a collection is counted when somebody first asks. */
const countFirst = async (store: HistoryStore): Promise<void> => {
  if (await store.issues.isUncounted()) await store.issues.count();
};

const waiting = ({ affected }: Issue): number => affected.people + affected.groups - affected.recovered;

/** Open before muted before resolved; then whom most people wait for, then the newest. */
const compareIssues = (one: Issue, other: Issue): number =>
  issueStates.indexOf(one.state) - issueStates.indexOf(other.state) ||
  waiting(other) - waiting(one) ||
  Date.parse(other.lastSeen) - Date.parse(one.lastSeen) ||
  (one.id < other.id ? -1 : 1);

const fits = (issue: Issue, filter: IssueFilter): boolean => {
  const text = filter.text?.trim().toLowerCase();
  if (!text) return true;
  return [issue.errorCode, issue.attribute, issue.reason, issue.id].some((part) => part?.toLowerCase().includes(text));
};

/**
 * All issues of the stored log, judged as of now, filtered, in order, and one page of them. Counted after the newest
 * collection, so that a million rows cost nothing here.
 *
 * Throws `input-invalid` for a cursor that is none, and the store's failures.
 */
export const listIssues = async (
  options: IssueOptions & { filter: IssueFilter; page: PageRequest },
): Promise<IssuePage> => {
  const { store, filter } = options;
  await countFirst(store);
  const now = options.clock.now();
  const nowMs = now.getTime();
  const reach = await readReach(store, now, options.jobId);
  const [stored, skips] = await Promise.all([store.issues.list(isoEnd(reach, nowMs)), countSkips(store, now)]);
  const issues = stored.map((issue) => describeIssue(issue, reach, nowMs));
  const states = { open: 0, muted: 0, resolved: 0 };
  for (const { state } of issues) states[state] += 1;
  const wanted = new Set(filter.state?.length ? filter.state : issueStates);
  const rows = issues.filter((issue) => wanted.has(issue.state) && fits(issue, filter)).sort(compareIssues);
  return {
    ...pageList(rows, options.page),
    states,
    skips,
    asOf: reach.completeToMs === null ? null : new Date(reach.completeToMs).toISOString(),
  };
};

/** One issue with its explanation, the newest row's whole text, and whom it affects; null when there is none of that id. */
export const getIssue = async (options: IssueOptions & { id: string }): Promise<IssueDetail | null> => {
  const { store, id } = options;
  await countFirst(store);
  const now = options.clock.now();
  const nowMs = now.getTime();
  const reach = await readReach(store, now, options.jobId);
  const stored = await store.issues.get(id, isoEnd(reach, nowMs));
  if (!stored) return null;
  const [row, people] = await Promise.all([store.log.row(stored.newestRowId), store.issues.affected(id, peopleShown)]);
  const fullReason = row ? describeLogRow(row.row, row.raw).errorReason : stored.reason;
  return {
    ...describeIssue(stored, reach, nowMs),
    explanation: explainError(stored.errorCode ?? '', fullReason),
    fullReason,
    newestRowId: stored.newestRowId,
    people,
  };
};

const findIssue = async (options: IssueOptions & { id: string }): Promise<Issue> => {
  const { store, id } = options;
  await countFirst(store);
  const now = options.clock.now();
  const nowMs = now.getTime();
  const reach = await readReach(store, now, options.jobId);
  const stored = await store.issues.get(id, isoEnd(reach, nowMs));
  if (stored) return describeIssue(stored, reach, nowMs);
  throw new AppError({
    code: 'input-invalid',
    message: `There is no issue "${id}" in this history.`,
    advice: 'List the issues, and take the id of one of them.',
    fields: [{ field: 'id', reason: 'is not known' }],
  });
};

/**
 * Notes that an issue may wait until it grows beyond its present size, by whom and when; the note of an earlier mute
 * is replaced. Gives the issue as it is then.
 *
 * Throws `input-invalid` when there is no such issue, and the store's failures.
 */
export const muteIssue = async (
  options: IssueOptions & { id: string; by: string | null; note: string | null },
): Promise<Issue> => {
  const { affected, trend } = await findIssue(options);
  await options.store.issues.mute(options.id, {
    at: options.clock.now().toISOString(),
    by: options.by,
    note: options.note,
    affected: affected.people + affected.groups,
    rowsPerWeek: trend.last7Days,
  });
  return findIssue(options);
};

/** Takes a mute back; an issue that was not muted stays as it is. Throws as `muteIssue` does. */
export const unmuteIssue = async (options: IssueOptions & { id: string }): Promise<Issue> => {
  await findIssue(options);
  await options.store.issues.unmute(options.id);
  return findIssue(options);
};
