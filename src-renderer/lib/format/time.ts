const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const partsOf = (date: Date, timeZone: string | undefined): Record<string, string> => {
  const format = new Intl.DateTimeFormat('en', {
    ...(timeZone === undefined ? {} : { timeZone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
};

const dateOf = (iso: string): Date | null => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
};

export interface TimeOptions {
  /** Up to which part; default `minute`. */
  precision?: 'day' | 'minute' | 'second';
  /** IANA name; default the computer's. */
  timeZone?: string;
}

/** An ISO time as "2026-11-23 14:05" in local time: sortable and the same for every reader. Other text stays as it is. */
export const formatTime = (iso: string, { precision = 'minute', timeZone }: TimeOptions = {}): string => {
  const date = dateOf(iso);
  if (!date) return iso;
  const { year, month, day, hour, minute, second } = partsOf(date, timeZone);
  const text = `${year}-${month}-${day}`;
  if (precision === 'day') return text;
  return `${text} ${hour}:${minute}${precision === 'second' ? `:${second}` : ''}`;
};

/** The same moment in UTC, for titles: "2026-11-23 13:05:11 UTC". */
export const formatUtc = (iso: string): string =>
  dateOf(iso) ? `${formatTime(iso, { precision: 'second', timeZone: 'UTC' })} UTC` : iso;

/** A span as "45 s", "12 min", "3 h 20 min", "5 d", "2 years". Negative spans count as zero. */
export const formatSpan = (ms: number): string => {
  const span = Math.max(0, ms);
  if (span < minuteMs) return `${Math.round(span / 1000)} s`;
  if (span < hourMs) return `${Math.floor(span / minuteMs)} min`;
  if (span < dayMs) {
    const minutes = Math.floor((span % hourMs) / minuteMs);
    return `${Math.floor(span / hourMs)} h${minutes ? ` ${minutes} min` : ''}`;
  }
  const days = Math.floor(span / dayMs);
  const years = Math.floor(days / 365.25);
  return years < 1 ? `${days} d` : years === 1 ? '1 year' : `${years} years`;
};

/** How long ago, or how soon: "just now", "12 min ago", "in 28 min". */
export const formatAge = (iso: string, now: number): string => {
  const date = dateOf(iso);
  if (!date) return iso;
  const age = now - date.getTime();
  if (Math.abs(age) < minuteMs) return 'just now';
  return age > 0 ? `${formatSpan(age)} ago` : `in ${formatSpan(-age)}`;
};
