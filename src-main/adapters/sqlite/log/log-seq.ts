import type { LogFilter } from '../../../contract/models/provisioning-event.ts';

/** Rows within one second are numbered below this; 2^20 of them, and seconds until the year 2242 fit a safe integer. */
export const perSecond = 2 ** 20;
const hourSeconds = 3600;
export const perHour = hourSeconds * perSecond;

const lastSecond = 2 ** 33 - 2;

/** First number of the second of a time (ISO 8601); a time before 1970 or after 2242 counts as the end of that span. */
export const secondSeq = (at: string): number =>
  Math.min(lastSecond, Math.max(0, Math.floor(Date.parse(at) / 1000))) * perSecond;

export const hourOfSeq = (seq: number): number => Math.floor(seq / perHour);
export const hourSeq = (hour: number): number => hour * perHour;

/** Rows from number `from` to below number `to`. */
export interface SeqRange {
  from: number;
  to: number;
}

/** A bound inside a second: there the row's own time decides. `ms` is the bound, `second` that second's first number. */
export interface Cut {
  ms: number;
  second: number;
}

/** The range of a filter's times, and where one of them cuts a second; the range holds such a second as a whole. */
export const seqRange = (
  filter: Pick<LogFilter, 'from' | 'to'>,
): { range: SeqRange; cutFrom: Cut | null; cutTo: Cut | null } => {
  const cut = (at: string | undefined): Cut | null => {
    if (at === undefined) return null;
    const ms = Date.parse(at);
    return ms % 1000 === 0 ? null : { ms, second: secondSeq(at) };
  };
  const cutTo = cut(filter.to);
  return {
    range: {
      from: filter.from === undefined ? 0 : secondSeq(filter.from),
      to: filter.to === undefined ? (lastSecond + 1) * perSecond : secondSeq(filter.to) + (cutTo ? perSecond : 0),
    },
    cutFrom: cut(filter.from),
    cutTo,
  };
};
