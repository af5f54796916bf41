import type { Api } from '../../src-main/contract/api.ts';
import type { Failure, Result } from '../../src-main/contract/failure.ts';
import type {
  QueryCell,
  QueryConsole as ConsoleOffer,
  QueryExport,
  QueryExportFormat,
  QueryFacets,
  QueryNarrowing,
  QueryResult,
  SavedQuery,
} from '../../src-main/contract/models/query.ts';
import { Resource } from './resource.svelte.ts';

/** A query that was run in this window, and how it ended. */
export interface PastQuery {
  key: number;
  sql: string;
  /** Epoch milliseconds. */
  at: number;
  rows: number | null;
  failure: Failure | null;
}

/** A row of the result under the number of its place. */
export interface NumberedRow {
  number: number;
  cells: QueryCell[];
}

const keptQueries = 20;
const copyLimit = 10_000;

/** The rows of a result, as the grid looks at them. */
class ResultRows {
  #console: QueryConsole;

  constructor(console: QueryConsole) {
    this.#console = console;
  }
  get count(): number {
    return this.#console.result.data?.rows.length ?? 0;
  }
  get epoch(): number {
    return this.#console.epoch;
  }
  row(index: number): NumberedRow | undefined {
    const cells = this.#console.result.data?.rows[index];
    return cells ? { number: index, cells } : undefined;
  }
  /** All of them are here already. */
  look(): void {}
  range(first: number, last: number): Promise<NumberedRow[]> {
    const rows = this.#console.result.data?.rows.slice(first, Math.min(last, first + copyLimit - 1) + 1) ?? [];
    return Promise.resolve(rows.map((cells, index) => ({ number: first + index, cells })));
  }
}

/** Queries run in this window, by connection: they survive leaving the view, not the window. */
const past = new Map<string, PastQuery[]>();
const drafts = new Map<string, string>();

/** The query console of one connection: what is offered, the text being written, the result, its counts. */
export class QueryConsole {
  readonly offer = new Resource<ConsoleOffer>();
  readonly result = new Resource<QueryResult>();
  readonly facets = new Resource<QueryFacets>();
  readonly exported = new Resource<QueryExport>();
  readonly saved = new Resource<SavedQuery>();
  readonly rows = new ResultRows(this);
  /** What the result shown is of: narrowing and counting go on from there, not from what is being typed. */
  shown = $state.raw<{ sql: string; narrowing: QueryNarrowing[] } | null>(null);
  /** Columns whose values are counted. */
  counted = $state.raw<number[]>([]);
  history = $state.raw<PastQuery[]>([]);
  running = $state.raw<string | null>(null);
  /** Grows with every result: places and selections of the one before mean nothing any more. */
  epoch = $state(0);
  #sql = $state('');
  #api: Api;
  #connection: string;

  constructor(api: Api, connection: string) {
    this.#api = api;
    this.#connection = connection;
    this.#sql = drafts.get(connection) ?? '';
    this.history = past.get(connection) ?? [];
  }

  get sql(): string {
    return this.#sql;
  }
  set sql(text: string) {
    this.#sql = text;
    drafts.set(this.#connection, text);
  }

  async open(): Promise<void> {
    await this.offer.load(() => this.#api.getConsole({ connection: this.#connection }));
    const [first] = this.offer.data?.examples ?? [];
    if (this.sql === '' && first) this.sql = first.sql;
  }

  /** Runs what is written, or the query shown with another narrowing. */
  async run(narrowing?: QueryNarrowing[]): Promise<void> {
    const again = narrowing !== undefined && this.shown !== null;
    const sql = again && this.shown ? this.shown.sql : this.sql;
    if (sql.trim() === '') return;
    this.stop();
    const callId = crypto.randomUUID();
    this.running = callId;
    this.exported.clear();
    await this.result.load(() =>
      this.#api.runQuery({ connection: this.#connection, callId, sql, narrowing: narrowing ?? [] }),
    );
    if (this.running !== callId) return;
    this.running = null;
    if (!again) this.#note(sql);
    if (this.result.state.kind !== 'ready') return;
    if (!again) this.counted = [];
    this.shown = { sql, narrowing: narrowing ?? [] };
    this.epoch += 1;
    this.count(this.counted);
  }

  /** Ends what runs. */
  stop(): void {
    if (this.running !== null) void this.#api.cancel({ callId: this.running });
  }

  /** Counts the values of these columns of the result shown. */
  count(columns: number[]): void {
    this.counted = columns;
    const { shown } = this;
    if (columns.length === 0 || shown === null) {
      this.facets.clear();
      return;
    }
    void this.facets.load(() => this.#count(shown, columns));
  }

  /** Keeps only rows with this value in this column; null takes the narrowing back. */
  narrow(column: number, value: { is: QueryCell } | null): void {
    const others = (this.shown?.narrowing ?? []).filter((one) => one.column !== column);
    void this.run(value === null ? others : [...others, { column, value: value.is }]);
  }

  export(format: QueryExportFormat): void {
    const { shown } = this;
    if (shown === null) return;
    const callId = crypto.randomUUID();
    void this.exported.load(() => this.#api.exportQuery({ connection: this.#connection, callId, ...shown, format }));
  }

  /** Keeps what is written under a name; a query of that name is overwritten when `replace` says so. */
  async save(name: string, options: { replace: boolean }): Promise<boolean> {
    await this.saved.load(() => this.#api.saveQuery({ connection: this.#connection, name, sql: this.sql, ...options }));
    void this.open();
    return this.saved.state.kind === 'ready';
  }

  async delete(name: string): Promise<Result<unknown>> {
    const result = await this.#api.deleteQuery({ connection: this.#connection, name });
    void this.open();
    return result;
  }

  /** A column's own narrowing is left aside, so that its other values can be chosen too. */
  async #count(shown: NonNullable<typeof this.shown>, columns: number[]): Promise<Result<QueryFacets>> {
    const results = await Promise.all(
      columns.map((column) =>
        this.#api.countQuery({
          connection: this.#connection,
          callId: crypto.randomUUID(),
          sql: shown.sql,
          narrowing: shown.narrowing.filter((one) => one.column !== column),
          columns: [column],
        }),
      ),
    );
    const found: QueryFacets = { total: 0, facets: [] };
    for (const result of results) {
      if (!result.ok) return result;
      found.total = Math.max(found.total, result.value.total);
      found.facets.push(...result.value.facets);
    }
    return { version: 1, ok: true, value: found };
  }

  #note(sql: string): void {
    const { data, failure } = this.result;
    const entry: PastQuery = {
      key: (this.history[0]?.key ?? 0) + 1,
      sql,
      at: Date.now(),
      rows: failure === null ? (data?.rows.length ?? 0) : null,
      failure,
    };
    this.history = [entry, ...this.history].slice(0, keptQueries);
    past.set(this.#connection, this.history);
  }
}
