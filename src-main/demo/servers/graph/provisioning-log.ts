import type { HttpAnswer } from '../http-server.ts';
import { oldestServedMs } from '../tenant.ts';
import { pageAnswer, type GraphCall } from './graph-call.ts';
import type { Filter } from './filter-parser.ts';
import { fits, type FilterRules } from './filter-rules.ts';
import { badRequest } from './graph-error.ts';
import type { Position } from './paging.ts';
import { readQuery, type QueryRules } from './query-options.ts';

const text = ['eq', 'contains'] as const;
const identity = (name: string): Record<string, typeof text> => ({
  [`${name}/id`]: text,
  [`${name}/identityType`]: text,
  [`${name}/displayName`]: text,
});

/** graph-provisioning.md 3: filters, casing, and that nothing but these four options is documented. */
const rules: FilterRules = {
  properties: {
    id: text,
    tenantId: text,
    jobId: text,
    changeId: text,
    cycleId: text,
    activityDateTime: ['eq', 'gt', 'lt'],
    provisioningAction: text,
    'provisioningStatusInfo/status': text,
    'sourceSystem/displayName': text,
    'targetSystem/displayName': text,
    ...identity('sourceIdentity'),
    ...identity('targetIdentity'),
    'servicePrincipal/id': text,
    'servicePrincipal/name': ['eq'],
    'servicePrincipal/displayName': ['eq'],
    'initiatedBy/displayName': text,
    durationInMilliseconds: ['eq', 'gt', 'lt'],
  },
  logic: ['and'],
  caseSensitive: true,
  lower: true,
  aliases: { 'servicePrincipal/name': 'servicePrincipal/displayName' },
};

const queryRules: QueryRules = {
  options: ['filter', 'orderby', 'top', 'skiptoken'],
  filter: rules,
  maxTop: 1000,
  sortable: ['activityDateTime'],
};

const usualPage = 100;
/** Rows looked at for one page; a filter that fits few rows gets short or empty pages with a link to go on. */
const scanLimit = 20_000;
const chunkSize = 500;

const clausesOf = (filter: Filter | null): Filter[] =>
  filter === null ? [] : filter.kind === 'and' ? filter.parts.flatMap(clausesOf) : [filter];

interface TimeRange {
  fromMs: number;
  toMs: number;
}

const rangeOf = (clauses: Filter[]): { range: TimeRange; rest: Filter[] } => {
  const range: TimeRange = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  const rest: Filter[] = [];
  for (const clause of clauses) {
    const isTime = clause.kind === 'test' && clause.operand.path === 'activityDateTime' && !clause.operand.lower;
    const value = isTime && typeof clause.value === 'object' ? clause.value : null;
    if (isTime && value && clause.operator === 'gt') range.fromMs = Math.max(range.fromMs, value.timeMs);
    else if (isTime && value && clause.operator === 'lt') range.toMs = Math.min(range.toMs, value.timeMs);
    else rest.push(clause);
  }
  return { range, rest };
};

/**
 * The literal piece of JSON text that proves that a clause on the application or job is met, so that the usual pull
 * never parses a row. Without it the row is parsed and asked properly.
 */
const proofOf = (clause: Filter): string | null => {
  if (clause.kind !== 'test' || clause.operator !== 'eq' || clause.operand.lower) return null;
  const value = JSON.stringify(clause.value);
  if (clause.operand.path === 'servicePrincipal/id') return `"servicePrincipal":{"id":${value}`;
  return clause.operand.path === 'jobId' ? `"jobId":${value}` : null;
};

/** `GET /auditLogs/provisioning`: newest rows first by page, unsorted inside a page. graph-provisioning.md 3 and 4. */
export const answerProvisioningLog = (call: GraphCall): HttpAnswer => {
  const { paging, request, tenant } = call;
  const { log } = tenant.world;
  const query = readQuery(request, queryRules);
  const { range, rest } = rangeOf(clausesOf(query.filter));
  const { logPageLimit, refusedLogFilters } = tenant.settings();
  const refused = rest.find((clause) => 'operand' in clause && refusedLogFilters.includes(clause.operand.path));
  if (refused) throw badRequest('The filter is not supported in this cloud.');
  const clauses = rest.map((clause) => ({ clause, proof: proofOf(clause) }));
  const isFitting = (row: string): boolean => {
    let parsed: unknown;
    return clauses.every(({ clause, proof }) => {
      if (proof !== null && row.includes(proof)) return true;
      parsed ??= JSON.parse(row);
      return fits(clause, parsed, rules);
    });
  };

  const position =
    paging.start(request, query.skipToken) ??
    startOf(log.range(Math.max(range.fromMs, oldestServedMs(tenant)), range.toMs));
  const start = Number(position.fixed['start']);
  const pageSize = Math.min(query.top ?? usualPage, logPageLimit);
  const name = 'auditLogs/provisioning';
  const link = (offset: number): string => paging.link(request, { ...position, offset, page: position.page + 1 });
  if (paging.isEmptyPage(position)) return pageAnswer(call, { name, rows: [], nextLink: link(position.offset) });

  // `offset` is the row above which everything has been answered.
  let offset = position.offset;
  const lowest = Math.max(start, offset - scanLimit);
  const rows: string[] = [];
  while (offset > lowest && rows.length < pageSize) {
    const from = Math.max(lowest, offset - (clauses.length === 0 ? pageSize - rows.length : chunkSize));
    const chunk = log.rows(from, offset);
    for (let index = chunk.length - 1; index >= 0 && rows.length < pageSize; index -= 1) {
      const row = chunk[index] as string;
      if (isFitting(row)) rows.push(row);
      offset = from + index;
    }
  }
  return pageAnswer(call, {
    name,
    rows: paging.shuffle(rows, position.offset),
    nextLink: offset > start ? link(offset) : null,
  });
};

const startOf = (range: { start: number; end: number }): Position => ({
  offset: range.end,
  page: 0,
  fixed: { start: range.start },
});
