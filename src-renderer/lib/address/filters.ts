import type { FindingFilter } from '../../../src-main/contract/methods/reading.ts';
import { diffKinds, diffSections, type DifferenceFilter } from '../../../src-main/contract/models/history-diff.ts';
import { findingKinds, findingStates, severities } from '../../../src-main/contract/models/finding.ts';
import { sourceStates, targetStates, type PersonFilter } from '../../../src-main/contract/models/person.ts';
import type { LogFilter, LogStatus } from '../../../src-main/contract/models/provisioning-event.ts';
import { readList } from './query-fields.ts';

const logStatuses: readonly LogStatus[] = ['success', 'failure', 'skipped', 'warning', 'unknown'];

/** Time ranges counted back from now; `custom` has `from` and `to` of its own. */
export const ranges = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24 } as const;
export type RangeName = keyof typeof ranges;

const textOf = (query: URLSearchParams, name: string): string | undefined => query.get(name)?.trim() || undefined;

const timeOf = (query: URLSearchParams, name: string): string | undefined => {
  const date = new Date(query.get(name) ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

/** Leaves out what is undefined or an empty list: absent means any. */
const present = <T extends object>(filter: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as T;

/** The log filter that an address asks for; `range` counts back from `now` (epoch milliseconds). */
export const logFilterOf = (query: URLSearchParams, now: number): LogFilter => {
  const range = query.get('range') as RangeName | null;
  const hours = range === null ? undefined : ranges[range];
  const benign = query.get('benign');
  return present<LogFilter>({
    from: hours === undefined ? timeOf(query, 'from') : new Date(now - hours * 3_600_000).toISOString(),
    to: hours === undefined ? timeOf(query, 'to') : undefined,
    status: readList(query, 'status', logStatuses),
    action: readList(query, 'action'),
    entraId: textOf(query, 'person'),
    cycleId: textOf(query, 'cycle'),
    errorCode: readList(query, 'code'),
    issue: textOf(query, 'issue'),
    benign: benign === 'true' ? true : benign === 'false' ? false : undefined,
    text: textOf(query, 'q'),
  });
};

export const findingFilterOf = (query: URLSearchParams): FindingFilter =>
  present<FindingFilter>({
    kind: readList(query, 'kind', findingKinds),
    state: readList(query, 'state', findingStates),
    severity: readList(query, 'severity', severities),
    subject: textOf(query, 'subject'),
    text: textOf(query, 'q'),
  });

export const personFilterOf = (query: URLSearchParams): PersonFilter =>
  present<PersonFilter>({
    source: readList(query, 'source', sourceStates),
    target: readList(query, 'target', targetStates),
    withFindings: query.get('findings') === 'true' ? true : undefined,
    text: textOf(query, 'q'),
  });

export const differenceFilterOf = (query: URLSearchParams): DifferenceFilter =>
  present<DifferenceFilter>({
    section: readList(query, 'section', diffSections),
    kind: readList(query, 'kind', diffKinds),
    attribute: textOf(query, 'attribute'),
    text: textOf(query, 'q'),
  });
