import type { Result } from './failure.ts';
import type { ApplicationMethods } from './methods/application.ts';
import type { CollectionMethods } from './methods/collection.ts';
import type { ConnectionMethods } from './methods/connections.ts';
import type { HistoryMethods } from './methods/history.ts';
import type { InvestigationMethods } from './methods/investigation.ts';
import type { JobHealthMethods } from './methods/job-health.ts';
import type { ReportMethods } from './methods/report.ts';
import type { CareMethods } from './methods/care.ts';
import type { CaseFileMethods } from './methods/case-files.ts';
import type { ImportMethods } from './methods/import.ts';
import type { PurgeMethods } from './methods/purge.ts';
import type { QueryMethods } from './methods/query.ts';
import type { IssueMethods } from './methods/issues.ts';
import type { ReadingMethods } from './methods/reading.ts';
import type { SetUpMethods } from './methods/set-up.ts';

/** Every method a user interface can call: the single source from which hosts, preload and clients are derived. */
export interface Methods
  extends
    ApplicationMethods,
    ConnectionMethods,
    CollectionMethods,
    ReadingMethods,
    InvestigationMethods,
    JobHealthMethods,
    SetUpMethods,
    HistoryMethods,
    IssueMethods,
    QueryMethods,
    CaseFileMethods,
    CareMethods,
    PurgeMethods,
    ImportMethods,
    ReportMethods {}

export type MethodName = keyof Methods;
export type Input<M extends MethodName> = Parameters<Methods[M]>[0];
export type Output<M extends MethodName> = ReturnType<Methods[M]>;
export type Api = { readonly [M in MethodName]: (input: Input<M>) => Promise<Result<Output<M>>> };

const names: Record<MethodName, true> = {
  getAppInfo: true,
  listConnections: true,
  connect: true,
  testConnection: true,
  deleteConnection: true,
  setSecret: true,
  signIn: true,
  signOut: true,
  openDemo: true,
  collect: true,
  check: true,
  cancel: true,
  getStatus: true,
  listRuns: true,
  listGaps: true,
  listKeptAside: true,
  listFindings: true,
  getFinding: true,
  findingFacets: true,
  listLog: true,
  getLogRow: true,
  logFacets: true,
  logOutcomes: true,
  listPeople: true,
  getPerson: true,
  peopleFacets: true,
  investigate: true,
  getJobHealth: true,
  blameChanges: true,
  runSetUpCheck: true,
  findState: true,
  diffSummary: true,
  listDifferences: true,
  diffSetup: true,
  listIssues: true,
  getIssue: true,
  muteIssue: true,
  unmuteIssue: true,
  listView: true,
  investigateBatch: true,
  getConsole: true,
  runQuery: true,
  countQuery: true,
  exportQuery: true,
  saveQuery: true,
  deleteQuery: true,
  writeCaseFile: true,
  openCaseFile: true,
  importLog: true,
  getCare: true,
  setRetention: true,
  verifyHistory: true,
  backupHistory: true,
  restoreHistory: true,
  vacuumHistory: true,
  previewPurge: true,
  purgePerson: true,
  finishPurges: true,
  listPurges: true,
  getPurgeReceipt: true,
  liftPurge: true,
  listReports: true,
  previewReport: true,
  createReport: true,
  readReport: true,
  discardReport: true,
  saveReportDefinition: true,
  deleteReportDefinition: true,
};
export const methodNames = Object.keys(names) as MethodName[];
