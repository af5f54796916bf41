import type { Evidence } from '../../contract/models/finding.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import { describeMoment, describeSpan, timeOf } from '../health/describe-time.ts';
import { scopeOfRow, type RowScope } from '../log/scope-of-row.ts';
import type { ScopeGroup } from '../model/synchronization.ts';
import { evidence, type JobContext } from './case-base.ts';

/** What Entra made of a scoping filter that cannot be evaluated here, as of one row of the log. */
export interface ScopeSeen extends RowScope {
  row: LogRowDetail;
  /** `8 August at 02:00 UTC`. */
  moment: string;
  evidence: Evidence;
}

const filterEvents = /\b(?:mappings?|scope|scoping)\b/iu;

const newestFilterChange = ({ applicationAudit }: JobContext): number | null => {
  let newest: number | null = null;
  for (const { activity, result, at } of applicationAudit) {
    const ms = timeOf(at);
    if (ms === null || !filterEvents.test(activity) || /^fail/iu.test(result ?? '')) continue;
    newest = newest === null ? ms : Math.max(newest, ms);
  }
  return newest;
};

/**
 * Since when the filters are known to be those of now, epoch milliseconds: since a collection read them so, and before
 * that as far as the audit log, whole, names no change. A change that collections saw and that no event dates lies
 * somewhere between them. Null: it is not known at all.
 */
const filterKnownFrom = (context: JobContext): number | null => {
  const { schemaVersions, sources } = context;
  const present = schemaVersions.at(-1);
  const seenMs = timeOf(present?.since);
  const changedMs = newestFilterChange(context);
  const audit = sources.find(({ source }) => source === 'audit');
  const auditMs = audit?.status === 'complete' ? timeOf(audit.from) : null;
  const beforeMs = timeOf(schemaVersions.at(-2)?.seenAt);
  const isDated =
    changedMs !== null && (seenMs === null || changedMs <= seenMs) && (beforeMs === null || changedMs >= beforeMs);
  const isUndated = present !== undefined && !present.isFirst && !isDated;
  const byAudit = auditMs === null || isUndated ? null : auditMs;
  const known = [seenMs, byAudit].filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.max(Math.min(...known), changedMs ?? -Infinity);
};

/**
 * The newest row of this subject and this job that says what the scoping filter made of it: the answer where the filter
 * cannot be evaluated here. Rows from before the last change of mappings or filters, rows that contradict themselves, and
 * rows of one moment that contradict each other say nothing. provisioning-semantics.md 2.
 *
 * @param rows newest first
 */
export const findScopeSeen = (
  context: JobContext,
  rows: readonly LogRowDetail[],
  filters: readonly ScopeGroup[],
): ScopeSeen | null => {
  const { jobId, now } = context;
  const fromMs = filterKnownFrom(context);
  if (fromMs === null || jobId === null || filters.length === 0) return null;
  let found: { row: LogRowDetail; atMs: number; scope: RowScope } | null = null;
  for (const row of rows) {
    const atMs = timeOf(row.at);
    if (row.jobId !== jobId || atMs === null || atMs < fromMs) continue;
    if (found && atMs < found.atMs) break;
    const scope = scopeOfRow(row, filters);
    if (scope === null) continue;
    if (found && scope.passes !== found.scope.passes) return null;
    found ??= { row, atMs, scope };
  }
  if (!found) return null;
  const { row, atMs, scope } = found;
  const nowMs = Date.parse(now);
  const clauses = scope.failing.length === 0 || scope.passes ? '' : ` (${scope.failing.join('; ')})`;
  const said = scope.passes ? 'let it through' : `left it out${clauses}`;
  return {
    ...scope,
    row,
    moment: describeMoment(atMs, nowMs),
    evidence: evidence(
      'provisioning-log',
      row.id,
      `Log row "${row.action}" of ${describeSpan(nowMs - atMs)} ago: the scoping filter ${said}. This is how it was then; a change since is not seen.`,
      row.at,
    ),
  };
};

/** What a statement rests on where the scoping filter cannot be evaluated here: a sentence after it, or nothing. */
export const asOfRow = (scopeSeen: ScopeSeen | null, subject: 'person' | 'group'): string =>
  scopeSeen
    ? ` What the scoping filter makes of the ${subject} is told as of the log row of ${scopeSeen.moment}, since it cannot be evaluated here.`
    : '';
