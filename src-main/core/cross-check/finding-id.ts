import type { FindingKind } from '../../contract/models/finding.ts';
import { sha256 } from './sha256.ts';

interface Sides {
  entraId: string | null;
  scimId: string | null;
}

/** What one subject is called in ids and lists: its Entra id, else `scim:` and its SCIM id. findings.md 4. */
export const subjectKey = ({ entraId, scimId }: Sides): string => entraId ?? `scim:${scimId ?? ''}`;

/** Hex digits of the hash: 80 bits, so that a million findings do not collide. */
const length = 20;

/** The stable id: prefix of the SHA-256 over kind, subject, member and attribute. findings.md 4. */
export const findingId = (finding: {
  kind: FindingKind;
  subject: Sides;
  member?: Sides;
  attribute?: string;
}): string => {
  const member = finding.member ? subjectKey(finding.member) : '';
  const parts = [finding.kind, subjectKey(finding.subject), member, finding.attribute ?? ''];
  return sha256(JSON.stringify(parts)).slice(0, length);
};
