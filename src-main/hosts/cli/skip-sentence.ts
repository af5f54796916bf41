import type { SkipCount } from '../../contract/models/issue.ts';
import { count } from './print.ts';

/** "12 of 48,211 skips of the last 30 days matter." `period` ends the subject, with its blank in front. */
export const skipSentence = (
  { matter, total }: Pick<SkipCount, 'matter' | 'total'>,
  period = ' of the last 30 days',
): string =>
  total === 0
    ? `There are no skips${period}, as far as the log was collected.`
    : `${count(matter)} of ${count(total)} skips${period} ${matter === 1 ? 'matters' : 'matter'}.`;
