/** A synchronization job as Graph gives it, with sentinels (year 1, empty strings) turned to null. graph-provisioning.md 5. */
export interface SynchronizationJob {
  id: string;
  templateId: string | null;
  schedule: {
    state: string;
    /** ISO 8601 duration; the maximum time span of a disabled job becomes null. */
    intervalMs: number | null;
    expiresAt: string | null;
  };
  status: {
    code: string;
    countSuccessiveCompleteFailures: number;
    escrowsPruned: boolean;
    steadyStateFirstAchievedAt: string | null;
    steadyStateLastAchievedAt: string | null;
    lastExecution: JobExecution | null;
    lastSuccessfulExecution: JobExecution | null;
    lastSuccessfulExecutionWithExports: JobExecution | null;
    progress: { completedUnits: number; totalUnits: number; units: string | null; observedAt: string | null }[];
    synchronizedEntryCountByType: Record<string, number>;
    quarantine: JobQuarantine | null;
    troubleshootingUrl: string | null;
  };
  settings: Record<string, string>;
}

export interface JobError {
  code: string;
  message: string | null;
  tenantActionable: boolean | null;
}

export interface JobExecution {
  state: string;
  activityId: string | null;
  startedAt: string;
  endedAt: string | null;
  countImported: number;
  countEntitled: number;
  countEntitledForProvisioning: number;
  countExports: number;
  countExported: number;
  countEscrowed: number;
  countEscrowedRaw: number;
  error: JobError | null;
}

export interface JobQuarantine {
  reason: string;
  error: JobError | null;
  currentBegan: string | null;
  seriesBegan: string | null;
  seriesCount: number;
  nextAttempt: string | null;
}

/** The only keys of the job's secrets collection that anything ever sees. graph-provisioning.md 6. */
export interface JobSettings {
  SyncAll?: string;
  SkipOutOfScopeDeletions?: string;
  SyncNotificationSettings?: string;
  BaseAddress?: string;
}

/** Mappings and scoping filters of a job. graph-provisioning.md 6. */
export interface SyncSchema {
  id: string;
  version: string;
  rules: SyncRule[];
}

export interface SyncRule {
  id: string;
  name: string;
  priority: number;
  mappings: ObjectMapping[];
}

export interface ObjectMapping {
  name: string;
  enabled: boolean;
  sourceObjectName: string;
  targetObjectName: string;
  flowTypes: { add: boolean; update: boolean; delete: boolean };
  scope: {
    groups: ScopeGroup[];
    inputFilterGroups: ScopeGroup[];
  } | null;
  attributeMappings: AttributeMapping[];
}

export interface ScopeGroup {
  name: string;
  clauses: { attribute: string; operator: string; values: string[] }[];
}

export interface AttributeMapping {
  targetAttributeName: string;
  /** 0: not a matching attribute; else tried in ascending order. */
  matchingPriority: number;
  flowType: string;
  flowBehavior: string;
  defaultValue: string | null;
  /** Null when only the default value is used. */
  source: MappingSource | null;
}

export interface MappingSource {
  type: 'Attribute' | 'Constant' | 'Function' | 'unknown';
  name: string | null;
  expression: string | null;
  parameters: { key: string; value: MappingSource }[];
}
