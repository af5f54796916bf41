import type { FindingState } from '../../contract/models/finding.ts';
import type { TimelineEntry } from '../../contract/models/investigation.ts';
import { timeOf } from '../health/describe-time.ts';
import { englishWords } from '../report/words/en.ts';
import type { AuditEvent } from '../model/directory.ts';
import type { CaseBase } from './case-base.ts';
import { configurationPast } from './configuration-past.ts';
import type { GroupCase } from './group-case.ts';
import type { MemberCase } from './member-case.ts';
import type { PersonCase } from './person-case.ts';
import { wordsFor } from './why-unread.ts';

/** Gathers dated entries; what has no readable moment is left out. */
interface Axis {
  add(
    at: string | null | undefined,
    kind: TimelineEntry['kind'],
    text: string,
    ref: string | null,
    until?: string,
  ): void;
  event(event: AuditEvent, kind: 'directory' | 'job'): void;
  entries: TimelineEntry[];
}

const createAxis = (): Axis => {
  const entries: TimelineEntry[] = [];
  const add: Axis['add'] = (at, kind, text, ref, until) => {
    if (at && timeOf(at) !== null) entries.push({ at, kind, ...(until === undefined ? {} : { until }), text, ref });
  };
  return {
    add,
    event: (event, kind) =>
      add(event.at, kind, `${event.activity}${event.initiatedBy ? ` by ${event.initiatedBy}` : ''}.`, event.id),
    entries,
  };
};

/** What two sides tell of the same thing stands once. */
const newestFirst = (entries: readonly TimelineEntry[]): TimelineEntry[] =>
  [...new Map(entries.map((entry) => [`${entry.at} ${entry.ref ?? ''} ${entry.text}`, entry])).values()].sort(
    (one, other) => (timeOf(other.at) ?? 0) - (timeOf(one.at) ?? 0),
  );

const describeRun = ({ endedAt, sources }: CaseBase['runs'][number]): string => {
  if (!endedAt) return 'A collection began and never ended.';
  const missed = (sources ?? []).filter(({ status }) => status !== 'complete').map(({ source }) => wordsFor(source));
  return missed.length === 0 ? 'Collected.' : `Collected, but not completely: ${missed.join(', ')}.`;
};

/** What the log, the findings, the job and the collections say, whoever the subject is. */
const addShared = (axis: Axis, subject: CaseBase): void => {
  const { rows, job, runs, gaps, applicationAudit } = subject;
  for (const event of applicationAudit) {
    if (event.category?.toLowerCase() === 'provisioningmanagement') axis.event(event, 'job');
  }
  for (const row of rows) {
    const step = row.causeStep === null ? undefined : row.steps[row.causeStep];
    const where = step ? `, at the step "${step.name}"` : '';
    const why = row.errorCode ?? row.reason;
    axis.add(row.at, 'log', `${row.action}: ${row.status}${why ? ` (${why})` : ''}${where}.`, row.id);
  }
  const quarantine = job?.status.quarantine;
  axis.add(quarantine?.seriesBegan ?? quarantine?.currentBegan, 'job', 'The job was quarantined.', job?.id ?? null);
  axis.add(job?.status.lastExecution?.endedAt, 'job', 'The last known cycle ended.', job?.id ?? null);
  for (const run of runs) axis.add(run.startedAt, 'collection', describeRun(run), run.id);
  for (const { at, kind, text, ref } of configurationPast(subject)) axis.add(at, kind, text, ref);
  for (const gap of gaps) axis.add(gap.from, 'gap', `The log was not collected from here to ${gap.to}.`, null, gap.to);
};

/** What became of a finding in one evaluation. */
const stateText = (title: string, state: FindingState | null): string => {
  if (state === null) return `Finding dropped: ${title}.`;
  const texts = {
    pending: `Finding, which may still put itself right: ${title}.`,
    open: `Finding opened: ${title}.`,
    resolved: `Finding closed: ${title}.`,
  };
  return texts[state];
};

/** Findings as they opened and closed; the newest collection may have seen one for the first time. */
const addFindings = (axis: Axis, { findings, past }: Pick<PersonCase, 'findings' | 'past'>): void => {
  for (const { finding, states } of past) {
    for (const { at, state } of states)
      axis.add(at, 'finding', stateText(englishWords.findingKinds[finding.kind], state), finding.id);
  }
  const told = new Set(past.filter(({ states }) => states.length > 0).map(({ finding }) => finding.id));
  for (const finding of findings) {
    if (told.has(finding.id)) continue;
    axis.add(
      finding.firstSeen,
      'finding',
      stateText(englishWords.findingKinds[finding.kind], finding.state),
      finding.id,
    );
  }
};

/** Everything dated about the person, the job and the collection on one axis, newest first. */
export const buildTimeline = (person: PersonCase): TimelineEntry[] => {
  const { facts, user } = person;
  const axis = createAxis();
  axis.add(user?.createdAt, 'directory', 'Created in Entra.', user?.id ?? null);
  axis.add(user?.deletedAt, 'directory', 'Deleted in Entra.', user?.id ?? null);
  const gone = 'Seen for the first time to be in no list of Entra.';
  axis.add(facts.formerUser?.goneAt, 'directory', gone, user?.id ?? null);
  for (const { id, createdAt, principalName } of facts.assignments) {
    axis.add(createdAt, 'directory', `UNIFI assigned to ${principalName ?? 'the person or a group'}.`, id);
  }
  for (const event of facts.audit) axis.event(event, 'directory');
  addFindings(axis, person);
  addShared(axis, person);
  return newestFirst(axis.entries);
};

/** The same about a group. */
export const buildGroupTimeline = (subject: GroupCase): TimelineEntry[] => {
  const { facts, group } = subject;
  const axis = createAxis();
  axis.add(group?.createdAt, 'directory', 'Created in Entra.', group?.id ?? null);
  const gone = 'Seen for the first time to be in no list of Entra.';
  axis.add(facts.formerGroup?.goneAt, 'directory', gone, group?.id ?? null);
  for (const { id, createdAt, principalName, principalId } of facts.assignments) {
    axis.add(createdAt, 'directory', `UNIFI assigned to ${principalName ?? principalId}.`, id);
  }
  for (const event of facts.audit) axis.event(event, 'directory');
  addFindings(axis, subject);
  addShared(axis, subject);
  return newestFirst(axis.entries);
};

/** What happened to one person in one group: the group's rows that name the person, and the person's own changes. */
export const buildMemberTimeline = (subject: MemberCase): TimelineEntry[] => {
  const { group, person, facts } = subject;
  const axis = createAxis();
  axis.add(facts.directSince, 'directory', 'A collection saw the membership in Entra for the first time.', group.id);
  axis.add(facts.directUntil, 'directory', 'A collection no longer saw the membership in Entra.', group.id);
  axis.add(facts.listedUntil, 'directory', 'A collection no longer saw the membership in UNIFI.', group.id);
  const events = [...group.facts.audit, ...person.facts.audit].map((event) => [event.id, event] as const);
  for (const event of new Map(events).values()) axis.event(event, 'directory');
  addFindings(axis, group);
  addFindings(axis, person);
  addShared(axis, { ...subject, rows: [...subject.memberRows, ...person.rows] });
  return newestFirst(axis.entries);
};
