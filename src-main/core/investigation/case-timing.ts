import type { Finding } from '../../contract/models/finding.ts';
import { createChanges, type Changes, type Timing } from '../cross-check/changes.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { noMembers } from '../model/members.ts';
import type { AuditEvent } from '../model/directory.ts';
import { completeSources, type CaseBase, type JobContext } from './case-base.ts';

/**
 * Dates changes as the cross-check does, from the events of one subject. A stopped job dates nothing there; here the
 * change is wanted all the same.
 *
 * @param look after a look at one person: the person's id, the moment that everything stands for, and since when a
 *   change without a date counts that only the look saw. The audit log tells nothing of the time since the collection.
 */
export const datedChanges = (
  context: JobContext,
  audit: readonly AuditEvent[],
  look?: { id: string; moment: string; changedAt: string | null },
): Changes => {
  const report = context.sources.find(({ source }) => source === 'audit');
  return createChanges({
    observedAt: look?.moment ?? context.observedAt,
    complete: completeSources(context.sources),
    schema: null,
    settings: context.settings,
    scopeHints: context.scopeHints,
    job: context.job?.status.quarantine || context.jobStatus?.state === 'paused' ? null : context.job,
    users: [],
    deletedUsers: [],
    groups: [],
    groupMembers: noMembers,
    assignments: [],
    accounts: [],
    targetGroups: [],
    targetMembers: noMembers,
    links: [],
    audit,
    auditFrom: report?.status === 'complete' && !look ? report.from : null,
    seen: {
      people: new Map(look?.changedAt ? [[look.id, look.changedAt]] : []),
      groups: new Map(),
      memberships: new Map(),
    },
    previous: [],
  });
};

const isOver = (expectedBy: string | undefined, observedAt: string): boolean => {
  const due = timeOf(expectedBy);
  const seen = timeOf(observedAt);
  return due !== null && seen !== null && seen >= due;
};

/** What a finding dates, which knows also what runs were the first to see; else what the events date. */
const describeChange = (findings: readonly Finding[], own: Timing, observedAt: string): Timing => {
  const dated = findings.find((finding) => finding.changedAt !== undefined);
  if (dated?.changedAt === undefined) return own;
  return {
    // What was pending at the last cross-check is due when a later look still finds it so.
    state: dated.state === 'pending' && !isOver(dated.expectedBy, observedAt) ? 'pending' : 'open',
    changedAt: dated.changedAt,
    ...(dated.expectedBy === undefined ? {} : { expectedBy: dated.expectedBy }),
    evidence: dated.evidence.filter((entry) => entry.source === 'audit'),
  };
};

/** When the newest change happened. It is waited for only while the job works: else no moment is known at which it is due. */
export const describeTiming = (
  findings: readonly Finding[],
  own: Timing,
  { observedAt, standstill }: Pick<CaseBase, 'observedAt' | 'standstill'>,
): Timing => {
  const change = describeChange(findings, own, observedAt);
  if (standstill === null) return change;
  const { expectedBy: _, ...undue } = change;
  return { ...undue, state: 'open' };
};

/** Until when to wait, for people. */
export const dueText = (timing: Timing, nowMs: number): string => {
  const due = timeOf(timing.expectedBy);
  return due === null ? 'the next cycle' : describeMoment(due, nowMs);
};
