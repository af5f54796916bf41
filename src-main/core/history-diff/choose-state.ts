import type { LogGap, Run } from '../../contract/models/run.ts';
import { AppError } from '../app-error.ts';
import { describeDay, describeMoment, describeSpan } from '../health/describe-time.ts';

/** A run, the moment that its lists stand for (ISO 8601), and whether any source could be read in it. */
export interface RunMark extends Run {
  at: string;
  collected: boolean;
  /** False: its state is not here, since a case file holds those of a period only. */
  held?: boolean;
}

export interface ChoiceContext {
  /** Every run, oldest first. */
  marks: readonly RunMark[];
  gaps: readonly LogGap[];
  /** The first run whose state a retention has kept whole; null or left out: all of them. */
  statesFrom?: { run: string; at: string } | null;
  nowMs: number;
  /** The input field that held the choice. */
  field: string;
}

const dayMs = 86_400_000;

const invalid = (field: string, message: string, reason: string): AppError =>
  new AppError({
    code: 'input-invalid',
    message,
    advice:
      'Name a run by its id, a date such as 2026-11-20, a moment such as 2026-11-20T09:00:00Z, first, previous or last.',
    fields: [{ field, reason }],
  });

const unknown = (message: string): AppError =>
  new AppError({ code: 'run-unknown', message, advice: 'List the runs, and take one of them or a later date.' });

/** Always with the year: the past has many. */
const day = (ms: number): string => describeDay(ms, Number.NaN);
const moment = (ms: number): string => describeMoment(ms, Number.NaN);

/** The last millisecond that the wanted date or moment allows, and whether it is a whole day; null for other text. */
const readTime = (text: string): { ms: number; startMs: number; isDay: boolean } | null => {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text)) {
    const startMs = Date.parse(`${text}T00:00:00Z`);
    // JavaScript takes the 31st of a short month for the first of the next.
    if (Number.isNaN(startMs) || new Date(startMs).toISOString().slice(0, 10) !== text) return null;
    return { ms: startMs + dayMs - 1, startMs, isDay: true };
  }
  const shaped = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/u.test(text);
  const ms = shaped ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : { ms, startMs: ms, isDay: false };
};

const atRank = (marks: readonly RunMark[], word: string): RunMark => {
  // The newest run may still be under way: its state is not there yet.
  const collected = marks.filter(
    (mark, index) => mark.collected && (mark.endedAt !== null || index < marks.length - 1),
  );
  const found = { first: collected[0], previous: collected.at(-2), last: collected.at(-1) }[word];
  if (found) return found;
  throw unknown(
    collected.length === 0 ? 'Nothing was collected yet.' : 'There is only one run, and so none before it.',
  );
};

const byId = (marks: readonly RunMark[], id: string): RunMark => {
  const found = marks.find((mark) => mark.id === id);
  if (found?.held === false) {
    throw unknown(
      `Run ${id} of ${moment(Date.parse(found.startedAt))} lies before the period of this case file, which does not hold its state.`,
    );
  }
  if (!found) {
    const [first, last] = [marks[0], marks.at(-1)];
    const known = first && last ? ` The runs of this history have the ids ${first.id} to ${last.id}.` : '';
    throw unknown(`There is no run "${id}" in this history.${known}`);
  }
  if (!found.collected) {
    throw unknown(
      `Run ${id} of ${moment(Date.parse(found.startedAt))} collected nothing: no source could be read in it. It has no state of its own.`,
    );
  }
  return found;
};

const isKept = (id: string, statesFrom: ChoiceContext['statesFrom']): boolean =>
  !statesFrom || Number(id) >= Number(statesFrom.run);

const forgotten = (what: string, { run, at }: { run: string; at: string }): AppError =>
  unknown(
    `${what} lies before run ${run} of ${moment(Date.parse(at))}, the first one whose state is kept: what was so before was deleted, as the retention of this connection says.`,
  );

/** What has to be said about a wanted time at which no run stands. */
const timeNotes = (
  wanted: { ms: number; startMs: number; isDay: boolean },
  found: RunMark,
  context: ChoiceContext,
): string[] => {
  const notes: string[] = [];
  const foundMs = Date.parse(found.at);
  const endMs = Math.min(wanted.ms, context.nowMs);
  const isMissed = wanted.isDay ? foundMs < wanted.startMs : endMs - foundMs > dayMs;
  if (isMissed) {
    const when = wanted.isDay ? `on ${day(wanted.startMs)}` : `between ${moment(foundMs)} and ${moment(wanted.ms)}`;
    const next = context.marks.find((mark) => mark.collected && Date.parse(mark.at) > wanted.ms);
    const after = next ? `; the next run ended on ${moment(Date.parse(next.at))}` : '';
    notes.push(
      `Nothing was collected ${when}. Shown is the state of run ${found.id}, ${describeSpan(endMs - foundMs)} earlier, on ${moment(foundMs)}${after}.`,
    );
  }
  const gap = context.gaps.find(
    ({ from, to }) => Date.parse(from) <= endMs && Date.parse(to) > (wanted.isDay ? wanted.startMs : wanted.ms),
  );
  if (gap) {
    notes.push(
      `The wanted time lies in a gap of the provisioning log, from ${moment(Date.parse(gap.from))} to ${moment(Date.parse(gap.to))}: what the service did then was not collected in time.`,
    );
  }
  return notes;
};

/**
 * The run whose state was meant: by id, by `first`, `previous` or `last`, or the newest one by the end of a date (UTC)
 * or by a moment. Runs that collected nothing are passed over; a date at which none was made comes with a sentence that
 * says so.
 *
 * Throws `run-unknown` (no such run, a run that collected nothing or is not held, before the first run) and `input-invalid` (a time
 * in the future, or none of these).
 */
export const chooseState = (choice: string, context: ChoiceContext): { mark: RunMark; notes: string[] } => {
  const { nowMs, field, statesFrom = null } = context;
  const marks = context.marks.filter(({ id, held }) => held !== false && isKept(id, statesFrom));
  if (choice === 'first' || choice === 'previous' || choice === 'last')
    return { mark: atRank(marks, choice), notes: [] };
  if (/^\d{1,15}$/u.test(choice)) {
    if (statesFrom && !isKept(choice, statesFrom)) throw forgotten(`Run ${choice}`, statesFrom);
    return { mark: byId(context.marks, choice), notes: [] };
  }
  const wanted = readTime(choice);
  if (!wanted) throw invalid(field, `"${choice}" is no run, date or moment.`, 'is no run, date or moment');
  const name = wanted.isDay ? day(wanted.startMs) : moment(wanted.ms);
  if (wanted.startMs > nowMs) {
    throw invalid(field, `${name} lies in the future; it is ${moment(nowMs)} now.`, 'lies in the future');
  }
  const collected = marks.filter((mark) => mark.collected);
  const found = collected.findLast((mark) => Date.parse(mark.at) <= wanted.ms);
  if (found) return { mark: found, notes: timeNotes(wanted, found, context) };
  const [first] = collected;
  if (statesFrom && first) throw forgotten(name, statesFrom);
  if (!first) throw unknown('Nothing was collected yet.');
  if (marks.length < context.marks.length) {
    throw unknown(
      `${name} lies before the period of this case file, whose first state is that of ${moment(Date.parse(first.at))}.`,
    );
  }
  throw unknown(
    `${name} lies before the first run of this history, which ended on ${moment(Date.parse(first.at))}: what was so before is not known.`,
  );
};
