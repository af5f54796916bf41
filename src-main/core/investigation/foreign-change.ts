import { timeOf } from '../health/describe-time.ts';
import type { MemberCase } from './member-case.ts';

/** UNIFI's own time of a change made by Entra lies near the time of the row. */
const slackMs = 10 * 60_000;

/**
 * When UNIFI's group was changed by somebody else than Entra, epoch milliseconds: its last change lies within what the
 * log covers, and no row of the group is near it. Null: nothing shows such a change. provisioning-semantics.md 1,
 * "blindness".
 */
export const foreignChange = ({ group, logFrom }: MemberCase): number | null => {
  const changed = timeOf(group.target?.lastModifiedAt);
  const from = timeOf(logFrom);
  if (changed === null || from === null || changed < from + slackMs) return null;
  const isEntras = group.rows.some((row) => {
    const at = timeOf(row.at);
    return row.status === 'success' && at !== null && Math.abs(at - changed) <= slackMs;
  });
  return isEntras ? null : changed;
};
