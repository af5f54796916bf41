import type { Cell, CellType } from './report.ts';
import type { ReportWords } from './words/report-words.ts';

/** How values look for people, in one language and one time zone. */
export interface ValueFormat {
  /** `20 Nov 2026, 13:05`; text that is no time stays as it is. */
  moment(at: string): string;
  /** `20 Nov 2026` of a day or a time. */
  day(at: string): string;
  number(value: number): string;
  /** A cell as text for reading; nothing is an empty text. */
  cell(cell: Cell, type: CellType): string;
  /** ISO 8601 with the zone's offset, exact to the second, such as `2026-11-20T13:05:00+01:00`. */
  zoned(at: string): string;
  /** Milliseconds of the same wall clock in UTC, for programs whose times have no zone; null for text that is no time. */
  wallClockMs(at: string): number | null;
}

const quarterMs = 15 * 60_000;
const keptOffsets = 50_000;

/** False for a name that is no IANA time zone. */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** Offset of a zone at a moment, in milliseconds. Zones change their offset at quarters of an hour, so one look-up serves one. */
const createOffsets = (timeZone: string): ((ms: number) => number) => {
  if (timeZone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  return (ms) => {
    const quarter = Math.floor(ms / quarterMs);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    const parts = new Map(format.formatToParts(quarter * quarterMs).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    const offset = wall - quarter * quarterMs;
    if (known.size >= keptOffsets) known.clear();
    known.set(quarter, offset);
    return offset;
  };
};

const utcTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

const two = (value: number): string => String(value).padStart(2, '0');

/** Makes the format of a language and a time zone. Throws RangeError for a zone that is none (`isTimeZone`). */
export const createValueFormat = (words: ReportWords, timeZone: string): ValueFormat => {
  const offsetAt = createOffsets(timeZone);
  const moments = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const days = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeZone });
  // A day without a time is the same day everywhere.
  const plainDays = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const numbers = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 1 });
  const msOf = (at: string): number | null => {
    const ms = Date.parse(at);
    return Number.isNaN(ms) ? null : ms;
  };
  const moment = (at: string): string => {
    const ms = msOf(at);
    return ms === null ? at : moments.format(ms);
  };
  const format: ValueFormat = {
    moment,
    day(at) {
      const ms = msOf(at);
      if (ms === null) return at;
      return at.length === 10 ? plainDays.format(ms) : days.format(ms);
    },
    number: (value) => numbers.format(value),
    cell(cell, type) {
      if (cell === null) return '';
      if (typeof cell === 'boolean') return cell ? words.yes : words.no;
      if (typeof cell === 'number') return numbers.format(cell);
      return type === 'time' ? moment(cell) : cell;
    },
    zoned(at) {
      // By far the most frequent case, and a million times over a dear one.
      if (timeZone === 'UTC' && utcTime.test(at)) return `${at.slice(0, 19)}Z`;
      const ms = msOf(at);
      if (ms === null) return at;
      const offset = offsetAt(ms);
      const wall = new Date(ms + offset).toISOString().slice(0, 19);
      if (offset === 0) return `${wall}Z`;
      const minutes = Math.abs(offset) / 60_000;
      return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    },
    wallClockMs(at) {
      const ms = msOf(at);
      return ms === null ? null : ms + offsetAt(ms);
    },
  };
  return format;
};
