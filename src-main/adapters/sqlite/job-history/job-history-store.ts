import type { JobHistoryStore, LogStore, RunStore } from '../../../services/ports.ts';
import { readConfigurationEvents } from '../snapshot/audit-events.ts';
import type { Statements } from '../statements.ts';
import { readAssignedEntries, readAssignmentChanges, readOpenedFindings } from './changes.ts';
import { readIssueGrowth, readLogCycles, readLogHours } from './log-hours.ts';
import { readReadings, readVersions } from './readings.ts';

/** What job health and change blame read of the past. It only reads what the other stores keep. */
export const createJobHistoryStore = (
  statements: Statements,
  stores: { log: Pick<LogStore, 'position'>; runs: Pick<RunStore, 'gaps'> },
): JobHistoryStore => ({
  readings: async ({ jobId, from }) => readReadings(statements, jobId, from),
  versions: async (options) => readVersions(statements, options),
  logHours: async (bounds) => readLogHours(statements, await stores.log.position(), await stores.runs.gaps(), bounds),
  logCycles: async (bounds) => readLogCycles(statements, bounds),
  issueGrowth: async (bounds) => readIssueGrowth(statements, bounds),
  openedFindings: async (from) => readOpenedFindings(statements, from),
  configurationEvents: async (from) => readConfigurationEvents(statements, from),
  assignmentChanges: async (from) => readAssignmentChanges(statements, from),
  assignedEntries: async () => readAssignedEntries(statements),
});
