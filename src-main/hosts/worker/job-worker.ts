import { parentPort, workerData } from 'node:worker_threads';
import { readPurgeKey } from '../../adapters/files/purge-key.ts';
import { createFetch } from '../../adapters/net/create-fetch.ts';
import { limitRequests } from '../../adapters/net/limit-requests.ts';
import { createGraph } from '../../adapters/graph/create-graph.ts';
import { createScimDirectory } from '../../adapters/scim/create-scim-directory.ts';
import { openSqliteHistory } from '../../adapters/sqlite/open-sqlite-history.ts';
import { AppError } from '../../core/app-error.ts';
import type { Investigation } from '../../contract/models/investigation.ts';
import { collect } from '../../services/collect/collect.ts';
import type { ChosenConnection } from '../../services/collect/context.ts';
import { crossCheck } from '../../services/cross-check.ts';
import { investigateLive } from '../../services/investigate-live.ts';
import { mostRequests } from '../../services/investigation/look-at-person.ts';
import { askLive } from '../../services/set-up-check/ask-live.ts';
import { checkSetUp } from '../../services/set-up-check/check-set-up.ts';
import { failureOf } from '../../services/failure-of.ts';
import type { Fetch, HistoryStore } from '../../services/ports.ts';
import type { Progress } from '../../services/read-meter.ts';
import { createBugLog } from '../bug-log.ts';
import { onlyHeld } from '../case-file-connection.ts';
import { createClock } from '../clock.ts';
import type { ReportTask } from './report-task.ts';
import type { FromJob, JobOrder, JobQuestion, JobResults, JobTask, ToJob } from './job-protocol.ts';

/*
 * One collection, cross-check or set-up check in a thread of its own, so that the thread that serves the window never waits for a
 * page to be parsed, stored or compared. Secrets stay with the host: the thread asks for a token when it needs one.
 */

const port = parentPort;
if (!port) throw new Error('job-worker.ts is the entry of a worker thread');
const order = workerData as JobOrder;
const controller = new AbortController();
const { signal } = controller;
const clock = createClock(order.fixedNow);
const bugs = createBugLog(order.dataDirectory);
const send = (message: FromJob): void => port.postMessage(message);

const waiting = new Map<number, { resolve(value: string | null): void; reject(error: unknown): void }>();
let asked = 0;

const ask = (question: JobQuestion): Promise<string | null> =>
  new Promise((resolve, reject) => {
    asked += 1;
    waiting.set(asked, { resolve, reject });
    send({ type: 'ask', id: asked, question });
  });

port.on('message', (message: ToJob) => {
  if (message.type === 'cancel') {
    controller.abort();
    return;
  }
  const waiter = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.type === 'answer') waiter?.resolve(message.value);
  else waiter?.reject(new AppError(message.failure));
});

const progress: Progress = (state) => send({ type: 'progress', progress: state });

const tokens = {
  async getToken(options: { claims?: string }): Promise<string> {
    const token = await ask({ what: 'graph-token', claims: options.claims ?? null });
    return token ?? '';
  },
};

const systemProxy = async (url: string): Promise<string> => (await ask({ what: 'system-proxy', url })) ?? '';
const openFetch = (): Fetch => createFetch(order.env, order.hasSystemProxy ? { systemProxy } : {});

/** Graph and UNIFI, as this connection reaches them. */
const reach = (fetch = openFetch()) => {
  const { connection, env } = order;
  return {
    graph: createGraph({ connection, tokens, fetch, clock, env }),
    scim: createScimDirectory({ baseUrl: connection.scim.baseUrl, token: () => ask({ what: 'scim-token' }), fetch }),
    tokens,
    bugs,
  };
};

const runCollect = async (store: HistoryStore): Promise<JobResults['collect']> => {
  const { connection } = order;
  if (!connection.servicePrincipalId) {
    throw new AppError({
      code: 'input-invalid',
      message: `Connection "${connection.name}" does not say which enterprise application to watch.`,
      advice: 'Connect again and choose the UNIFI application.',
      fields: [{ field: 'servicePrincipalId', reason: 'is missing' }],
    });
  }
  const chosen: ChosenConnection = { ...connection, servicePrincipalId: connection.servicePrincipalId };
  return collect({ ...reach(), store, clock, monotonicMs: () => performance.now() }, chosen, { signal, progress });
};

/** Not "checking": a window takes that of another one for a collection to be watched. */
const say = (note: string): void =>
  progress({ phase: 'starting', source: null, items: 0, total: null, rate: null, remainingMs: null, note });

const runSetUpCheck = async (store: HistoryStore): Promise<JobResults['set-up-check']> => {
  const { connection, setUp } = order;
  if (!setUp) throw new Error('a set-up check was ordered without a profile');
  const { profile, offline } = setUp;
  const live = offline ? null : await askLive(reach(), { connection, profile, clock, signal, progress: say });
  return checkSetUp({ store, clock, connection, profile, live, signal });
};

const runLook = async (store: HistoryStore): Promise<Investigation> => {
  const { connection, look } = order;
  if (!look) throw new Error('a look at a person was ordered without saying at whom');
  const limited = limitRequests(openFetch(), mostRequests);
  return investigateLive(
    { ...reach(limited.fetch), requests: limited.used, say },
    {
      store,
      clock,
      signal,
      who: look.who,
      jobId: connection.jobId ?? null,
      servicePrincipalId: connection.servicePrincipalId ?? null,
    },
  );
};

const reportTask = (store: HistoryStore): ReportTask => {
  if (!order.report) throw new Error('a report was ordered without saying which');
  return { order, report: order.report, store, clock, signal, progress };
};

const tasks: { [T in JobTask]: (store: HistoryStore) => Promise<JobResults[T]> } = {
  collect: runCollect,
  async check(store) {
    await runCollect(store);
    return crossCheck({ store, clock, signal, progress, jobId: order.connection.jobId ?? null });
  },
  'set-up-check': runSetUpCheck,
  'investigate-live': runLook,
  // Loaded when they are needed: a collection has no use for what lays out pages.
  report: async (store) => (await import('./report-task.ts')).runReport(reportTask(store)),
  'report-preview': async (store) => (await import('./report-task.ts')).runPreview(reportTask(store)),
  'cross-check': (store) => crossCheck({ store, clock, signal, progress, jobId: order.connection.jobId ?? null }),
};

try {
  // What only reads sees one moment, whatever a collection writes meanwhile, and leaves the file as it is.
  const frozen = order.report !== undefined || order.setUp !== undefined || order.look !== undefined;
  const purgeKey = await readPurgeKey(order.dataDirectory);
  const opened = openSqliteHistory({ file: order.databaseFile, purgeKey, ...(frozen ? { frozen } : {}) });
  const store = onlyHeld(opened, order.connection);
  let result: JobResults[JobTask];
  try {
    result = await tasks[order.task](store);
  } finally {
    await store.close();
  }
  // Only now: whoever hears that it is done may move the file, or copy it.
  send({ type: 'done', result });
} catch (error) {
  send({ type: 'failed', failure: failureOf(error, bugs, order.task) });
}
port.close();
