import { z } from 'zod';

/**
 * Tolerant pieces of Graph's shapes: what is absent, null, empty or of another type reads as null, because one odd
 * optional field must not lose a whole row. graph-provisioning.md 13.
 */
export const optionalText = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => (value === undefined || value === null || value === '' ? null : value));

export const optionalFlag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

export const textList = z
  .array(z.unknown())
  .nullish()
  .catch([])
  .transform((list) => (list ?? []).filter((entry): entry is string => typeof entry === 'string'));

/** A time as ISO 8601 UTC; null for none, and for year 1, which is Graph's "never". Fractions of 7 digits are fine. */
export const readTime = (value: unknown): string | null => {
  if (typeof value !== 'string' || value === '' || value.startsWith('0001-')) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

export const optionalTime = z.unknown().optional().transform(readTime);

export const count = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' && Number.isFinite(value) ? value : 0));

/** An id that an object cannot be without. */
export const id = z.string().min(1);
