import { countOf, isObject, member, textOf } from './json-keys.ts';
import { unexpectedAnswer } from './scim-failure.ts';

/** One ListResponse, checked. */
export interface ListPage {
  resources: readonly unknown[];
  /** What the server says there is in all; null when it does not say (cursor paging may leave it out). */
  total: number | null;
  nextCursor: string | null;
  /** False when the answer does not call itself a ListResponse. */
  declared: boolean;
}

const listUrn = 'urn:ietf:params:scim:api:messages:2.0:listresponse';
const advice = 'Check the SCIM base address of the connection: it must end just before "Users".';

/**
 * Takes an answer for a ListResponse when it has `Resources` or `totalResults`, in any casing; `Resources` may be
 * absent when there is nothing. Throws `response-unexpected` otherwise. RFC 7644, 3.4.2.
 */
export const readListPage = (body: unknown, what: string): ListPage => {
  if (!isObject(body)) {
    throw unexpectedAnswer(`UNIFI's answer for ${what} is not a SCIM list.`, advice, '$');
  }
  const resources = member(body, 'Resources');
  const total = countOf(member(body, 'totalResults'));
  if (resources !== undefined && resources !== null && !Array.isArray(resources)) {
    throw unexpectedAnswer(`UNIFI's answer for ${what} holds something else than a list.`, advice, '$.Resources');
  }
  if (!Array.isArray(resources) && total === null) {
    throw unexpectedAnswer(`UNIFI's answer for ${what} is not a SCIM list.`, advice, '$.totalResults');
  }
  const schemas = member(body, 'schemas');
  return {
    resources: Array.isArray(resources) ? (resources as unknown[]) : [],
    total,
    nextCursor: textOf(member(body, 'nextCursor')),
    declared: Array.isArray(schemas) && schemas.some((urn) => textOf(urn)?.toLowerCase() === listUrn),
  };
};
