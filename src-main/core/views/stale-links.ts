import type { SubjectRef } from '../../contract/models/finding.ts';
import type { StaleLinkRow } from '../../contract/models/named-view.ts';
import type { SourceState } from '../../contract/models/person.ts';

/** The newest target id that the log names for a person or group, and what became of it. */
export interface LinkFacts {
  subject: SubjectRef;
  targetId: string;
  at: string;
  logId: string;
  /** `delete` after a removal: then the account is rightly gone. Null: the row is not stored any more. */
  action: string | null;
  /** Of a person. */
  source: SourceState | null;
  /** Of a group: an app role assignment names it. */
  isAssigned: boolean;
  /** Whether UNIFI's list has the account or group now. */
  exists: boolean;
  /** Another person or group to whom the account counts. */
  owner: SubjectRef | null;
  /** The account counts as the subject's own, too. */
  isOwn: boolean;
}

const isExpected = ({ subject, source, isAssigned }: LinkFacts, syncAll: boolean): boolean =>
  subject.type === 'user' ? source === 'in-scope' : isAssigned || syncAll;

/**
 * Whether a link is stale, and how. Entra works by the cached target id and does not match again
 * (provisioning-semantics.md 1), so each of these makes the next write go wrong:
 *
 * - `gone`: UNIFI does not have the id, and the subject is one that should have an account. For somebody who left, a
 *   missing account is as it should be.
 * - `somebody-else`: the account counts to another person. Not for somebody whom Entra has deleted for good: then
 *   nothing is sent by that link any more.
 * - `shared`: two subjects' newest rows name the same account.
 *
 * Null: the link is good. `exists: false` must come from a complete list.
 */
export const judgeLink = (facts: LinkFacts, options: { syncAll: boolean }): StaleLinkRow | null => {
  const { subject, targetId, at, logId, owner } = facts;
  if (facts.action === 'delete') return null;
  const row = (what: StaleLinkRow['what'], sentence: string): StaleLinkRow => ({
    view: 'stale-link',
    id: `stale-link:${subject.entraId ?? ''}`,
    subject,
    what,
    targetId,
    at,
    owner,
    logId,
    sentence,
  });
  const thing = subject.type === 'user' ? 'account' : 'group';
  if (!facts.exists) {
    if (!isExpected(facts, options.syncAll)) return null;
    return row(
      'gone',
      `Entra writes to the ${thing} ${targetId}, which UNIFI does not have any more: the next change of ${subject.name} will fail.`,
    );
  }
  if (owner === null || facts.source === 'deleted') return null;
  return facts.isOwn
    ? row('shared', `Entra writes to one ${thing} of UNIFI for both ${subject.name} and ${owner.name}.`)
    : row(
        'somebody-else',
        `Entra writes changes of ${subject.name} to the ${thing} ${targetId}, which belongs to ${owner.name}.`,
      );
};
