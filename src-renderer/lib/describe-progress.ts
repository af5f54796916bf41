import type { ProgressEvent } from '../../src-main/contract/events.ts';
import { formatCount } from './format/number.ts';
import { formatSpan } from './format/time.ts';
import { sourceWords } from './words.ts';

const phases: Record<ProgressEvent['phase'], string> = {
  starting: 'Starting',
  collecting: 'Collecting',
  checking: 'Comparing both sides',
  investigating: 'Investigating',
  reporting: 'Writing the report',
  counting: 'Counting',
  writing: 'Working',
  finished: 'Finished',
};

/** One line about a running call, and how far it is (0 to 1; undefined when nobody knows). */
export const describeProgress = (
  title: string,
  progress: ProgressEvent | null,
): { text: string; share: number | undefined } => {
  if (progress === null) return { text: `${title}…`, share: undefined };
  const { phase, source, items, total, rate, remainingMs, note } = progress;
  const subject = source === null ? phases[phase] : `${phases[phase]}: ${sourceWords[source]}`;
  const count =
    items === 0 && total === null
      ? ''
      : total === null
        ? formatCount(items)
        : `${formatCount(items)} of ${formatCount(total)}`;
  const parts = [
    count === '' ? subject : `${subject} ${count}`,
    ...(rate === null || rate <= 0 ? [] : [`${formatCount(Math.round(rate))}/s`]),
    ...(remainingMs === null ? [] : [`${formatSpan(remainingMs)} left`]),
    ...(note === null ? [] : [note]),
  ];
  return { text: parts.join(' · '), share: total ? Math.min(1, items / total) : undefined };
};
