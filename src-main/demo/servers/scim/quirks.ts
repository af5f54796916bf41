/**
 * What real SCIM servers get wrong (scim-entra.md 4) or may legally do otherwise (RFC 7644, RFC 9865), each to be
 * switched on by itself. The text says what the server then does.
 */
export const quirks = {
  'total-is-page-size': 'totalResults is the number of resources on the page',
  'total-too-low': 'totalResults is half of the real number',
  'total-too-high': 'totalResults is seven more than the real number',
  'start-index-ignored': 'every page is the first page',
  'overlapping-pages': 'a later page repeats the last five resources of the one before',
  'results-beyond-end': 'a page beyond the end holds the last resources again',
  'zero-based-start-index': 'startIndex counts from 0, so that 1 leaves out the first resource',
  'empty-page-when-count-below-start': 'a page whose count is smaller than its startIndex is empty',
  'small-pages': 'a page has at most 20 resources, whatever count says',
  'too-many-refused': 'a count above 50 is refused with 400 tooMany',
  'loses-items': 'every fortieth resource is in no page, although totalResults counts it',
  'filter-case-sensitive': 'filters compare with regard to case',
  'filter-ignored': 'a filter is ignored: the whole list comes',
  'unquoted-filter-ignored': 'a filter whose value has no quotes is ignored instead of refused',
  'filter-sensitive': 'a filter in the address is refused with 403 sensitive; POST .search works',
  'nobody-is-404': 'a filter that finds nobody is answered with 404',
  'resources-absent-when-empty': 'an empty list has no Resources (legal)',
  'members-omitted-in-list': 'groups in a list come without their members',
  'members-capped-at-100': 'a group never names more than its first 100 members',
  'large-group-fails': 'a list that holds a group of more than 25 members with its members is answered with 500',
  'large-group-times-out': 'reading one group of more than 25 members is answered with 504',
  'nested-members': 'a group names another group as a member',
  'active-as-text': 'active is "True" or "False"',
  'active-as-number': 'active is 1 or 0',
  'active-missing': 'active is left out',
  'throttles-with-tiny-wait': 'every fifth request is answered with 429 and Retry-After: 0',
  'throttles-without-wait': 'every fifth request is answered with 429 without Retry-After',
  'resource-type-plural': 'meta.resourceType is "Users" or "Groups"',
  'meta-missing': 'resources have no meta',
  'groups-not-found': 'the server knows users only: /Groups is 404',
  'keys-in-other-casing': 'names of attributes and of the list come in other casing',
  'id-as-number': 'an id is the JSON number at its end, and resources are found by it',
  'nulls-sent': 'attributes without a value come as null',
  'plain-json': 'the content type is application/json',
  'errors-bare': 'errors have no scimType and no status in their body',
  'attributes-ignored': 'attributes and excludedAttributes have no effect',
  'config-not-found': 'ServiceProviderConfig is 404',
  'config-refused': 'ServiceProviderConfig is 401, although the token is good',
  'cursor-paging': 'cursors are announced and understood (RFC 9865)',
  'cursor-forced': 'lists are paged by cursors even for a client that sends none',
  'cursor-expires': 'a cursor of the third page has expired',
} as const;

export type Quirk = keyof typeof quirks;

export const quirkNames = Object.keys(quirks) as Quirk[];
