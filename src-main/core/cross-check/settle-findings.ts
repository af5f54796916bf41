import type { Finding } from '../../contract/models/finding.ts';
import { adviceFor } from './advice.ts';
import type { Candidate } from './findings.ts';
import { severityOf } from './severity.ts';

/**
 * Brings this evaluation's findings together with those of the last one. A finding that is there again keeps its first
 * day; one that an evaluation no longer finds is resolved; one that could not be evaluated stays as it was, unverified.
 * A resolved one that comes back keeps its id and its first day. findings.md 4.
 *
 * @param at the moment that the collected state stands for
 * @param isDecided whether the evaluation would have found it, had it still been there
 */
export const settleFindings = (
  candidates: readonly Candidate[],
  previous: readonly Finding[],
  options: { at: string; isDecided(finding: Finding): boolean },
): Finding[] => {
  const { at } = options;
  const before = new Map(previous.map((finding) => [finding.id, finding]));
  const findings = new Map<string, Finding>();
  for (const candidate of candidates) {
    if (findings.has(candidate.id)) continue;
    const known = before.get(candidate.id);
    const openedBefore = known && known.state !== 'resolved' ? known.openedAt : null;
    findings.set(candidate.id, {
      ...candidate,
      severity: severityOf(candidate),
      firstSeen: known?.firstSeen ?? at,
      lastSeen: at,
      openedAt: openedBefore ?? (candidate.state === 'open' ? at : null),
      verified: true,
      advice: adviceFor(candidate),
    });
  }
  for (const finding of previous) {
    if (finding.state === 'resolved' || findings.has(finding.id)) continue;
    findings.set(
      finding.id,
      options.isDecided(finding)
        ? { ...finding, state: 'resolved', resolvedAt: at, verified: true }
        : { ...finding, verified: false },
    );
  }
  return [...findings.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
};
