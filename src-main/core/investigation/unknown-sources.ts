import type { UnknownSource } from '../../contract/models/investigation.ts';
import type { SourceFreshness, SourceName } from '../../contract/models/run.ts';
import { describeMoment, describeSpan, timeOf } from '../health/describe-time.ts';
import type { CaseBase } from './case-base.ts';
import { staleSince } from './source-age.ts';
import { unreadFilter, wordsFor } from './why-unread.ts';

/** What rules look at, as far as it matters here. */
type Blindable = readonly { id: string; needs: readonly SourceName[]; uses?: readonly SourceName[] }[];

const blindedBy = (rules: Blindable, source: SourceName): string[] => [
  ...new Set(rules.filter(({ needs, uses }) => [...needs, ...(uses ?? [])].includes(source)).map(({ id }) => id)),
];

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** Who was purged is in no count: a group can have more members than are told here. */
const withheldFrom = ({ source, withheld = 0 }: SourceFreshness, blinds: string[]): UnknownSource[] => {
  if (withheld === 0 || blinds.length === 0) return [];
  const entries = withheld === 1 ? '1 entry is' : `${withheld} entries are`;
  const reason = `${sentence(wordsFor(source))}: ${entries} withheld by a data-protection purge, and counted nowhere here.`;
  return [{ source, reason, blinds: [] }];
};

/** Every source that was not read completely, or long ago, with the rules that cannot do without it. */
export const unknownSources = (sources: readonly SourceFreshness[], rules: Blindable, nowMs: number): UnknownSource[] =>
  sources.flatMap((report): UnknownSource[] => {
    const { source, status, lastCompleteAt, failure } = report;
    const blinds = blindedBy(rules, source);
    const stale = staleSince(report, nowMs);
    if (stale !== null) {
      const moment = describeMoment(stale, nowMs);
      const reason = `${sentence(wordsFor(source))} is ${describeSpan(nowMs - stale)} old: read on ${moment}. What changed since is not known.`;
      return [{ source, reason, blinds }];
    }
    if (status === 'complete') return withheldFrom(report, blinds);
    const last = timeOf(lastCompleteAt);
    const before = last === null ? 'It was never read whole.' : `Last read whole on ${describeMoment(last, nowMs)}.`;
    const what = status === 'partial' ? 'was read only in part' : 'could not be read';
    const reason = `${sentence(wordsFor(source))} ${what}. ${before}${failure ? ` ${failure.message}` : ''}`;
    return [{ source, reason, blinds }];
  });

/** The rules that a scoping filter blinds which cannot be evaluated here, and of which the log says nothing. */
export const filterUnread = ({ doubt, isComplete }: CaseBase): UnknownSource[] =>
  doubt?.why === unreadFilter && isComplete('schema')
    ? [{ source: 'schema', reason: `${sentence(unreadFilter)}.`, blinds: ['A9', 'B1'] }]
    : [];

/** What the provisioning log, although it was read, cannot tell: what is older than it, and what fell into a gap. */
export const silentLog = (subject: CaseBase, rules: Blindable): UnknownSource[] => {
  if (!subject.isComplete('provisioning-log')) return [];
  const { nowMs, timing } = subject;
  const blinds = blindedBy(rules, 'provisioning-log');
  const from = timeOf(subject.logFrom);
  const changed = timeOf(timing.changedAt);
  const short: UnknownSource[] =
    subject.isBeforeLog && from !== null
      ? [
          {
            source: 'provisioning-log',
            reason: `The provisioning log reaches back only to ${describeMoment(from, nowMs)}, and the change behind this is older.`,
            blinds,
          },
        ]
      : [];
  const missed = subject.gaps.flatMap((gap): UnknownSource[] => {
    const begin = timeOf(gap.from);
    const end = timeOf(gap.to);
    if (begin === null || end === null || (changed !== null && end < changed)) return [];
    const reason = `The provisioning log between ${describeMoment(begin, nowMs)} and ${describeMoment(end, nowMs)} was never collected.`;
    return [{ source: 'provisioning-log', reason, blinds }];
  });
  return [...short, ...missed];
};
