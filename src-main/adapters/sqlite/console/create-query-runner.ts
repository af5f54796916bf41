import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { QueryFacet, QueryLimits, QueryResult } from '../../../contract/models/query.ts';
import type { QueryPiece } from '../../../core/model/query.ts';
import { AppError } from '../../../core/app-error.ts';
import { outOfMemoryMark, type ConsoleQuery, type FromQuery, type QueryOrder, type ToQuery } from './query-protocol.ts';

/** What one query may take. */
export const queryLimits: QueryLimits = {
  rows: 10_000,
  exportRows: 1_000_000,
  characters: 16_000_000,
  timeMs: 30_000,
  memoryBytes: 768 * 1024 * 1024,
};
/** An export is not held in memory: only its values are bounded. */
const exportTimeMs = 300_000;

/** Windows starts no program without the first; without the second, types are stripped anew for every query. */
const passedOn = ['SystemRoot', 'NODE_COMPILE_CACHE'];

/** Electron's own binary goes as a Node. Nothing else of the environment is needed, and secrets may be in it. */
const processEnv = (): Record<string, string> => ({
  ELECTRON_RUN_AS_NODE: '1',
  ...Object.fromEntries(passedOn.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : []))),
});

export interface QueryRunner {
  /** Whether this host has what the console needs: a Node whose SQLite has an authorizer. Asked once when it has. */
  isAvailable(): Promise<boolean>;
  /** The rows, at most `limits.rows`. */
  list(file: string, query: Pick<ConsoleQuery, 'sql' | 'narrowing'>, options: QueryOptions): Promise<QueryResult>;
  /** How often values of these columns occur in the whole result. */
  count(
    file: string,
    query: Pick<ConsoleQuery, 'sql' | 'narrowing'> & { facets: number[] },
    options: QueryOptions,
  ): Promise<{ total: number; facets: QueryFacet[] }>;
  /** All rows up to the limit of exports: first the columns, then rows as somebody asks for them, last where it was cut. */
  stream(
    file: string,
    query: Pick<ConsoleQuery, 'sql' | 'narrowing'>,
    options: QueryOptions,
  ): AsyncGenerator<QueryPiece>;
}

export interface QueryOptions {
  signal: AbortSignal;
  /** Shorter limits than the usual ones. */
  rows?: number;
  timeMs?: number;
}

const cancelled = (): AppError =>
  new AppError({ code: 'cancelled', message: 'The query was stopped.', advice: 'Run it again when you need it.' });

const seconds = (ms: number): string => `${ms / 1000} s`;

const tooSlow = (timeMs: number): AppError =>
  new AppError({
    code: 'query-stopped',
    message: `The query was stopped because it took longer than ${seconds(timeMs)}.`,
    advice: 'Narrow it, for example to a shorter time, or read fewer views at once.',
  });

const tooLarge = (memoryBytes: number): AppError =>
  new AppError({
    code: 'query-stopped',
    message: `The query was stopped because it took more than ${Math.round(memoryBytes / 1024 / 1024)} MiB of memory.`,
    advice: 'Narrow it, or let it give fewer and shorter values: sorting and grouping hold all of them.',
  });

/**
 * Runs queries on a history file, each in a process of its own that is killed when it is cancelled or takes too long.
 * Throws `input-invalid` (the statement is refused), `query-stopped` (time, memory), `cancelled`, and what opening a
 * history throws.
 *
 * @param processUrl the built or source file of `query-process.ts`
 */
