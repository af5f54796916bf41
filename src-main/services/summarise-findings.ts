import type { CheckResult, Finding } from '../contract/models/finding.ts';

/** Findings in numbers; those that are resolved count in no kind. */
export const summarise = (findings: readonly Finding[]): CheckResult['summary'] => {
  const summary: CheckResult['summary'] = { byKind: {}, byState: { pending: 0, open: 0, resolved: 0 } };
  for (const { kind, state } of findings) {
    summary.byState[state] += 1;
    if (state !== 'resolved') summary.byKind[kind] = (summary.byKind[kind] ?? 0) + 1;
  }
  return summary;
};
