import type { PageRequest } from '../../contract/models/page.ts';
import type { HistoryReads, HistoryStore } from '../../services/ports.ts';
import type { Asked } from './store-protocol.ts';
import { startStoreThread, type StoreThread } from './store-thread.ts';

interface OpenWorkerHistoryOptions {
  file: string;
  /** The built or source file of `store-worker.ts`. */
  workerUrl?: URL;
  /** True: nothing is ever written, and the file must be there. */
  readOnly?: boolean;
  /** For a program that asks one thing after another: every thread takes time to start, and one can answer it all. */
  oneThread?: boolean;
}

/** Which thread answers: writes one after another, pages and details quickly, counts beside them. */
type ThreadRole = 'write' | 'read' | 'count';

const countsRows = (args: unknown[]): boolean => (args[1] as PageRequest | undefined)?.withTotal === true;
const pageRole = (args: unknown[]): ThreadRole => (countsRows(args) ? 'count' : 'read');
const read = (): ThreadRole => 'read';
const write = (): ThreadRole => 'write';
const count = (): ThreadRole => 'count';

type Roles<S> = { [M in keyof S]: (args: unknown[]) => ThreadRole };

/** Every method of every store; one without a line does not compile. */
const roles: {
  [
    S in
      | 'runs'
      | 'log'
      | 'snapshots'
      | 'findings'
      | 'people'
      | 'groups'
      | 'jobHistory'
      | 'issues'
      | 'imports'
      | 'purges'
      | 'retention'
      | 'care'
      | 'views'
      | 'differences'
  ]: Roles<HistoryStore[S]>;
} = {
  runs: {
    start: write,
    saveSource: write,
    keepAside: write,
    keptAside: read,
    finish: write,
    latest: read,
    list: pageRole,
    freshness: read,
    get: read,
    marks: read,
    kept: read,
    saveGap: write,
    gaps: read,
  },
  log: {
    save: write,
    position: read,
    savePosition: write,
    page: pageRole,
    lines: read,
    row: read,
    rowsOf: read,
    facets: count,
    outcomes: read,
    scopeHints: read,
    newestAt: read,
    firstAt: read,
    forget: write,
  },
  snapshots: {
    // The stage belongs to the writer.
    begin: write,
    stage: write,
    stageRemoved: write,
    apply: write,
    read,
    members: read,
    closedSince: read,
    saveDocument: write,
    document: read,
    deltaLink: read,
    saveDeltaLink: write,
    saveAudit: write,
    audit: read,
  },
  findings: {
    links: read,
    previous: read,
    present: read,
    saveEvaluation: write,
    evaluation: read,
    page: pageRole,
    get: read,
    pastOf: read,
    facets: count,
  },
  jobHistory: {
    readings: read,
    versions: read,
    logHours: read,
    logCycles: read,
    issueGrowth: count,
    openedFindings: count,
    configurationEvents: count,
    assignmentChanges: count,
    assignedEntries: count,
  },
  issues: {
    count: write,
    isUncounted: read,
    list: count,
    get: read,
    affected: read,
    mute: write,
    unmute: write,
  },
  // They may look at everything that changed in a year.
  differences: { counts: count, page: count, setups: count },
  imports: { clear: write, stage: write, stageParts: write, partsOf: write, apply: write },
  care: { note: write, notes: read },
  retention: { forgetStates: write, forgetRuns: write, forgetAudit: write },
  purges: { list: read, receipt: read, noteSaved: write, lift: write },
  groups: { find: read, facts: read, membership: read },
  views: { suspectLinks: count, leavers: count, writes: count, oftenUpdated: count },
  people: {
    page: pageRole,
    get: read,
    named: read,
    formerly: count,
    facts: read,
    factsOfMany: count,
    facets: count,
    vocabulary: count,
  },
};

/**
 * The history of one connection behind threads of its own, for a thread that must never wait: a writer, a reader for
 * pages, a reader for counts. The readers start when they are first needed; with `oneThread` the writer answers for them.
 *
 * Throws what `openSqliteHistory` throws.
 */
export const openWorkerHistory = async (options: OpenWorkerHistoryOptions): Promise<HistoryStore> => {
  const workerUrl = options.workerUrl ?? new URL('./store-worker.ts', import.meta.url);
  // The writer first: it makes the file, or brings it up to date.
  const writer = await startStoreThread(workerUrl, { file: options.file, readOnly: options.readOnly ?? false });
  const threads: Record<ThreadRole, Promise<StoreThread> | null> = {
    write: Promise.resolve(writer),
    read: null,
    count: null,
  };
  const threadOf = (role: ThreadRole): Promise<StoreThread> => {
    if (options.oneThread) return Promise.resolve(writer);
    threads[role] ??= startStoreThread(workerUrl, { file: options.file, readOnly: true }).catch((error: unknown) => {
      threads[role] = null;
      throw error;
    });
    return threads[role];
  };
  const call = async (role: ThreadRole, asked: Asked): Promise<unknown> => (await threadOf(role)).call(asked);

  const proxy = <S extends keyof typeof roles>(subject: S, asOf: string | null): HistoryStore[S] =>
    Object.fromEntries(
      Object.entries(roles[subject]).map(([method, roleOf]) => [
        method,
        (...args: unknown[]) =>
          call((roleOf as (args: unknown[]) => ThreadRole)(args), { subject, method, args, asOf }),
      ]),
    ) as unknown as HistoryStore[S];
  const counts = (asOf: string | null): ReturnType<HistoryStore['counts']> =>
    call('read', { subject: null, method: 'counts', args: [], asOf }) as ReturnType<HistoryStore['counts']>;

  return {
    runs: proxy('runs', null),
    log: proxy('log', null),
    snapshots: proxy('snapshots', null),
    findings: proxy('findings', null),
    people: proxy('people', null),
    groups: proxy('groups', null),
    jobHistory: proxy('jobHistory', null),
    issues: proxy('issues', null),
    imports: proxy('imports', null),
    purges: proxy('purges', null),
    retention: proxy('retention', null),
    care: proxy('care', null),
    views: proxy('views', null),
    differences: proxy('differences', null),
    counts: () => counts(null),
    at: (runId): HistoryReads => ({
      runs: proxy('runs', runId),
      log: proxy('log', runId),
      snapshots: proxy('snapshots', runId),
      findings: proxy('findings', runId),
      people: proxy('people', runId),
      groups: proxy('groups', runId),
      jobHistory: proxy('jobHistory', runId),
      counts: () => counts(runId),
    }),
    async close() {
      // Readers first: the last one to leave tidies up the write-ahead log, and only the writer can.
      for (const role of ['read', 'count', 'write'] as const) {
        const thread = await threads[role]?.catch(() => null);
        await thread?.close();
      }
    },
  };
};
