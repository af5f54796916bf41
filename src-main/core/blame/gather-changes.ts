import type { ConfigurationChange, ConfigurationChangeKind } from '../../contract/models/configuration-change.ts';
import type { AssignmentChange, DocumentVersion, JobReading } from '../model/job-history.ts';
import type { AuditEvent } from '../model/directory.ts';
import { changesFromAudit } from './audit-changes.ts';
import {
  changesFromAssignments,
  changesFromReadings,
  changesFromSchemas,
  changesFromSettings,
} from './version-changes.ts';

/** Everything that tells of changes, each oldest first. */
export interface ChangeSources {
  events: readonly AuditEvent[];
  schemas: readonly DocumentVersion[];
  settings: readonly DocumentVersion[];
  readings: readonly JobReading[];
  assignments: readonly AssignmentChange[];
  /** Object id of the enterprise application; null when it was never read. */
  servicePrincipalId: string | null;
}

/** Kinds under which the audit log may name what the two collections show as this kind. */
const namedAs: Readonly<Partial<Record<ConfigurationChangeKind, readonly ConfigurationChangeKind[]>>> = {
  mapping: ['mapping'],
  scope: ['mapping'],
  settings: ['credentials'],
  started: ['started', 'restart'],
  stopped: ['stopped'],
  quarantine: ['quarantine'],
  assignments: ['assignments'],
};

const unknownMapping =
  'What was changed is not known, because the mappings were not collected both before and after it.';

/** What the audit log names stands for what two collections show: it knows the moment and who it was. */
const explain = (event: ConfigurationChange, seen: ConfigurationChange): ConfigurationChange =>
  event.kind === 'assignments' || event.kind === 'restart'
    ? event
    : { ...event, kind: seen.kind, title: seen.title, details: seen.details, schema: seen.schema };

const isWithin = (event: ConfigurationChange, seen: ConfigurationChange): boolean =>
  Date.parse(event.from) >= Date.parse(seen.from) && Date.parse(event.to) <= Date.parse(seen.to);

/** True when the document was collected before and after the event, so that an unseen difference means there was none. */
const isEnclosed = (event: ConfigurationChange, versions: readonly DocumentVersion[]): boolean => {
  const at = Date.parse(event.from);
  return (
    versions.some(({ since }) => Date.parse(since) <= at) && versions.some(({ seenAt }) => Date.parse(seenAt) >= at)
  );
};

const toldLater =
  'What it did is told with a later change: the collections before and after them show the difference of all together.';

/** An event that no difference is told with: because a later one has it, because there is none, or because nobody knows. */
const withoutDifference = (
  event: ConfigurationChange,
  seen: readonly ConfigurationChange[],
  sources: ChangeSources,
): ConfigurationChange => {
  if (event.kind !== 'mapping' && event.kind !== 'credentials') return event;
  const isShared = seen.some((change) => namedAs[change.kind]?.includes(event.kind) && isWithin(event, change));
  if (isShared) return { ...event, details: [toldLater] };
  if (event.kind === 'mapping') {
    const isKnown = isEnclosed(event, sources.schemas);
    return {
      ...event,
      details: [isKnown ? 'The mappings collected before and after it do not differ.' : unknownMapping],
    };
  }
  if (!isEnclosed(event, sources.settings)) return event;
  const details = ['The settings that can be read are the same as before: the secret token may be another one.'];
  return { ...event, title: 'Credentials may have changed', details };
};

/**
 * Every known change of how the job is set up, newest first. What two collections show is joined with the newest audit
 * event of that kind between them, which knows the moment and the person; either alone is told as far as it goes.
 */
export const gatherChanges = (sources: ChangeSources): ConfigurationChange[] => {
  const events = changesFromAudit(sources.events, sources.servicePrincipalId);
  const seen = [
    ...changesFromSchemas(sources.schemas),
    ...changesFromSettings(sources.settings),
    ...changesFromReadings(sources.readings),
    ...changesFromAssignments(sources.assignments),
  ];
  const explained = new Map<ConfigurationChange, ConfigurationChange>();
  const alone: ConfigurationChange[] = [];
  for (const change of seen) {
    const kinds = namedAs[change.kind] ?? [];
    const event = events.findLast((one) => kinds.includes(one.kind) && isWithin(one, change) && !explained.has(one));
    if (event) explained.set(event, explain(event, change));
    else alone.push(change);
  }
  const named = events.map((event) => explained.get(event) ?? withoutDifference(event, seen, sources));
  return [...named, ...alone].sort(
    (one, other) => Date.parse(other.to) - Date.parse(one.to) || (one.id < other.id ? -1 : 1),
  );
};
