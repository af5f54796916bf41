import type { LogFilter } from '../../../contract/models/provisioning-event.ts';
import { toMatch, toPhrase } from '../search-text.ts';
import { oneOf, type Sql } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { classWord, issueWord, readClasses } from './log-classes.ts';
import { perSecond, seqRange, type Cut, type SeqRange } from './log-seq.ts';

/** A filter in the terms of the tables. A null dimension is not filtered. */
export interface LogPlan {
  range: SeqRange;
  cutFrom: Cut | null;
  cutTo: Cut | null;
  /** Ids of the classes that fit; empty: no row can fit. */
  classes: number[] | null;
  errorCodes: string[] | null;
  issue: string | null;
  cycleId: string | null;
  sourceId: string | null;
  /** Question to the full-text index, with all filters that it can answer. */
  match: string | null;
  /** True when the question has to gather words by their beginning first, whatever part of the rows it is about. */
  hasPrefix: boolean;
  /** False when the filter cannot fit any row. */
  possible: boolean;
}

/** Rows hold ids of directory objects in lower case; people paste them in any. */
const directoryId = (id: string): string => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id) ? id.toLowerCase() : id);

const orNull = <T>(list: T[] | undefined): T[] | null => (list && list.length > 0 ? [...new Set(list)] : null);

const occurs = (statements: Statements, phrase: string): boolean =>
  statements
    .get<[string], unknown>('SELECT 1 FROM log_search WHERE log_search MATCH ? LIMIT 1')
    .get(`words : ${phrase}`) !== undefined;

/**
 * Filters as the index of words can answer them: it then passes over what does not fit, instead of handing it out to
 * be looked at. Rows are checked again, since words are not exact.
 */
const searchable = (filters: Pick<LogPlan, 'classes' | 'errorCodes' | 'issue' | 'cycleId' | 'sourceId'>): string[] => {
  const codes = (filters.errorCodes ?? []).map(toPhrase);
  const ids = [filters.cycleId, filters.sourceId].flatMap((id) => (id === null ? [] : (toPhrase(id) ?? [])));
  return [
    ...(filters.classes?.length ? [`class : (${filters.classes.map(classWord).join(' OR ')})`] : []),
    ...(filters.issue === null ? [] : [`class : ${issueWord(filters.issue)}`]),
    ...(codes.length === 0 || codes.includes(null) ? [] : [`words : (${codes.join(' OR ')})`]),
    ...ids.map((phrase) => `words : ${phrase}`),
  ];
};

/** Makes a plan of a filter; `now` of the classes, so inside the same read transaction as the question. */
export const planLog = (statements: Statements, filter: LogFilter): LogPlan => {
  const statuses = orNull(filter.status);
  const actions = orNull(filter.action);
  const { benign } = filter;
  const filtered = statuses !== null || actions !== null || benign !== undefined;
  const classes = filtered
    ? readClasses(statements)
        .filter(
          (entry) =>
            (statuses === null || statuses.includes(entry.status)) &&
            (actions === null || actions.includes(entry.action)) &&
            (benign === undefined || benign === entry.benign),
        )
        .map((entry) => entry.id)
    : null;
  const text = filter.text?.trim();
  const words = text ? toMatch(text, (phrase) => occurs(statements, phrase)) : null;
  const times = seqRange(filter);
  const filters = {
    classes,
    errorCodes: orNull(filter.errorCode),
    issue: filter.issue ?? null,
    cycleId: filter.cycleId ?? null,
    sourceId: filter.entraId === undefined ? null : directoryId(filter.entraId),
  };
  return {
    ...times,
    ...filters,
    match: words === null ? null : [`words : (${words.match})`, ...searchable(filters)].join(' AND '),
    hasPrefix: words?.hasPrefix ?? false,
    possible: times.range.from < times.range.to && classes?.length !== 0 && !(text && words === null),
  };
};

/** Conditions on the dimensions that `log_counts` holds too. */
export const countedConditions = (plan: LogPlan): Sql[] => [
  ...(plan.classes === null ? [] : [oneOf('class_id', plan.classes)]),
  ...(plan.errorCodes === null ? [] : [oneOf('error_code', plan.errorCodes)]),
  ...(plan.issue === null ? [] : [{ text: 'issue_key = ?', values: [plan.issue] }]),
  ...(plan.cycleId === null ? [] : [{ text: 'cycle_id = ?', values: [plan.cycleId] }]),
];

/** Conditions on single rows, besides the counted ones. Times as SQLite reads them are exact to the millisecond. */
export const rowConditions = ({ cutFrom, cutTo, sourceId }: LogPlan): Sql[] => [
  ...(sourceId === null ? [] : [{ text: 'source_id = ?', values: [sourceId] }]),
  ...(cutFrom === null
    ? []
    : [
        {
          text: `(seq >= ? OR round(unixepoch(at, 'subsec') * 1000) >= ?)`,
          values: [cutFrom.second + perSecond, cutFrom.ms],
        },
      ]),
  ...(cutTo === null
    ? []
    : [{ text: `(seq < ? OR round(unixepoch(at, 'subsec') * 1000) < ?)`, values: [cutTo.second, cutTo.ms] }]),
];

/** True when the hourly counts alone can say how many rows fit. */
export const isCounted = (plan: LogPlan): boolean => plan.sourceId === null && plan.match === null;
