import type { Failure } from '../../contract/failure.ts';
import type { ConnectTest } from '../../contract/models/connection.ts';
import type { JobStatus } from '../../contract/models/job-status.ts';
import type { SourceFreshness } from '../../contract/models/run.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';
import type { ApplicationInfo, Assignment, DirectoryGroup } from '../model/directory.ts';
import type { JobSettings, SynchronizationJob, SyncSchema } from '../model/synchronization.ts';
import type { OtherWriter } from './other-writers.ts';
import type { Survey } from './survey.ts';

/** A provisioning job of another application that could belong to the same target. */
export interface OtherJob {
  applicationId: string;
  applicationName: string;
  job: SynchronizationJob;
  /** Null: where it writes to could not be read. */
  baseAddress: string | null;
}

/** What was asked of Entra and the target just now. */
export interface LiveAnswers {
  /** When, ISO 8601. */
  at: string;
  /** One test per capability, or why nothing could be asked of Graph at all. */
  graph: { tests: ConnectTest[] } | { failure: Failure };
  scim: ConnectTest[];
  /** Other applications that go by the profile's names, with their jobs; or why they could not be looked for. */
  others: { applications: ApplicationInfo[]; jobs: OtherJob[] } | { failure: Failure };
}

/** A group that is assigned to the application. */
export interface AssignedGroup {
  assignment: Assignment;
  /** Null: Entra does not list it. */
  group: DirectoryGroup | null;
  /** Groups directly inside it; null: its members were not read. */
  nestedGroupNames: string[] | null;
  userCount: number | null;
}

/** Everything that the set-up check looks at: what is stored, and what was asked just now. */
export interface SetUpFacts {
  /** ISO 8601. */
  now: string;
  profile: TargetProfile;
  connection: { servicePrincipalId: string | null; jobId: string | null; scimBaseUrl: string };
  sources: readonly SourceFreshness[];
  application: ApplicationInfo | null;
  /** Every job of the application as last listed. */
  jobs: readonly SynchronizationJob[];
  /** The one that is meant (`chooseJob`). */
  job: SynchronizationJob | null;
  jobStatus: JobStatus | null;
  /** Jobs that wrote beside it, by the newest rows of the log. */
  otherWriters: readonly OtherWriter[];
  settings: JobSettings | null;
  /** `failure`: the stored mappings are of a form that is not known. */
  schema: { schema: SyncSchema } | { failure: Failure } | null;
  /** Whether everybody is in scope, assigned or not; `assumed` when nothing says so. */
  scopeMode: { everyone: boolean; assumed: boolean };
  assignments: readonly Assignment[];
  assignedGroups: readonly AssignedGroup[];
  /** Of people who can be in scope (`who`), and of groups; null without a mapping, or when nobody was read. */
  users: { survey: Survey; who: 'entitled' | 'enabled' } | null;
  groups: Survey | null;
  /** Accounts in the target as last read. */
  accounts: number;
  /** Null: nothing was asked now. */
  live: LiveAnswers | null;
}
