import type { TruthEntry } from '../../src-main/contract/models/demo.ts';
import type { Finding } from '../../src-main/contract/models/finding.ts';

/** What names one fault on both sides: kind, subject, member, attribute. */
const keyOf = (entry: {
  kind: string | null;
  subject: { entraId: string | null; scimId: string | null };
  member?: { entraId: string | null; scimId: string | null };
  attribute?: string;
}): string =>
  [
    entry.kind,
    entry.subject.entraId ?? `scim:${entry.subject.scimId}`,
    entry.member ? (entry.member.entraId ?? `scim:${entry.member.scimId}`) : '',
    entry.attribute ?? '',
  ].join(' ');

export interface Agreement {
  /** Injected faults without a finding. */
  missed: TruthEntry[];
  /** Findings without a fault, unless they are pending. */
  unexplained: Finding[];
  injected: number;
  found: number;
}

/** Recall and precision of the cross-check against what the simulation says it injected. */
export const compareWithTruth = (findings: Finding[], truth: TruthEntry[]): Agreement => {
  const faults = truth.filter((entry) => entry.kind !== null);
  const expected = new Map(faults.map((entry) => [keyOf(entry), entry]));
  const actual = new Map(
    findings.filter((finding) => finding.state !== 'resolved').map((finding) => [keyOf(finding), finding]),
  );
  return {
    missed: [...expected].filter(([key]) => !actual.has(key)).map(([, entry]) => entry),
    unexplained: [...actual]
      .filter(([key, finding]) => !expected.has(key) && finding.state !== 'pending')
      .map(([, finding]) => finding),
    injected: expected.size,
    found: actual.size,
  };
};
