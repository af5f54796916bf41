import type { Jump, JumpMeasure } from '../../contract/models/blame.ts';
import { describeMoment, isoTime } from '../health/describe-time.ts';
import type { FoundJump } from './find-jumps.ts';

const amount = (number: number): string => number.toLocaleString('en', { maximumFractionDigits: 0 });

const rowsOf = (what: string, { highest, usual }: FoundJump): string =>
  `up to ${amount(highest)} rows of the log a day say that ${what}, where ${usual === 0 ? 'none are' : `${amount(usual)} a day are`} usual`;

const during = (jump: FoundJump, nowMs: number): { from: string; end: string } => ({
  from: `From ${describeMoment(jump.startMs, nowMs)} on`,
  end: jump.endMs === null ? ' It goes on.' : ` It was over on ${describeMoment(jump.endMs, nowMs)}.`,
});

const sentences: Readonly<Record<JumpMeasure, (jump: FoundJump, nowMs: number) => string>> = {
  failures(jump, nowMs) {
    const { from, end } = during(jump, nowMs);
    return `${from} ${rowsOf('something failed', jump)}.${end}`;
  },
  skips(jump, nowMs) {
    const { from, end } = during(jump, nowMs);
    return `${from} ${rowsOf('somebody was skipped who may need attention', jump)}.${end}`;
  },
  findings: ({ startMs, highest, usual }, nowMs) =>
    `The cross-check of ${describeMoment(startMs, nowMs)} newly found ${amount(highest)} differences, where ${usual === 0 ? 'none are' : `${amount(usual)} are`} usual.`,
};

/** A jump as it is shown: since when, how much, what is usual, whether it goes on, and one sentence of it all. */
export const describeJump = (
  measure: JumpMeasure,
  jump: FoundJump,
  nowMs: number,
): Omit<Jump, 'after' | 'parts' | 'suspects'> => ({
  measure,
  startedAt: isoTime(jump.startMs),
  endedAt: jump.endMs === null ? null : isoTime(jump.endMs),
  highest: jump.highest,
  usual: jump.usual,
  limit: jump.limit,
  sentence: sentences[measure](jump, nowMs),
});
