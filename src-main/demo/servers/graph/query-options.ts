import type { HttpRequest } from '../http-server.ts';
import { parseFilter, type Filter } from './filter-parser.ts';
import { checkFilter, type FilterRules } from './filter-rules.ts';
import { badRequest } from './graph-error.ts';

export type OptionName = 'filter' | 'select' | 'top' | 'count' | 'orderby' | 'skiptoken' | 'deltatoken';

export interface QueryRules {
  options: readonly OptionName[];
  filter?: FilterRules;
  /** Largest `$top`; more is refused. */
  maxTop?: number;
  /** Properties that may be sorted by. */
  sortable?: readonly string[];
}

export interface Query {
  filter: Filter | null;
  filterText: string;
  select: string[] | null;
  top: number | null;
  count: boolean;
  skipToken: string | null;
  deltaToken: string | null;
}

/**
 * The OData options of a request. Names work with and without `$` and in any casing, as in Graph. Throws 400 for an
 * option, a filter or a value that the resource does not document.
 */
export const readQuery = (request: HttpRequest, rules: QueryRules): Query => {
  const given = new Map<OptionName, string>();
  for (const [rawName, value] of request.url.searchParams) {
    const name = rawName.replace(/^\$/u, '').toLowerCase();
    const isKnown = rules.options.some((option) => option === name);
    if (!isKnown) {
      if (!rawName.startsWith('$')) continue;
      throw badRequest(`The query option '${rawName}' is not supported for this request.`);
    }
    if (given.has(name as OptionName)) throw badRequest(`The query option '${rawName}' can be given once only.`);
    given.set(name as OptionName, value);
  }
  const filterText = given.get('filter') ?? '';
  const filter = filterText === '' ? null : parseFilter(filterText);
  if (filter) {
    if (!rules.filter) throw badRequest('The query specified in the URI is not valid.');
    checkFilter(filter, rules.filter);
  }
  const orderBy = given.get('orderby');
  if (orderBy !== undefined) {
    const [, property = ''] = /^\s*(\S+)(?:\s+(?:asc|desc))?\s*$/u.exec(orderBy) ?? [];
    if (!rules.sortable?.includes(property)) throw badRequest(`Sorting by '${orderBy}' is not supported.`);
  }
  return {
    filter,
    filterText,
    select: readSelect(given.get('select')),
    top: readTop(given.get('top'), rules.maxTop ?? 999),
    count: readBoolean(given.get('count')),
    skipToken: given.get('skiptoken') ?? null,
    deltaToken: given.get('deltatoken') ?? null,
  };
};

const readSelect = (text: string | undefined): string[] | null => {
  if (text === undefined) return null;
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => !/^[\w@.]+$/u.test(name))) throw badRequest('Parsing OData Select and Expand failed.');
  return names;
};

const readTop = (text: string | undefined, maxTop: number): number | null => {
  if (text === undefined) return null;
  const top = Number(text);
  if (!/^\d+$/u.test(text) || top < 1) throw badRequest(`Invalid value '${text}' for $top query option found.`);
  if (top > maxTop)
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${maxTop} inclusive.`);
  return top;
};

const readBoolean = (text: string | undefined): boolean => {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw badRequest(`Invalid value '${text}' for $count query option found.`);
};
