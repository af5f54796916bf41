import type { BlameResult, Jump, JumpMeasure, JumpPart } from '../../contract/models/blame.ts';
import type { ConfigurationChange } from '../../contract/models/configuration-change.ts';
import { describeJump } from '../../core/blame/describe-jump.ts';
import { findEvaluationJumps, findHourlyJumps, type FoundJump } from '../../core/blame/find-jumps.ts';
import { rankSuspects } from '../../core/blame/rank-suspects.ts';
import { findKnownError } from '../../core/errors/explain-error.ts';
import { parseReason } from '../../core/errors/parse-reason.ts';
import type { EvaluationChange, LogHour } from '../../core/model/job-history.ts';
import type { Clock, HistoryReads, JobHistoryStore } from '../ports.ts';
import { loadChanges } from './load-changes.ts';
import { loadChoice } from './load-job.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Four weeks are judged; the changes before a jump on the first of these days count, too. */
const judgedDays = 28;
const changesBeforeMs = 3 * dayMs;
const partsShown = 5;
const longestReason = 300;

const iso = (ms: number): string => new Date(ms).toISOString();

/** What UNIFI answered where the reason holds it, else the service's own words; a reason can hold a whole page. */
const saidBy = (reason: string): string => {
  const { scimDetail, message } = parseReason(reason);
  const text = scimDetail ?? message;
  return text.length > longestReason ? `${text.slice(0, longestReason)}…` : text;
};

/** The rows that fail more than the day before, by issue. */
const failingParts = async (jobHistory: JobHistoryStore, jump: FoundJump, endMs: number): Promise<JumpPart[]> => {
  const issues = await jobHistory.issueGrowth({
    before: iso(jump.startMs - dayMs),
    from: iso(jump.startMs),
    to: iso(Math.min(jump.startMs + dayMs, endMs)),
    limit: partsShown,
  });
  return issues.map(({ issueKey, errorCode, reason, rows, rowsBefore }) => ({
    id: issueKey,
    title:
      (errorCode === null ? null : findKnownError(errorCode)?.known.meaning) ?? errorCode ?? 'Without an error code',
    reason: reason === null ? null : saidBy(reason),
    count: rows,
    before: rowsBefore,
  }));
};

const findingParts = (evaluation: EvaluationChange | undefined): JumpPart[] =>
  (evaluation?.opened ?? [])
    .map(({ kind, count }) => ({ id: kind, title: kind.replaceAll('-', ' '), reason: null, count, before: 0 }))
    .sort((one, other) => other.count - one.count)
    .slice(0, partsShown);

interface Judging {
  jobHistory: JobHistoryStore;
  changes: readonly ConfigurationChange[];
  nowMs: number;
}

const blameRows = async (
  { jobHistory, changes, nowMs }: Judging,
  measure: Exclude<JumpMeasure, 'findings'>,
  hours: readonly LogHour[],
): Promise<{ jumps: Jump[]; judgedDays: number }> => {
  const counts = hours.map((hour) => ({
    at: Date.parse(hour.at),
    count: measure === 'failures' ? hour.failure : hour.skippedOther,
    covered: hour.covered,
  }));
  const found = findHourlyJumps(counts);
  const endMs = (counts.at(-1)?.at ?? nowMs) + hourMs;
  const jumps = found.jumps.map(async (jump): Promise<Jump> => {
    const parts = measure === 'failures' ? await failingParts(jobHistory, jump, endMs) : [];
    const suspects = rankSuspects({ measure, startMs: jump.startMs, sinceMs: jump.startMs, parts }, changes);
    return { ...describeJump(measure, jump, nowMs), after: null, parts, suspects };
  });
  return { jumps: await Promise.all(jumps), judgedDays: found.judgedDays };
};

/** The first evaluation of a history finds everything: it says nothing about what is usual. */
const blameFindings = (
  { changes, nowMs }: Judging,
  evaluations: readonly EvaluationChange[],
): { jumps: Jump[]; judged: number } => {
  const compared = evaluations.slice(1);
  const found = findEvaluationJumps(
    compared.map(({ at, opened }) => ({
      at: Date.parse(at),
      count: opened.reduce((sum, { count }) => sum + count, 0),
      covered: true,
    })),
  );
  const jumps = found.jumps.map((jump): Jump => {
    const index = evaluations.findIndex(({ at }) => Date.parse(at) === jump.startMs);
    const parts = findingParts(evaluations[index]);
    const after = evaluations[index - 1]?.at ?? null;
    const sinceMs = after === null ? jump.startMs : Date.parse(after);
    const suspects = rankSuspects({ measure: 'findings', startMs: jump.startMs, sinceMs, parts }, changes);
    return { ...describeJump('findings', jump, nowMs), after, parts, suspects };
  });
  return { jumps, judged: found.judged };
};

/**
 * Jumps in failures, skips that matter and findings over the last four weeks of the log, each beside the changes just
 * before it. Only what is stored is read.
 */
export const blameChanges = async (store: HistoryReads, clock: Clock, jobId: string | null): Promise<BlameResult> => {
  const now = clock.now();
  const { jobHistory } = store;
  const position = await store.log.position();
  const to = position.completeTo ?? now.toISOString();
  const from = iso(Date.parse(to) - judgedDays * dayMs);
  const choice = await loadChoice(store, jobId);
  const [hours, evaluations, changes, sources] = await Promise.all([
    jobHistory.logHours({ from, to }),
    jobHistory.openedFindings(from),
    loadChanges(store, { from: iso(Date.parse(from) - changesBeforeMs), jobId: choice.jobId }),
    store.runs.freshness(),
  ]);
  const judging: Judging = { jobHistory, changes, nowMs: now.getTime() };
  const failures = await blameRows(judging, 'failures', hours);
  const skips = await blameRows(judging, 'skips', hours);
  const findings = blameFindings(judging, evaluations);
  const covered = Math.floor(hours.filter((hour) => hour.covered).length / 24);
  const audit = sources.find(({ source }) => source === 'audit');
  return {
    now: now.toISOString(),
    jumps: [...failures.jumps, ...skips.jumps, ...findings.jumps].sort((one, other) =>
      one.startedAt < other.startedAt ? 1 : -1,
    ),
    from,
    to,
    notJudged: [
      ...(failures.judgedDays === 0
        ? [`Failures and skips cannot be judged yet: that takes eight collected days of log, and there are ${covered}.`]
        : []),
      ...(findings.judged === 0
        ? [
            `Findings cannot be judged yet: that takes five cross-checks within four weeks; so far it is ${evaluations.length}.`,
          ]
        : []),
      ...(audit?.status === 'complete'
        ? []
        : [
            'The audit log was not read completely: who changed what is known only where two collections show a difference.',
          ]),
    ],
  };
};
