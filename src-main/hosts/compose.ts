import { createRequire } from 'node:module';
import type { Api } from '../contract/api.ts';
import type { AppInfo } from '../contract/methods/application.ts';
import type { EventName, Events } from '../contract/events.ts';
import type { Result } from '../contract/failure.ts';
import { createConnectionStore } from '../adapters/files/connection-store.ts';
import { readRedactionKey } from '../adapters/files/redaction-key.ts';
import { createFetch } from '../adapters/net/create-fetch.ts';
import type { AskSystemProxy } from '../adapters/net/system-proxy.ts';
import { createSecretVault } from '../adapters/secrets/create-secret-vault.ts';
import { createQueryRunner } from '../adapters/sqlite/console/create-query-runner.ts';
import { createRouter } from './api-router.ts';
import { createBugLog } from './bug-log.ts';
import { createCalls } from './calls.ts';
import { createClock } from './clock.ts';
import { makeDataDirectory } from './data-directory.ts';
import { createDemoHost, type DemoHost } from './demo-host.ts';
import { createEventBus } from './event-bus.ts';
import { createCollectionHandlers } from './handlers/collection-handlers.ts';
import { createConnectionHandlers } from './handlers/connection-handlers.ts';
import { createHistoryHandlers } from './handlers/history-handlers.ts';
import { createInvestigationBatchHandlers } from './handlers/investigation-batch-handlers.ts';
import { createInvestigationHandlers } from './handlers/investigation-handlers.ts';
import { createCareHandlers } from './handlers/care-handlers.ts';
import { createCaseFileHandlers } from './handlers/case-file-handlers.ts';
import { createImportHandlers } from './handlers/import-handlers.ts';
import { createPurgeHandlers } from './handlers/purge-handlers.ts';
import { createQueryHandlers } from './handlers/query-handlers.ts';
import { createIssueHandlers } from './handlers/issue-handlers.ts';
import { createJobHealthHandlers } from './handlers/job-health-handlers.ts';
import { createReadingHandlers } from './handlers/reading-handlers.ts';
import { createReportHandlers } from './handlers/report-handlers.ts';
import { createSetUpHandlers } from './handlers/set-up-handlers.ts';
import { createHistoryDesk, type HistoryDesk } from './history-desk.ts';
import type { HostContext } from './host-context.ts';
import { createReportDesk, type ReportDesk } from './report-desk.ts';
import { createSessions, type SessionOptions } from './sessions.ts';
import { knownScimHosts, unifiProfile } from './target-profile.ts';

export interface AppOptions {
  /** `cli`: one command after another, no window. */
  host: AppInfo['host'];
  dataDirectory: string;
  env: Record<string, string | undefined>;
  openBrowser(url: string): Promise<void>;
  /** Where the host can ask the operating system for its proxy; used where the environment names none. */
  systemProxy?: AskSystemProxy;
  storeWorkerUrl: URL;
  jobWorkerUrl: URL;
  demoWorkerUrl: URL;
  /** The built `query-process.ts`; else its source. */
  queryProcessUrl?: URL;
  /** The built `care-worker.ts`; else its source. */
  careWorkerUrl?: URL;
  /** A clock that stands still, ISO 8601; else the real one. */
  now?: string;
  /** The connection that secrets of the environment are meant for (`--connection`). */
  environmentConnection?: string;
}

export interface App {
  api: Api;
  /** For HTTP and IPC: any name, any input. */
  call(method: string, rawInput: unknown): Promise<Result<unknown>>;
  on<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void;
  demo: DemoHost;
  /** Reports into files, for the command line; a window gets them in parts. */
  reports: ReportDesk;
  /** Case files and backups into files, for the command line; those of a window go to the data directory. */
  histories: HistoryDesk;
  /** Runs work that `cancel` with this id aborts. */
  runCall<T>(callId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Cancels what runs and closes every file, thread and port. */
  close(): Promise<void>;
}

const productPackage = createRequire(import.meta.url)('../../package.json') as { productName: string; version: string };

/** Puts ports, services and handlers together: the same for the command line, the web and Electron. */
export const composeApp = async (options: AppOptions): Promise<App> => {
  makeDataDirectory(options.dataDirectory);
  const bugs = createBugLog(options.dataDirectory);
  const events = createEventBus((error) => bugs.record(error, 'event listener'));
  const connections = createConnectionStore(options.dataDirectory);
  const vault = createSecretVault({ dataDirectory: options.dataDirectory });
  const keyVault = createSecretVault({ dataDirectory: options.dataDirectory, fileName: 'pseudonyms.bin' });
  const { systemProxy } = options;
  const fetch = createFetch(options.env, systemProxy ? { systemProxy } : {});
  const clock = createClock(options.now ?? null);
  const sessionOptions: SessionOptions = {
    env: options.env,
    fetch,
    storeWorkerUrl: options.storeWorkerUrl,
    oneStoreThread: options.host === 'cli',
    connections,
    vault,
    now: options.now ?? null,
    openBrowser: options.openBrowser,
    environmentConnection: options.environmentConnection,
  };
  const sessions = createSessions(sessionOptions);
  const demo = createDemoHost({ ...sessionOptions, sessions, demoWorkerUrl: options.demoWorkerUrl });
  const calls = createCalls();
  const context: HostContext = {
    dataDirectory: options.dataDirectory,
    jobWorkerUrl: options.jobWorkerUrl,
    careWorkerUrl: options.careWorkerUrl ?? new URL('./worker/care-worker.ts', import.meta.url),
    fetch,
    bugs,
    calls,
    connections,
    demo,
    events,
    queries: createQueryRunner(
      options.queryProcessUrl ?? new URL('../adapters/sqlite/console/query-process.ts', import.meta.url),
    ),
    redactionKey: () => readRedactionKey(options.dataDirectory, keyVault),
    sessions,
    sessionOptions,
    systemProxy: systemProxy ?? null,
    vault,
    writing: new Set(),
  };
  const reports = createReportDesk(context, {
    name: productPackage.productName,
    version: productPackage.version,
  });
  const histories = createHistoryDesk(context, productPackage.version);
  const connection = createConnectionHandlers(context);
  const router = createRouter(
    {
      getAppInfo: async () => ({
        name: productPackage.productName,
        version: productPackage.version,
        host: options.host,
        dataDirectory: options.dataDirectory,
        keyStore: await vault.isPersistent(),
        now: clock.now().toISOString(),
        target: { name: unifiProfile.name, baseUrl: unifiProfile.baseUrls[0] ?? '', hosts: [...knownScimHosts] },
      }),
      ...connection,
      ...createCollectionHandlers(context, connection.listConnections),
      ...createReadingHandlers(context),
      ...createHistoryHandlers(context),
      ...createIssueHandlers(context),
      ...createQueryHandlers(context),
      ...createCaseFileHandlers(context, {
        desk: histories,
        listConnections: connection.listConnections,
      }),
      ...createImportHandlers(context),
      ...createCareHandlers(context, histories),
      ...createPurgeHandlers(context),
      ...createReportHandlers(context, reports),
      ...createInvestigationHandlers(context),
      ...createJobHealthHandlers(context),
      ...createSetUpHandlers(context),
      ...createInvestigationBatchHandlers(context),
    },
    bugs,
  );
  return {
    ...router,
    on: (name, listener) => events.on(name, listener),
    demo,
    reports,
    histories,
    runCall: (callId, work) => calls.run(callId, work),
    async close() {
      calls.cancelAll();
      await reports.close();
      await sessions.close();
      await demo.close();
    },
  };
};
