import { setUpCheckIds, type SetUpCheckId, type SetUpCheckResult } from '../../contract/models/set-up-check.ts';
import { applicationChecks } from './application-checks.ts';
import { assignmentChecks } from './assignment-checks.ts';
import { answerCheck, type CheckRule } from './check-rule.ts';
import type { SetUpFacts } from './facts.ts';
import { guardChecks } from './guard-checks.ts';
import { jobChecks } from './job-checks.ts';
import { mappingChecks } from './mapping-checks.ts';
import { matchingChecks } from './matching-checks.ts';
import { scopeChecks } from './scope-checks.ts';
import { targetChecks } from './target-checks.ts';

const rules = new Map<SetUpCheckId, CheckRule>(
  [
    ...applicationChecks,
    ...assignmentChecks,
    ...jobChecks,
    ...targetChecks,
    ...mappingChecks,
    ...matchingChecks,
    ...scopeChecks,
    ...guardChecks,
  ].map((rule) => [rule.id, rule]),
);

/**
 * Walks through the whole set-up, in the order of the article: each step is right, wrong or not checkable, with the
 * evidence and what to do. Nothing is concluded from a source that was not read.
 */
export const runSetUpCheck = (facts: SetUpFacts): SetUpCheckResult => ({
  checks: setUpCheckIds.map((id) => {
    const rule = rules.get(id);
    if (!rule) throw new Error(`The set-up check ${id} has no rule.`);
    return answerCheck(rule, facts);
  }),
});
