import type { Jump, JumpMeasure } from '../../contract/models/blame.ts';
import { describeMoment, isoTime } from '../health/describe-time.ts';
import type { FoundJump } from './find-jumps.ts';

const amount = (number: number): string => number.toLocaleString('en', { maximumFractionDigits: 0 });

const usually = (usual: number): string => {
  if (usual === 0) return 'none are usual';
  return usual === 1 ? 'one is usual' : `${amount(usual)} are usual`;
};

/** `what` begins the sentence: "Failures rose". */
const rise = (what: string, rows: string, jump: FoundJump, nowMs: number): string => {
  const { startMs, endMs, highest, usual } = jump;
  const end = endMs === null ? 'It goes on.' : `It was over on ${describeMoment(endMs, nowMs)}.`;
  return `${what} on ${describeMoment(startMs, nowMs)}: up to ${amount(highest)} ${rows} a day, where ${usually(usual)}. ${end}`;
};

const sentences: Readonly<Record<JumpMeasure, (jump: FoundJump, nowMs: number) => string>> = {
  failures: (jump, nowMs) => rise('Failures rose', 'failed rows', jump, nowMs),
  skips: (jump, nowMs) => rise('Skips that may need attention rose', 'such rows', jump, nowMs),
  findings: ({ startMs, highest, usual }, nowMs) =>
    `The cross-check of ${describeMoment(startMs, nowMs)} newly found ${amount(highest)} differences, where ${usually(usual)}.`,
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
