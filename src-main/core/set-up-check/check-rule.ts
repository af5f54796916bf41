import type { Evidence } from '../../contract/models/finding.ts';
import type { SourceFreshness, SourceName } from '../../contract/models/run.ts';
import type { SetUpCheck, SetUpCheckId } from '../../contract/models/set-up-check.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { evidence } from '../investigation/case-base.ts';
import { wordsFor } from '../investigation/why-unread.ts';
import type { SetUpFacts } from './facts.ts';

/** What a check found, before it is known whether its sources are up to date. */
export type Decision = Pick<SetUpCheck, 'state' | 'sentence' | 'evidence'> & {
  fix?: string;
  /** Right also when a list was read only in part: what was read is enough. */
  isEnough?: true;
};

/** One check. `needs` are the stored sources that it rests on. */
export interface CheckRule {
  id: SetUpCheckId;
  needs: readonly SourceName[];
  decide(facts: SetUpFacts): Decision;
}

/** The step is as the article says. */
export const right = (sentence: string, ...found: Evidence[]): Decision => ({
  state: 'right',
  sentence,
  evidence: found,
});
/** The step is not as the article says; `fix` is what to do, in whole sentences. */
export const wrong = (sentence: string, fix: string, ...found: Evidence[]): Decision => ({
  state: 'wrong',
  sentence,
  evidence: found,
  fix,
});
/** Nothing can be said, for this reason. */
export const notCheckable = (sentence: string, ...found: Evidence[]): Decision => ({
  state: 'not-checkable',
  sentence,
  evidence: found,
});

/** Right by what was read, whatever a list that broke off would have added. */
export const rightAlready = (sentence: string, ...found: Evidence[]): Decision => ({
  ...right(sentence, ...found),
  isEnough: true,
});

const freshnessOf = ({ sources }: SetUpFacts, name: SourceName): SourceFreshness | undefined =>
  sources.find(({ source }) => source === name);

/** Whether a source was read whole in its newest reading, so that what it does not show is not there. */
export const isWhole = (facts: SetUpFacts, name: SourceName): boolean =>
  freshnessOf(facts, name)?.status === 'complete';

/** Whether anything of a source was ever stored. */
const isStored = (freshness: SourceFreshness | undefined): boolean =>
  freshness !== undefined && (freshness.lastCompleteAt !== null || freshness.status === 'partial');

/** What only a job has. */
const ofTheJob: readonly SourceName[] = ['schema', 'job-settings'];

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const whyNot = (name: SourceName, freshness: SourceFreshness | undefined): string =>
  freshness === undefined
    ? `${upper(wordsFor(name))} was not read yet: nothing was collected.`
    : `${upper(wordsFor(name))} could not be read. ${freshness.failure?.message ?? ''}`.trim();

const adviceOf = (freshness: SourceFreshness | undefined): string =>
  freshness === undefined ? 'Collect first.' : (freshness.failure?.advice ?? 'Collect again.');

/**
 * The answer of a check. Nothing is said without its sources; and what was right at an earlier reading is not called
 * right when the newest one failed, while what was wrong stays wrong until somebody sees it otherwise.
 */
export const answerCheck = (rule: CheckRule, facts: SetUpFacts): SetUpCheck => {
  if (facts.job === null && isWhole(facts, 'jobs') && rule.needs.some((name) => ofTheJob.includes(name))) {
    return { id: rule.id, ...notCheckable('The job of this connection is not there, so there is nothing to look at.') };
  }
  const unread = rule.needs.find((name) => !isStored(freshnessOf(facts, name)));
  if (unread !== undefined) {
    const freshness = freshnessOf(facts, unread);
    return {
      id: rule.id,
      ...notCheckable(whyNot(unread, freshness)),
      fix: adviceOf(freshness),
    };
  }
  const { isEnough, ...decided } = rule.decide(facts);
  const stale = rule.needs.find((name) => freshnessOf(facts, name)?.status !== 'complete');
  const freshness = stale === undefined ? undefined : freshnessOf(facts, stale);
  const stands = decided.state === 'not-checkable' || (isEnough === true && freshness?.status === 'partial');
  if (stale === undefined || freshness === undefined || stands) return { id: rule.id, ...decided };
  const readMs = timeOf(freshness.lastCompleteAt);
  const nowMs = timeOf(facts.now) ?? 0;
  const before = readMs === null ? 'before' : `on ${describeMoment(readMs, nowMs)}`;
  const reading = evidence(
    stale,
    null,
    `${upper(wordsFor(stale))} was last read whole ${before}; the newest reading failed. ${freshness.failure?.message ?? ''}`.trim(),
    freshness.lastCompleteAt,
  );
  if (decided.state === 'wrong') return { id: rule.id, ...decided, evidence: [...decided.evidence, reading] };
  return {
    id: rule.id,
    state: 'not-checkable',
    sentence: `What was read last was right, but ${wordsFor(stale)} could not be read whole this time.`,
    evidence: [...decided.evidence, reading],
    fix: adviceOf(freshness),
  };
};

/** Names in a sentence: `A`, `A and B`, `A, B and C`, `A, B, C and 4 more`. */
export const listNames = (names: readonly string[], most = 3): string => {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
};

/** `1 group`, `3 groups`, `1,200 people`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',')} ${count === 1 ? one : many}`;
