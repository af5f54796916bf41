import type { TargetConfig } from '../../core/model/target.ts';
import { countOf, isObject, member } from './json-keys.ts';
import { booleanOf } from './read-attribute.ts';

const positive = (value: unknown): number | null => {
  const count = countOf(value);
  return count === null || count === 0 ? null : count;
};

/** ServiceProviderConfig, as far as the client uses it; null when the answer is no object. RFC 7643, 5; RFC 9865, 4. */
export const readTargetConfig = (body: unknown): TargetConfig | null => {
  if (!isObject(body)) return null;
  const filter = member(body, 'filter');
  const pagination = member(body, 'pagination');
  return {
    filterMaxResults: isObject(filter) ? positive(member(filter, 'maxResults')) : null,
    pagination: isObject(pagination)
      ? {
          cursor: booleanOf(member(pagination, 'cursor')) === true,
          index: booleanOf(member(pagination, 'index')) !== false,
          maxPageSize: positive(member(pagination, 'maxPageSize')),
        }
      : null,
  };
};
