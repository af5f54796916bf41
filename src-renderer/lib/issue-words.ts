import type { IssueState, IssueTrend, SkipCount } from '../../src-main/contract/models/issue.ts';
import type { LeaverRow, NamedView, ViewRow } from '../../src-main/contract/models/named-view.ts';
import { formatCount } from './format/number.ts';
import type { Tone } from './words.ts';

export const issueStateWords: Record<IssueState, { title: string; tone: Tone }> = {
  open: { title: 'Open', tone: 'danger' },
  muted: { title: 'Muted', tone: 'neutral' },
  resolved: { title: 'Resolved', tone: 'good' },
};

export const trendWords: Record<IssueTrend, string> = {
  new: 'New',
  growing: 'Growing',
  steady: 'Steady',
  shrinking: 'Shrinking',
  quiet: 'Quiet',
  unknown: 'Not known',
};

/** The named views, in the order of their tabs. */
export const viewWords: Record<NamedView, { title: string; meaning: string; empty: string }> = {
  'stale-link': {
    title: 'Stale links',
    meaning: 'Entra works by an id of UNIFI that is gone, or that belongs to somebody else: the next write goes wrong.',
    empty: 'Every id that the log names is in UNIFI and belongs to the right person, as far as could be seen.',
  },
  'silent-success': {
    title: 'Successes without effect',
    meaning: 'Entra was told of success, and UNIFI has no account, or still has the value from before.',
    empty: 'No success is without effect among the disagreements of the newest cross-check, as far as could be seen.',
  },
  'phantom-updates': {
    title: 'Phantom updates',
    meaning:
      'The same value written cycle after cycle: UNIFI gives back something else than it was sent, so that Entra sends it again.',
    empty: 'No attribute is written again and again, as far as the log was collected.',
  },
  'leaver-clock': {
    title: 'Leavers',
    meaning: 'Everybody who left and has an account in UNIFI, with what is still owed to them.',
    empty: 'Nobody who left has an account in UNIFI, as far as could be seen.',
  },
};

const whatWords: Record<ViewRow['what'], { title: string; tone: Tone }> = {
  gone: { title: 'Gone in UNIFI', tone: 'warning' },
  'somebody-else': { title: "Somebody else's", tone: 'danger' },
  shared: { title: 'Shared by two', tone: 'danger' },
  absent: { title: 'No account', tone: 'danger' },
  unchanged: { title: 'Unchanged', tone: 'warning' },
  'still-there': { title: 'Still there', tone: 'danger' },
  rewritten: { title: 'Rewritten', tone: 'warning' },
  'past-due': { title: 'Past due', tone: 'danger' },
  due: { title: 'Still in time', tone: 'neutral' },
  unknown: { title: 'Not known', tone: 'warning' },
  never: { title: 'Never by Entra', tone: 'warning' },
  done: { title: 'Done', tone: 'good' },
};

/** A kind of row by its word in the contract; a word that this window does not know stays as it is. */
export const whatWord = (what: string): { title: string; tone: Tone } =>
  (whatWords as Record<string, { title: string; tone: Tone } | undefined>)[what] ?? { title: what, tone: 'neutral' };

/** The order of a view's kinds in the filters: the worst first. */
export const whatOrder = Object.keys(whatWords);

export const owedWords: Record<LeaverRow['owed'], string> = {
  disable: 'Switching off',
  delete: 'Deletion',
  nothing: 'Nothing',
};

/** "12 of 48,211 skips of the last 30 days matter." */
export const skipSentence = ({ matter, total }: SkipCount): string =>
  total === 0
    ? 'No row was skipped in the last 30 days, as far as the log was collected.'
    : `${formatCount(matter)} of ${formatCount(total)} skips of the last 30 days ${matter === 1 ? 'matters' : 'matter'}.`;
