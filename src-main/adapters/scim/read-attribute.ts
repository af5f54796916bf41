import { isObject, member, textOf } from './json-keys.ts';
import type { ScimObject } from './json-keys.ts';

const coreUrn = /^urn:ietf:params:scim:schemas:core:2\.0:\w+:/i;
const segmentPattern = /^([^.[\]]+)(?:\[([^\]]*)\])?(?:\.|$)/;
const comparison = /^\s*([\w.$-]+)\s+eq\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))\s*$/i;

/** Booleans in every spelling that servers were met with; null is unknown, never "inactive". scim-entra.md 5.8. */
export const booleanOf = (value: unknown): boolean | null => {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === true || word === 1 || word === 'true' || word === '1') return true;
  return word === false || word === 0 || word === 'false' || word === '0' ? false : null;
};

/** The resource, or its extension object when the path begins with the extension's URN, and the path inside it. */
const locate = (resource: ScimObject, path: string): { object: ScimObject; rest: string } | null => {
  if (!path.toLowerCase().startsWith('urn:')) return { object: resource, rest: path };
  const inCore = coreUrn.exec(path);
  if (inCore !== null) return { object: resource, rest: path.slice(inCore[0].length) };
  for (const key of Object.keys(resource)) {
    const object = resource[key];
    if (isObject(object) && path.toLowerCase().startsWith(`${key.toLowerCase()}:`)) {
      return { object, rest: path.slice(key.length + 1) };
    }
  }
  return null;
};

const fits = (item: unknown, filter: string): boolean => {
  const parts = comparison.exec(filter);
  if (parts === null || !isObject(item)) return false;
  const actual = member(item, parts[1] ?? '');
  const wanted = parts[2] ?? parts[3] ?? '';
  if (typeof actual === 'boolean' || /^(true|false)$/i.test(wanted)) return booleanOf(actual) === booleanOf(wanted);
  return textOf(actual)?.toLowerCase() === wanted.replace(/\\(.)/g, '$1').toLowerCase();
};

/** The one value of a list that a path means: the one its filter names, else the primary one, else the first. */
const choose = (values: readonly unknown[], filter: string | undefined): unknown =>
  filter === undefined
    ? (values.find((item) => isObject(item) && booleanOf(member(item, 'primary')) === true) ?? values[0])
    : values.find((item) => fits(item, filter));

/**
 * The value at a SCIM path as Entra's mappings write it: `name.givenName`, `emails[type eq "work"].value`,
 * `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`. Null when there is none, or no plain one.
 */
export const readAttribute = (resource: ScimObject, path: string): string | boolean | null => {
  const located = locate(resource, path);
  if (located === null) return null;
  let value: unknown = located.object;
  for (let rest = located.rest; rest !== '';) {
    const segment = segmentPattern.exec(rest);
    if (segment === null || !isObject(value)) return null;
    value = member(value, segment[1] ?? '');
    if (Array.isArray(value)) value = choose(value, segment[2]);
    rest = rest.slice(segment[0].length);
  }
  if (isObject(value)) value = member(value, 'value');
  return typeof value === 'boolean' ? value : textOf(value);
};
