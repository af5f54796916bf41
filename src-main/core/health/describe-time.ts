const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Epoch milliseconds; null for nothing, unreadable text, and year 1, which is Graph's "never". */
export const timeOf = (at: string | null | undefined): number | null => {
  if (at === null || at === undefined || at === '' || at.startsWith('0001-')) return null;
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? null : ms;
};

export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** `8 August`, with the year when it is not the year of `nowMs`. UTC. */
export const describeDay = (ms: number, nowMs: number): string => {
  const date = new Date(ms);
  const year = date.getUTCFullYear() === new Date(nowMs).getUTCFullYear() ? '' : ` ${date.getUTCFullYear()}`;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}${year}`;
};

/** `8 August at 02:00 UTC`. */
export const describeMoment = (ms: number, nowMs: number): string =>
  `${describeDay(ms, nowMs)} at ${new Date(ms).toISOString().slice(11, 16)} UTC`;

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** `40 minutes`, `3 hours`, `2 days`: rounded down to the unit that a person would say. */
export const describeSpan = (ms: number): string => {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 120) return plural(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? plural(hours, 'hour') : plural(Math.floor(hours / 24), 'day');
};
