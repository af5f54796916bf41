import type { JobRules } from './job-rules.ts';

/** What the whole job suffers from. `sinceDays`: how long ago it began; absent: always. */
export interface Scenario {
  description: string;
  /** The service stops working this many days before the present. */
  stopsDaysAgo?: number;
  /** How the job shows it. */
  state:
    | 'runs'
    | 'quarantine-credentials'
    | 'quarantine-escrows'
    | 'too-many-deletes'
    | 'disabled'
    | 'paused'
    | 'not-configured'
    | 'never-run'
    | 'initial'
    | 'failing'
    | 'silent'
    | 'no-job';
  /** How the job is set up, changed at the beginning. */
  rules?: Partial<JobRules>;
  /** The rule applies from this many days before the present; before, the job was set up as usual. */
  rulesDaysAgo?: number;
  /** What was left undone when everything was set up; nothing of it disturbs the job. */
  setUp?: {
    /** When the signing certificate runs out, in days from the present. */
    certificateDays: number;
    /** Nobody is told about failures. */
    isNotified: boolean;
    /** Whether the deletion guard is on. */
    isGuarded: boolean;
    /** The test application's job runs, and writes to the same UNIFI. */
    isTestJobOn: boolean;
  };
  /** What changes is seen by comparing: the history has a collection from this many days before the present. */
  collectedDaysAgo?: number;
  /** Nothing happens in the company for this long before the present. */
  quietHours?: number;
  /** Cause of what is missing or inactive, and of who is still active. */
  causes: { missing: string; inactive: string; active: string };
}

const stopped = (missing: string, active: string): Scenario['causes'] => ({ missing, inactive: missing, active });
const usual = stopped('A13', 'B15');

/** Worlds with one trouble of the whole job, by name. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'quarantine-credentials': {
    description: 'UNIFI refuses the secret token for six days: quarantined, and not one log row since',
    stopsDaysAgo: 6,
    state: 'quarantine-credentials',
    causes: stopped('A4', 'B3-quarantine'),
  },
  'quarantine-escrows': {
    description: 'Too many failures for three days: quarantined by proportion',
    stopsDaysAgo: 3,
    state: 'quarantine-escrows',
    causes: stopped('A4', 'B3-quarantine'),
  },
  'too-many-deletes': {
    description: 'A department lost its assignment at once: the deletion guard holds the removals back',
    state: 'too-many-deletes',
    rules: { deletionThreshold: 10 },
    causes: stopped('A4', 'B7'),
  },
  disabled: {
    description: 'Switched off in Entra ten days ago',
    stopsDaysAgo: 10,
    state: 'disabled',
    causes: stopped('A3-disabled', 'B3-disabled'),
  },
  paused: {
    description: 'Paused by an administrator four days ago',
    stopsDaysAgo: 4,
    state: 'paused',
    causes: stopped('A3-paused', 'B3-paused'),
  },
  'not-configured': {
    description: 'The job has no credentials yet',
    stopsDaysAgo: Number.POSITIVE_INFINITY,
    state: 'not-configured',
    causes: stopped('A3-not-configured', 'B15'),
  },
  'never-run': {
    description: 'Configured, and never started',
    stopsDaysAgo: Number.POSITIVE_INFINITY,
    state: 'never-run',
    causes: stopped('A3-not-run', 'B15'),
  },
  initial: {
    description: 'In the middle of its initial cycle',
    stopsDaysAgo: Number.POSITIVE_INFINITY,
    state: 'initial',
    causes: stopped('A5', 'B13'),
  },
  failing: {
    description: 'The last cycles failed as a whole, since five hours',
    stopsDaysAgo: 5 / 24,
    state: 'failing',
    causes: usual,
  },
  late: {
    description: 'The last cycle ended four hours ago, and nothing says why',
    stopsDaysAgo: 4 / 24,
    state: 'silent',
    causes: usual,
  },
  silent: {
    description: 'No executions and no log rows for two days, although the schedule is active',
    stopsDaysAgo: 2,
    state: 'silent',
    causes: usual,
  },
  'no-job': {
    description: 'The provisioning job was removed eight days ago',
    stopsDaysAgo: 8,
    state: 'no-job',
    causes: stopped('A3-no-job', 'B15'),
  },
  'no-create-flow': {
    description: 'The user mapping creates nobody any more, since eight days',
    state: 'runs',
    rules: { createFlow: false },
    rulesDaysAgo: 8,
    causes: { ...usual, missing: 'A6' },
  },
  'no-update-flow': {
    description: 'The user mapping neither updates nor disables, since eight days',
    state: 'runs',
    rules: { updateFlow: false },
    rulesDaysAgo: 8,
    causes: { ...usual, active: 'B6-update' },
  },
  'no-delete-flow': {
    description: 'The user mapping deletes nobody, since eight days',
    state: 'runs',
    rules: { deleteFlow: false },
    rulesDaysAgo: 8,
    causes: { ...usual, active: 'B6-delete' },
  },
  'skip-out-of-scope-deletions': {
    description: 'SkipOutOfScopeDeletions is on, since eight days: nobody is disabled',
    state: 'runs',
    rules: { skipOutOfScopeDeletions: true },
    rulesDaysAgo: 8,
    causes: { ...usual, active: 'B4' },
  },
  'no-soft-deleted-mapping': {
    description: 'Nothing maps IsSoftDeleted to active, since eight days: nobody is disabled',
    state: 'runs',
    rules: { activeFromSoftDeleted: false },
    rulesDaysAgo: 8,
    causes: { ...usual, active: 'B5' },
  },
  'mapping-change': {
    description: 'Since a change of the mappings three days ago UNIFI refuses the display name of everybody',
    state: 'runs',
    rules: { nameOrder: 'family-first' },
    rulesDaysAgo: 3,
    collectedDaysAgo: 4,
    causes: { missing: 'A11-failure', inactive: 'A11-failure', active: 'B15' },
  },
  'sync-all': {
    description: 'Everyone is in scope, assigned or not',
    state: 'runs',
    rules: { mode: { syncAll: true } },
    causes: usual,
  },
  'group-mapping-off': {
    description: 'Groups are not provisioned',
    state: 'runs',
    rules: { groupMapping: false },
    causes: { ...usual, missing: 'G1' },
  },
  'careless-set-up': {
    description: 'Runs, but was set up carelessly: certificate about to end, no mail, no guard, a second job',
    state: 'runs',
    setUp: { certificateDays: 12, isNotified: false, isGuarded: false, isTestJobOn: true },
    causes: usual,
  },
  'healthy-quiet': {
    description: 'Healthy, and nothing to do for twenty hours',
    state: 'runs',
    quietHours: 20,
    causes: usual,
  },
};

/** Throws on a name that is not among the scenarios. */
export const findScenario = (name: string | undefined): Scenario | null => {
  if (name === undefined) return null;
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`There is no scenario "${name}". There are: ${Object.keys(scenarios).join(', ')}.`);
  return scenario;
};
