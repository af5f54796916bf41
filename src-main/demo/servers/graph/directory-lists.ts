import type { HttpAnswer } from '../http-server.ts';
import type { Json } from '../../world.ts';
import { elementsOf, listAnswer, objectAnswer, type Elements, type GraphCall } from './graph-call.ts';
import { fits, requiredValues, type FilterRules } from './filter-rules.ts';
import { notFound } from './graph-error.ts';
import { checkSelect, selectProperties, type EntityType } from './properties.ts';
import { readQuery, type OptionName } from './query-options.ts';

const usualPage = 100;

/** A list of directory objects with its documented filters; `lookUp` answers filters that name ids. */
export interface DirectoryList {
  /** For the context annotation, such as `users`. */
  name: string;
  type: EntityType;
  elements(): Elements;
  filter?: FilterRules;
  lookUp?: { paths: string[]; find(value: string): Json | null };
  options?: readonly OptionName[];
}

const usualOptions: readonly OptionName[] = ['filter', 'select', 'top', 'count', 'skiptoken'];

/** A page of a directory list. `$top` at most 999, 100 without it. graph-provisioning.md 7. */
export const answerDirectoryList = (call: GraphCall, list: DirectoryList): HttpAnswer => {
  const query = readQuery(call.request, {
    options: list.options ?? usualOptions,
    ...(list.filter ? { filter: list.filter } : {}),
  });
  checkSelect(query.select, list.type);
  const { filter } = query;
  const rules = list.filter;
  return listAnswer(call, {
    name: list.name,
    elements: lookedUp(list, query.filter) ?? list.elements(),
    pageSize: query.top ?? usualPage,
    skipToken: query.skipToken,
    fits: filter && rules ? (item) => fits(filter, item, rules) : null,
    render: (item) => selectProperties(item, query.select, list.type),
    count: query.count,
  });
};

const lookedUp = (list: DirectoryList, filter: Parameters<typeof requiredValues>[0]): Elements | null => {
  if (!list.lookUp) return null;
  for (const path of list.lookUp.paths) {
    const values = requiredValues(filter, path);
    if (!values) continue;
    const found = new Map<unknown, Json>();
    for (const value of values) {
      const item = typeof value === 'string' ? list.lookUp.find(value) : null;
      if (item) found.set(item['id'], item);
    }
    return elementsOf([...found.values()]);
  }
  return null;
};

/** A single directory object with `$select`. Throws 404 when there is none. */
export const answerDirectoryObject = (
  call: GraphCall,
  object: { name: string; type: EntityType; id: string; item: Json | null },
): HttpAnswer => {
  const query = readQuery(call.request, { options: ['select'] });
  checkSelect(query.select, object.type);
  if (!object.item) throw notFound(object.id);
  return objectAnswer(call, object.name, selectProperties(object.item, query.select, object.type));
};
