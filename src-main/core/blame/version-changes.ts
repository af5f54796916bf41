import type { ConfigurationChange, ConfigurationChangeKind } from '../../contract/models/configuration-change.ts';
import type { SchemaChange } from '../../contract/models/schema-change.ts';
import { isAppError } from '../app-error.ts';
import type { AssignmentChange, DocumentVersion, JobReading } from '../model/job-history.ts';
import type { JobSettings, SyncSchema } from '../model/synchronization.ts';
import { compareSchemas } from '../schema/compare-schemas.ts';
import { parseSyncSchema } from '../schema/parse-sync-schema.ts';
import { assignmentChange } from './audit-changes.ts';

const pairs = <T>(versions: readonly T[]): [T, T][] =>
  versions.slice(1).map((now, index): [T, T] => [versions[index] as T, now]);

const schemaOf = (version: DocumentVersion): SyncSchema | null => {
  try {
    return parseSyncSchema(version.json);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
};

const scopeKinds: readonly SchemaChange['kind'][] = [
  'filter-added',
  'filter-removed',
  'filter-renamed',
  'clause-added',
  'clause-removed',
  'clause-changed',
];

/** Versions of the mappings, with the difference of each from the one before. One that cannot be read is told as such. */
export const changesFromSchemas = (versions: readonly DocumentVersion[]): ConfigurationChange[] =>
  pairs(versions).flatMap(([before, now]): ConfigurationChange[] => {
    const facts = { id: `schema ${now.since}`, from: before.seenAt, to: now.since, by: null };
    const [old, present] = [schemaOf(before), schemaOf(now)];
    if (!old || !present) {
      const details = ['What changed is not known: one of the two versions came in a form that is not understood.'];
      return [{ ...facts, kind: 'mapping', title: 'Mappings or scoping filter changed', details, schema: [] }];
    }
    const schema = compareSchemas(old, present);
    // A new version that does the same: saved again in the portal, which starts a new initial cycle all the same.
    if (schema.length === 0) {
      const details = ['Saved again without a difference, which makes Entra look at everybody again.'];
      return [{ ...facts, kind: 'mapping', title: 'Mappings saved again', details, schema }];
    }
    const isScope = schema.every(({ kind }) => scopeKinds.includes(kind));
    return [
      {
        ...facts,
        kind: isScope ? 'scope' : 'mapping',
        title: isScope ? 'Scoping filter changed' : 'Mappings changed',
        details: schema.map(({ sentence }) => sentence),
        schema,
      },
    ];
  });

const isOn = (value: string | undefined): boolean => value?.trim().toLowerCase() === 'true';

const settingSentences = (before: JobSettings, now: JobSettings): string[] => {
  const sentences: string[] = [];
  if (isOn(before.SyncAll) !== isOn(now.SyncAll)) {
    sentences.push(
      isOn(now.SyncAll)
        ? 'Everyone of the directory is in scope now; before, only assigned people and groups were.'
        : 'Only assigned people and groups are in scope now; before, everyone was. This takes a restart to have an effect.',
    );
  }
  if (isOn(before.SkipOutOfScopeDeletions) !== isOn(now.SkipOutOfScopeDeletions)) {
    sentences.push(
      isOn(now.SkipOutOfScopeDeletions)
        ? 'Those who leave the scope are no longer deactivated in UNIFI.'
        : 'Those who leave the scope are deactivated in UNIFI again.',
    );
  }
  if ((before.BaseAddress ?? '') !== (now.BaseAddress ?? '')) {
    sentences.push(
      `The address of UNIFI is now ${now.BaseAddress ?? 'empty'}; before, it was ${before.BaseAddress ?? 'empty'}.`,
    );
  }
  if ((before.SyncNotificationSettings ?? '') !== (now.SyncNotificationSettings ?? '')) {
    sentences.push('The notification settings, or the deletion guard, were changed.');
  }
  return sentences;
};

/** Versions of the readable settings of the job. */
export const changesFromSettings = (versions: readonly DocumentVersion[]): ConfigurationChange[] =>
  pairs(versions).flatMap(([before, now]): ConfigurationChange[] => {
    const details = settingSentences(JSON.parse(before.json) as JobSettings, JSON.parse(now.json) as JobSettings);
    if (details.length === 0) return [];
    const facts = { id: `settings ${now.since}`, from: before.seenAt, to: now.since, by: null };
    return [{ ...facts, kind: 'settings', title: 'Settings changed', details, schema: [] }];
  });

type Condition = Extract<ConfigurationChangeKind, 'started' | 'stopped' | 'quarantine'>;

const conditionOf = ({ scheduleState, statusCode }: JobReading): Condition => {
  if (statusCode.toLowerCase() === 'quarantine') return 'quarantine';
  const stopped = ['disabled', 'paused'].includes(scheduleState.toLowerCase()) || statusCode.toLowerCase() === 'paused';
  return stopped ? 'stopped' : 'started';
};

const conditionTitles: Readonly<Record<Condition, string>> = {
  started: 'Provisioning started',
  stopped: 'Provisioning switched off or paused',
  quarantine: 'Job quarantined',
};

/** Readings of the job between which it stopped, went on, or was quarantined. */
export const changesFromReadings = (readings: readonly JobReading[]): ConfigurationChange[] =>
  pairs(readings).flatMap(([before, now]): ConfigurationChange[] => {
    const kind = conditionOf(now);
    if (kind === conditionOf(before)) return [];
    const facts = { id: `job ${now.since}`, from: before.seenAt, to: now.since, by: null };
    return [{ ...facts, kind, title: conditionTitles[kind], details: [], schema: [] }];
  });

/** Runs that found assignments to have come or gone. */
export const changesFromAssignments = (changes: readonly AssignmentChange[]): ConfigurationChange[] =>
  changes.map(({ at, after, added, removed }) =>
    assignmentChange({ id: `assignments ${at}`, from: after, to: at, by: null }, added, removed),
  );
