import type { TimelineEntry } from '../../contract/models/investigation.ts';
import { timeOf } from '../health/describe-time.ts';
import type { PersonCase } from './person-case.ts';

/** Everything dated about the person, the job and the collection on one axis, newest first. */
export const buildTimeline = (person: PersonCase): TimelineEntry[] => {
  const { facts, user, findings, rows, job, runs, gaps } = person;
  const entries: TimelineEntry[] = [];
  const add = (at: string | null | undefined, kind: TimelineEntry['kind'], text: string, ref: string | null): void => {
    if (at && timeOf(at) !== null) entries.push({ at, kind, text, ref });
  };
  add(user?.createdAt, 'directory', 'Created in Entra.', user?.id ?? null);
  add(user?.deletedAt, 'directory', 'Deleted in Entra.', user?.id ?? null);
  add(facts.formerUser?.goneAt, 'directory', 'Seen for the first time to be in no list of Entra.', user?.id ?? null);
  for (const { id, createdAt, principalName } of facts.assignments) {
    add(createdAt, 'directory', `UNIFI assigned to ${principalName ?? 'the person or a group'}.`, id);
  }
  for (const event of facts.audit) {
    add(event.at, 'directory', `${event.activity}${event.initiatedBy ? ` by ${event.initiatedBy}` : ''}.`, event.id);
  }
  for (const event of person.applicationAudit) {
    if (event.category?.toLowerCase() !== 'provisioningmanagement') continue;
    add(event.at, 'job', `${event.activity}${event.initiatedBy ? ` by ${event.initiatedBy}` : ''}.`, event.id);
  }
  for (const row of rows) {
    const step = row.causeStep === null ? undefined : row.steps[row.causeStep];
    const where = step ? `, at the step "${step.name}"` : '';
    const why = row.errorCode ?? row.reason;
    add(row.at, 'log', `${row.action}: ${row.status}${why ? ` (${why})` : ''}${where}.`, row.id);
  }
  for (const finding of findings) {
    add(finding.firstSeen, 'finding', `Seen for the first time: ${finding.kind.replaceAll('-', ' ')}.`, finding.id);
  }
  add(
    job?.status.quarantine?.seriesBegan ?? job?.status.quarantine?.currentBegan,
    'job',
    'The job was quarantined.',
    job?.id ?? null,
  );
  add(job?.status.lastExecution?.endedAt, 'job', 'The last known cycle ended.', job?.id ?? null);
  for (const run of runs)
    add(run.startedAt, 'collection', run.endedAt ? 'Collected.' : 'A collection began and never ended.', run.id);
  for (const gap of gaps) add(gap.from, 'gap', `The log was not collected from here to ${gap.to}.`, null);
  return entries.sort((one, other) => (timeOf(other.at) ?? 0) - (timeOf(one.at) ?? 0));
};
