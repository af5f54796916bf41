import type { SetupArea, SetupChange } from '../../contract/models/history-diff.ts';
import type { SchemaChangeKind } from '../../contract/models/schema-change.ts';
import { describeSpan } from '../health/describe-time.ts';
import type { ApplicationInfo } from '../model/directory.ts';
import type { JobSettings, SyncSchema, SynchronizationJob } from '../model/synchronization.ts';
import type { TargetConfig } from '../model/target.ts';
import { compareSchemas } from '../schema/compare-schemas.ts';

/** The set-up at one moment, or of one connection; null: not known. */
export interface Setup {
  schema: SyncSchema | null;
  settings: JobSettings | null;
  job: SynchronizationJob | null;
  application: ApplicationInfo | null;
  target: TargetConfig | null;
}

/** Names of the parts, as sentences use them. */
const partNames: Readonly<Record<keyof Setup, string>> = {
  schema: 'the mappings and scoping filters',
  settings: "the job's settings",
  job: "the job's schedule",
  application: 'the enterprise application',
  target: "UNIFI's description of its service",
};

type Words = (before: string | null, after: string | null) => string;

type Value = string | number | boolean | null | undefined;

const textOf = (value: Value): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);

const change = (area: SetupArea, one: Value, other: Value, words: Words): SetupChange[] => {
  const [before, after] = [textOf(one), textOf(other)];
  return before === after ? [] : [{ area, sentence: words(before, after), before, after }];
};

const orNothing = (value: string | null): string => (value === null ? 'nothing' : `"${value}"`);
const isOn = (value: string | null): boolean => value?.toLowerCase() === 'true';

const filterKinds: ReadonlySet<SchemaChangeKind> = new Set([
  'filter-added',
  'filter-removed',
  'filter-renamed',
  'clause-added',
  'clause-removed',
  'clause-changed',
]);

const compareMappings = (before: SyncSchema, after: SyncSchema): SetupChange[] =>
  compareSchemas(before, after).map(({ kind, sentence, before: old, after: now }) => ({
    area: filterKinds.has(kind) ? 'scoping-filter' : 'mappings',
    sentence,
    before: old,
    after: now,
  }));

const interval = (ms: number | null): string | null => (ms === null ? null : describeSpan(ms));

const compareSchedules = (before: SynchronizationJob, after: SynchronizationJob): SetupChange[] => [
  ...change('schedule', before.schedule.state, after.schedule.state, (old, now) =>
    now?.toLowerCase() === 'active'
      ? 'The schedule of the provisioning job was switched on.'
      : `The schedule of the provisioning job went from ${orNothing(old)} to ${orNothing(now)}: it does not start cycles by itself.`,
  ),
  ...change('schedule', interval(before.schedule.intervalMs), interval(after.schedule.intervalMs), (old, now) =>
    now === null
      ? 'The schedule of the provisioning job has no interval any more.'
      : `A cycle starts every ${now}${old === null ? '' : `, not every ${old} as before`}.`,
  ),
];

/** graph-provisioning.md 6: the keys that are read, and what each does. */
const settingWords: { [K in keyof Required<JobSettings>]: Words } = {
  SyncAll: (_old, now) =>
    isOn(now)
      ? 'Everybody and every group is in scope, not only who is assigned to the application.'
      : 'Only users and groups that are assigned to the application are in scope.',
  SkipOutOfScopeDeletions: (_old, now) =>
    isOn(now)
      ? 'Accounts of people who leave the scope are left as they are: they are not deactivated any more.'
      : 'Accounts of people who leave the scope are deactivated.',
  SyncNotificationSettings: () => 'Who is told by mail about failures of the job was changed.',
  BaseAddress: (old, now) => `The job writes to ${orNothing(now)}; before, to ${orNothing(old)}.`,
};

const compareSettings = (before: JobSettings, after: JobSettings): SetupChange[] =>
  (Object.keys(settingWords) as (keyof JobSettings)[]).flatMap((key) =>
    change('settings', before[key], after[key], settingWords[key]),
  );

const thumbprints = (application: ApplicationInfo): string =>
  application.signingCertificates
    .map(({ thumbprint, endsAt }) => `${thumbprint ?? 'unknown'} (until ${endsAt?.slice(0, 10) ?? 'unknown'})`)
    .sort()
    .join(', ');

const compareApplications = (before: ApplicationInfo, after: ApplicationInfo): SetupChange[] => [
  ...change(
    'application',
    before.displayName,
    after.displayName,
    (old, now) => `The enterprise application is called ${orNothing(now)}; before, ${orNothing(old)}.`,
  ),
  ...change('application', before.enabled, after.enabled, (_old, now) =>
    isOn(now)
      ? 'The enterprise application is switched on.'
      : 'The enterprise application is switched off, or Entra does not say that it is on.',
  ),
  ...change(
    'application',
    before.singleSignOnMode,
    after.singleSignOnMode,
    (old, now) => `Single sign-on works by ${orNothing(now)}; before, by ${orNothing(old)}.`,
  ),
  ...change(
    'application',
    thumbprints(before),
    thumbprints(after),
    () => 'The certificates that sign for the enterprise application were changed.',
  ),
  ...change('application', before.activeThumbprint, after.activeThumbprint, (_old, now) =>
    now === null
      ? 'Entra does not say any more which certificate signs.'
      : `Another certificate signs: the one with the thumbprint ${now}.`,
  ),
];

const compareTargets = (before: TargetConfig, after: TargetConfig): SetupChange[] => [
  ...change(
    'unifi',
    before.filterMaxResults,
    after.filterMaxResults,
    (old, now) =>
      `UNIFI gives at most ${now ?? 'an unknown number of'} results for a filter; before, ${old ?? 'an unknown number'}.`,
  ),
  ...change('unifi', before.pagination?.cursor, after.pagination?.cursor, (_old, now) =>
    isOn(now) ? 'UNIFI pages its lists by cursor.' : 'UNIFI does not say that it pages its lists by cursor.',
  ),
  ...change(
    'unifi',
    before.pagination?.maxPageSize,
    after.pagination?.maxPageSize,
    (old, now) =>
      `UNIFI gives at most ${now ?? 'an unknown number of'} entries a page; before, ${old ?? 'an unknown number'}.`,
  ),
];

/**
 * What differs between two set-ups, in words: of one job at two moments, or of two connections. A part that is not
 * known on one side is named in `notCompared` and nothing is concluded from it.
 */
export const compareSetups = (before: Setup, after: Setup): { changes: SetupChange[]; notCompared: string[] } => {
  const notCompared: string[] = [];
  const both = <K extends keyof Setup>(
    part: K,
    compare: (one: NonNullable<Setup[K]>, other: NonNullable<Setup[K]>) => SetupChange[],
  ): SetupChange[] => {
    const [one, other] = [before[part], after[part]];
    if (one !== null && other !== null) return compare(one as NonNullable<Setup[K]>, other as NonNullable<Setup[K]>);
    // Of something that was never read on either side there is nothing to say.
    if (one !== null || other !== null) notCompared.push(partNames[part]);
    return [];
  };
  const changes = [
    ...both('schema', compareMappings),
    ...both('job', compareSchedules),
    ...both('settings', compareSettings),
    ...both('application', compareApplications),
    ...both('target', compareTargets),
  ];
  return { changes, notCompared };
};
