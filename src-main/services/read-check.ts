import type { CheckResult } from '../contract/models/finding.ts';
import { AppError } from '../core/app-error.ts';
import type { HistoryReads } from './ports.ts';
import { summarise } from './summarise-findings.ts';

/**
 * The stored result of the newest cross-check of this history: findings that were pending or open, and those that it
 * resolved.
 *
 * Throws `run-unknown` when nothing was checked by then, and the store's failures.
 */
export const readCheck = async (store: HistoryReads): Promise<CheckResult> => {
  const evaluation = await store.findings.evaluation();
  const checked = evaluation ? await store.runs.get(evaluation.runId) : null;
  if (!evaluation || !checked) {
    throw new AppError({
      code: 'run-unknown',
      message: 'Nothing was checked by then.',
      advice: 'Choose a later run, or check without a date.',
    });
  }
  const findings = await store.findings.present(evaluation.runId);
  return { ...checked, summary: summarise(findings), findings, notEvaluated: evaluation.notEvaluated };
};
