import { parse, type Filter } from 'scim2-parse-filter';
import { ScimError } from './scim-error.ts';

const invalid = (detail: string): ScimError => new ScimError(400, 'invalidFilter', detail);

/**
 * The value of a filter of the form `attribute eq "value"`. The server filters by one attribute only: `userName` of
 * users, `displayName` of groups (scim-entra.md 6). Throws 400 `invalidFilter` for everything else.
 */
export const filterValue = (text: string, attribute: string): string => {
  let filter: Filter;
  try {
    filter = parse(text);
  } catch (cause) {
    throw invalid(`The filter could not be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const path = 'attrPath' in filter ? filter.attrPath.replace(/^urn:.*:/u, '') : '';
  if (filter.op !== 'eq' || path.toLowerCase() !== attribute.toLowerCase()) {
    throw invalid(`Only ${attribute} can be filtered, with the operator eq.`);
  }
  if (typeof filter.compValue !== 'string') throw invalid(`${attribute} is compared with a text in double quotes.`);
  return filter.compValue;
};

/** True for `attribute eq value` without quotes, as one sample of Entra's documentation writes it. */
export const isUnquoted = (text: string): boolean => /^\s*\S+\s+eq\s+[^"\s]+\s*$/iu.test(text);