export const createQueryRunner = (processUrl: URL, limits: QueryLimits = queryLimits): QueryRunner => {
  let available: Promise<boolean> | undefined;

  const start = (): ChildProcess =>
    fork(fileURLToPath(processUrl), [], {
      env: processEnv(),
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });

  /** Starts a process, gives it the order, hands on what it says, and ends when it has ended. */
  const run = (
    order: QueryOrder,
    signal: AbortSignal,
    take: (message: FromQuery) => Promise<void> | void,
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(cancelled());
        return;
      }
      const child = start();
      let said = '';
      let reason: Error | null = null;
      let isDone = false;
      const stop = (because: Error): void => {
        reason ??= because;
        child.kill('SIGKILL');
      };
      const onAbort = (): void => stop(cancelled());
      const timer = setTimeout(() => stop(tooSlow(order.timeMs)), order.timeMs);
      signal.addEventListener('abort', onAbort, { once: true });
      child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-4_000)));
      const say = (message: ToQuery): void => {
        if (child.connected) child.send(message);
      };
      const hear = async (message: FromQuery): Promise<void> => {
        if (message.type === 'started') say({ type: 'order', order });
        else if (message.type === 'failed') reason ??= new AppError(message.failure);
        else await take(message);
        if (message.type === 'rows') say({ type: 'next' });
        isDone ||= ['end', 'available', 'unavailable', 'failed'].includes(message.type);
      };
      // One after the other: what takes the rows may wait for a disk.
      let heard = Promise.resolve();
      child.on('message', (message: FromQuery) => {
        heard = heard
          .then(() => hear(message))
          .catch((error: unknown) => stop(error instanceof Error ? error : new Error(String(error))));
      });
      child.once('error', (error) => (reason ??= error));
      child.once('close', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        if (said.includes(outOfMemoryMark)) reason ??= tooLarge(order.memoryBytes);
        void heard.then(() => {
          if (!isDone) reason ??= new Error(`the query process ended early: ${said}`);
          if (reason) reject(reason);
          else resolve();
        });
      });
    });

  const order = (file: string, query: ConsoleQuery, timeMs: number): QueryOrder => ({
    file,
    query,
    timeMs,
    memoryBytes: limits.memoryBytes,
  });

  return {
    isAvailable() {
      available ??= new Promise((resolve) => {
        let is = false;
        const question: QueryOrder = { file: '', query: null, timeMs: 10_000, memoryBytes: limits.memoryBytes };
        const hear = (message: FromQuery): void => {
          is = message.type === 'available';
        };
        run(question, new AbortController().signal, hear).then(
          () => resolve(is),
          // A host that cannot even start the process has no console either; it may only be busy, and is asked again.
          () => {
            available = undefined;
            resolve(false);
          },
        );
      });
      return available;
    },
    async list(file, query, { signal, rows = limits.rows, timeMs = limits.timeMs }) {
      const startedAt = performance.now();
      const result: QueryResult = { columns: [], rows: [], cut: null, durationMs: 0 };
      const whole = { ...query, facets: null, rows: Math.min(rows, limits.rows), characters: limits.characters };
      await run(order(file, whole, timeMs), signal, (message) => {
        if (message.type === 'columns') result.columns = message.columns;
        else if (message.type === 'rows') result.rows.push(...message.rows);
        else if (message.type === 'end') result.cut = message.cut;
      });
      return { ...result, durationMs: Math.round(performance.now() - startedAt) };
    },
    async count(file, query, { signal, timeMs = limits.timeMs }) {
      const found: { total: number; facets: QueryFacet[] } = { total: 0, facets: [] };
      const whole = { ...query, rows: 0, characters: limits.characters };
      await run(order(file, whole, timeMs), signal, (message) => {
        if (message.type !== 'facet') return;
        found.total = message.total;
        found.facets.push(message.facet);
      });
      return found;
    },
    async *stream(file, query, { signal, rows = limits.exportRows, timeMs = exportTimeMs }) {
      const left = new AbortController();
      const whole = { ...query, facets: null, rows, characters: Number.MAX_SAFE_INTEGER };
      let offered = Promise.withResolvers<{ piece: QueryPiece; taken(): void } | null>();
      const offer = async (piece: QueryPiece): Promise<void> => {
        const taken = Promise.withResolvers<void>();
        left.signal.addEventListener('abort', () => taken.resolve(), { once: true });
        offered.resolve({ piece, taken: taken.resolve });
        await taken.promise;
      };
      const ended: { failure: Error | null } = { failure: null };
      const running = run(order(file, whole, timeMs), AbortSignal.any([signal, left.signal]), async (message) => {
        if (message.type === 'columns') await offer({ columns: message.columns });
        else if (message.type === 'rows') await offer({ rows: message.rows });
        else if (message.type === 'end') await offer({ cut: message.cut });
      })
        .catch((error: unknown) => {
          ended.failure = error instanceof Error ? error : new Error(String(error));
        })
        .finally(() => offered.resolve(null));
      try {
        for (let next = await offered.promise; next !== null; next = await offered.promise) {
          offered = Promise.withResolvers();
          yield next.piece;
          next.taken();
        }
      } finally {
        // Also when nobody wants the rest: the process must not wait for ever.
        left.abort();
        await running;
      }
      if (ended.failure) throw ended.failure;
    },
  };
};
