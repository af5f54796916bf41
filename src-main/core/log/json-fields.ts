/** A JSON object whose members nobody has checked yet. */
export type Bag = Readonly<Record<string, unknown>>;

const noBag: Bag = {};
const noList: readonly unknown[] = [];

/** The object itself, the first one of a list (old documents show lists where objects come), else an empty one. */
export const bag = (value: unknown): Bag => {
  if (typeof value !== 'object' || value === null) return noBag;
  if (!Array.isArray(value)) return value as Bag;
  const first: unknown = value[0];
  return typeof first === 'object' && first !== null && !Array.isArray(first) ? (first as Bag) : noBag;
};

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : noList);

/** Text, with empty strings (Graph writes them for null) turned to null. Numbers and booleans become text. */
export const text = (value: unknown): string | null => {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return null;
};

/**
 * A member of an open `details` object whatever the casing of its key. Also reads lists of `{key, value}` pairs.
 * graph-provisioning.md 4 and 13.
 */
export const detail = (details: unknown, key: string): string | null => {
  if (typeof details !== 'object' || details === null) return null;
  if (Array.isArray(details)) return pairValue(details, key);
  const exact = (details as Bag)[key];
  if (exact !== undefined) return text(exact);
  const wanted = key.toLowerCase();
  for (const name in details) {
    if (name.length === wanted.length && name.toLowerCase() === wanted) return text((details as Bag)[name]);
  }
  return null;
};

const pairValue = (pairs: readonly unknown[], key: string): string | null => {
  const wanted = key.toLowerCase();
  for (const pair of pairs) {
    const { key: name, name: otherName, value } = bag(pair);
    if ((text(name) ?? text(otherName))?.toLowerCase() === wanted) return text(value);
  }
  return null;
};

/** `"True"`, `"true"` and `true`; null for anything that is neither yes nor no. */
export const flag = (value: string | null): boolean | null => {
  const lower = value?.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : null;
};
