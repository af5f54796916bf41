import type { Evidence } from '../../contract/models/finding.ts';
import type { CauseId, RuleTried, Verdict } from '../../contract/models/investigation.ts';
import type { SourceName } from '../../contract/models/run.ts';
import type { CaseBase } from './case-base.ts';
import { adviceFor, type StepWords } from './causes.ts';
import { doubtWaiting } from './job-remark.ts';
import { whyUnread, type Missing } from './why-unread.ts';

/** A cause in the words of one case; who acts and what to do come from the catalogue where the case adds nothing. */
export interface CauseVerdict extends Partial<Pick<Verdict, 'certainty' | 'actor' | 'steps' | 'expectedBy'>> {
  cause: CauseId;
  sentence: string;
  words?: StepWords;
}

/** What a rule says about a case; `blind` names what it would have had to read. */
export type Ruling =
  | { outcome: 'cause'; verdict: CauseVerdict; evidence: Evidence[] }
  | { outcome: 'ruled-out' | 'note'; evidence: Evidence[] }
  | { outcome: 'blind'; source: SourceName; evidence: Evidence[]; instead?: Missing };

/** One check of a tree, about a person, a group or a membership. */
export interface Rule<C extends CaseBase> {
  id: string;
  /** What it asks, for people. */
  title: string;
  /** Sources without which it must not decide. */
  needs: readonly SourceName[];
  /** Sources that it looks at besides, and can do without for many a case. */
  uses?: readonly SourceName[];
  /** Decides only when nothing before it did. */
  isLast?: boolean;
  decide(subject: C): Ruling;
}

export const cause = (verdict: CauseVerdict, ...found: Evidence[]): Ruling => ({
  outcome: 'cause',
  verdict,
  evidence: found,
});
export const ruledOut = (...found: Evidence[]): Ruling => ({ outcome: 'ruled-out', evidence: found });
export const note = (...found: Evidence[]): Ruling => ({ outcome: 'note', evidence: found });

/** A verdict that says only what could not be read, and so cannot be decided. */
export const cannotTell = (
  subject: Pick<CaseBase, 'name' | 'sources'>,
  source: SourceName,
  instead?: Missing,
): Verdict => {
  const { why, steps } = instead ?? whyUnread(subject, source);
  return {
    cause: null,
    sentence: `Why ${subject.name} is in this state cannot be told, because ${why}.`,
    certainty: 'cannot-tell',
    actor: 'entra-admin',
    steps,
  };
};

/** Puts the words of the case into the catalogue's advice. `isShaky`: something was assumed, so that nothing is certain. */
const settle = (
  { cause: id, sentence, words, certainty = 'certain', ...own }: CauseVerdict,
  subject: CaseBase,
): Verdict => ({
  cause: id,
  sentence,
  certainty: certainty === 'certain' && subject.isShaky ? 'likely' : certainty,
  ...adviceFor(id, { ...subject.words, ...words }),
  ...own,
});

/**
 * Tries the rules in order. The first cause ends the search; what comes after it is still tried, and told as `also`. A
 * rule whose sources were not complete is blind: then nothing after it may decide, and the verdict is "cannot tell".
 */
export const tryRules = <C extends CaseBase>(
  subject: C,
  rules: readonly Rule<C>[],
): { verdict: Verdict; path: RuleTried[] } => {
  let verdict: Verdict | null = null;
  const path: RuleTried[] = [];
  for (const { id, title, needs, isLast, decide } of rules) {
    if (verdict && isLast) continue;
    const missing = needs.find((source) => !subject.isComplete(source));
    const ruling: Ruling = missing ? { outcome: 'blind', source: missing, evidence: [] } : decide(subject);
    const { outcome, evidence } = ruling;
    path.push({ rule: id, title, outcome: outcome === 'cause' && verdict ? 'also' : outcome, evidence });
    if (verdict) continue;
    if (ruling.outcome === 'blind') verdict = cannotTell(subject, ruling.source, ruling.instead);
    if (ruling.outcome === 'cause') verdict = doubtWaiting(settle(ruling.verdict, subject), subject);
  }
  return { verdict: verdict ?? cannotTell(subject, 'provisioning-log'), path };
};
