import type { SkipCount } from '../../contract/models/issue.ts';
import type { HistoryReads } from '../ports.ts';

const dayMs = 86_400_000;
/** As far back as Entra itself keeps the log. */
const days = 30;

/** Skipped rows of the last 30 days (whole UTC days, today among them), and how many of them are not benign. */
export const countSkips = async (store: Pick<HistoryReads, 'log'>, now: Date): Promise<SkipCount> => {
  const endMs = (Math.floor(now.getTime() / dayMs) + 1) * dayMs;
  const from = new Date(endMs - days * dayMs).toISOString();
  const to = new Date(endMs).toISOString();
  const outcomes = await store.log.outcomes(from, to);
  const matter = outcomes.reduce((sum, day) => sum + day.skippedOther, 0);
  return { from, to, matter, total: outcomes.reduce((sum, day) => sum + day.skippedBenign, matter) };
};
