/** Deeper, or longer, is not needed to see what a service changed. */
const maxDepth = 3;
const maxKeys = 40;
const maxKeyLength = 100;

const sketch = (value: unknown, depth: number): unknown => {
  if (value === null) return null;
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    return [depth < maxDepth ? sketch(value[0], depth + 1) : 'list', `${value.length} in all`];
  }
  if (typeof value !== 'object') return typeof value === 'string' && value === '' ? 'empty string' : typeof value;
  if (depth >= maxDepth) return 'object';
  const members = Object.entries(value).slice(0, maxKeys);
  return Object.fromEntries(members.map(([key, member]) => [key.slice(0, maxKeyLength), sketch(member, depth + 1)]));
};

/**
 * What an entry of a list looks like, without what it says: its keys and the kinds of its values, as JSON. For entries
 * that are kept aside because they were not understood: nothing of a person is stored by accident.
 */
export const outline = (value: unknown): string => JSON.stringify(sketch(value, 0));
