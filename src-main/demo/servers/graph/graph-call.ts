import type { Fault } from '../faults.ts';
import { malformedRow } from '../faults.ts';
import type { HttpAnswer, HttpRequest } from '../http-server.ts';
import type { Tenant } from '../tenant.ts';
import type { Json } from '../../world.ts';
import { graphHeaders } from './graph-error.ts';
import type { Paging, Position } from './paging.ts';

/** One authorised request on its way through Graph. */
export interface GraphCall {
  tenant: Tenant;
  paging: Paging;
  request: HttpRequest;
  faults: Fault[];
  /** `v1.0` or `beta`. */
  version: string;
}

const context = (call: GraphCall, name: string): string => `${call.request.origin}/${call.version}/$metadata#${name}`;

/** A single object. */
export const objectAnswer = (call: GraphCall, name: string, item: Json): HttpAnswer => ({
  status: 200,
  headers: graphHeaders(call.request),
  body: JSON.stringify({ '@odata.context': context(call, `${name}/$entity`), ...item }),
});

/** One page. `rows` are JSON texts, put together as they are: the log is served without being parsed. */
export const pageAnswer = (
  call: GraphCall,
  page: { name: string; rows: string[]; nextLink?: string | null; deltaLink?: string | null; count?: number | null },
): HttpAnswer => {
  const head: Json = { '@odata.context': context(call, page.name) };
  if (page.count !== undefined && page.count !== null) head['@odata.count'] = page.count;
  if (page.nextLink) head['@odata.nextLink'] = page.nextLink;
  if (page.deltaLink) head['@odata.deltaLink'] = page.deltaLink;
  const rows = call.faults.some((fault) => fault.kind === 'malformed-row') ? withMalformedRow(page.rows) : page.rows;
  return {
    status: 200,
    headers: graphHeaders(call.request),
    body: `${JSON.stringify(head).slice(0, -1)},"value":[${rows.join(',')}]}`,
  };
};

/** The rows with a malformed one among them; the good ones all stay. */
const withMalformedRow = (rows: string[]): string[] => {
  const middle = Math.floor(rows.length / 2);
  return [...rows.slice(0, middle), malformedRow, ...rows.slice(middle)];
};

/** Elements reached by number: a page is read without the rest. */
export interface Elements {
  count: number;
  at(index: number): Json;
}

export const elementsOf = (list: Json[]): Elements => ({
  count: list.length,
  at: (index) => list[index] as Json,
});

const firstPosition: Position = { offset: 0, page: 0, fixed: {} };

/** A page of a list: filtered, cut, shuffled, with the link to the next one. */
export const listAnswer = (
  call: GraphCall,
  list: {
    name: string;
    elements: Elements;
    pageSize: number;
    skipToken: string | null;
    fits: ((item: Json) => boolean) | null;
    render(item: Json): Json;
    count: boolean;
  },
): HttpAnswer => {
  const { paging, request } = call;
  const position = paging.start(request, list.skipToken) ?? firstPosition;
  const next = (offset: number): string => paging.link(request, { ...position, offset, page: position.page + 1 });
  if (paging.isEmptyPage(position)) {
    return pageAnswer(call, { name: list.name, rows: [], nextLink: next(position.offset) });
  }
  const rows: string[] = [];
  let offset = position.offset;
  let hasMore = false;
  for (; offset < list.elements.count; offset += 1) {
    const item = list.elements.at(offset);
    if (list.fits && !list.fits(item)) continue;
    if (rows.length === list.pageSize) {
      hasMore = true;
      break;
    }
    rows.push(JSON.stringify(list.render(item)));
  }
  return pageAnswer(call, {
    name: list.name,
    rows: paging.shuffle(rows, position.offset + 1),
    nextLink: hasMore ? next(offset) : null,
    count: list.count && position.page === 0 ? countFitting(list.elements, list.fits) : null,
  });
};

const countFitting = (elements: Elements, fits: ((item: Json) => boolean) | null): number => {
  if (!fits) return elements.count;
  let count = 0;
  for (let index = 0; index < elements.count; index += 1) if (fits(elements.at(index))) count += 1;
  return count;
};
