/** Waits outside these bounds are not believed: a server that says 0 would be asked in a tight loop. */
const floorMs = 1_000;
const capMs = 300_000;

/** Any object that gives a header by its name, or null. */
interface Headers {
  get(name: string): string | null;
}

const clamp = (ms: number): number => Math.min(capMs, Math.max(floorMs, Math.ceil(ms)));

const numberOf = (text: string | null): number | null =>
  text !== null && /^\s*\d+(?:\.\d+)?\s*$/u.test(text) ? Number(text) : null;

/**
 * How long the server asks to wait, in milliseconds, between 1 s and 5 min; null when it does not say. Understands
 * `Retry-After` as seconds (also fractions) and as an HTTP date (measured from the server's own `Date` where given),
 * and the millisecond headers `x-ms-retry-after-ms` and `retry-after-ms`.
 */
export const readRetryAfter = (headers: Headers, nowMs: number): number | null => {
  const exactMs = numberOf(headers.get('x-ms-retry-after-ms')) ?? numberOf(headers.get('retry-after-ms'));
  if (exactMs !== null) return clamp(exactMs);
  const given = headers.get('retry-after');
  if (given === null) return null;
  const seconds = numberOf(given);
  if (seconds !== null) return clamp(seconds * 1000);
  // `Date.parse` also takes "-3" for a year: a date of HTTP starts with the day of the week.
  const untilMs = /^\s*[a-z]{3,9},? /iu.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(untilMs)) return null;
  const serverMs = Date.parse(headers.get('date') ?? '');
  return clamp(untilMs - (Number.isNaN(serverMs) ? nowMs : serverMs));
};
