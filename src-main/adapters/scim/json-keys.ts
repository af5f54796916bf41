/** A JSON object of a SCIM server. Its keys may have any casing (RFC 7643, 2.1). */
export type ScimObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is ScimObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member whatever the casing of its key; undefined when absent. */
export const member = (object: ScimObject, key: string): unknown => {
  if (Object.hasOwn(object, key)) return object[key];
  const wanted = key.toLowerCase();
  const name = Object.keys(object).find((candidate) => candidate.toLowerCase() === wanted);
  return name === undefined ? undefined : object[name];
};

/** Text or a number as text; null for anything else and for empty text. */
export const textOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
};

/** A count that may come as text; null when it is no non-negative whole number. */
export const countOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
};
