import type { Failure } from '../../contract/failure.ts';
import { sourceNames } from '../../contract/models/run.ts';
import type {
  KeptAside,
  LogGap,
  Run,
  SourceFreshness,
  SourceName,
  SourceReport,
  SourceStatus,
} from '../../contract/models/run.ts';
import { AppError } from '../../core/app-error.ts';
import type { RunMark } from '../../core/history-diff/choose-state.ts';
import type { RunStore } from '../../services/ports.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { withholdTexts } from './purge/withhold-evidence.ts';
import { createWithholding } from './purge/withholding.ts';
import { runMomentSql } from './run-moment.ts';
import type { Statements } from './statements.ts';

interface RunRow {
  id: number;
  started_at: string;
  ended_at: string | null;
}

interface SourceRow {
  run_id: number;
  source: string;
  status: string;
  items: number;
  pages: number;
  requests: number;
  throttled_ms: number;
  malformed: number;
  withheld: number;
  covered_from_at: string | null;
  covered_to_at: string | null;
  started_at: string;
  ended_at: string;
  failure: string | null;
}

const insertRun = 'INSERT INTO runs (started_at) VALUES (?) RETURNING id, started_at, ended_at';
const endRun = 'UPDATE runs SET ended_at = ? WHERE id = ?';
const upsertSource = `INSERT OR REPLACE INTO run_sources (run_id, source, status, items, pages, requests, throttled_ms,
  malformed, withheld, covered_from_at, covered_to_at, started_at, ended_at, failure)
  VALUES (@run_id, @source, @status, @items, @pages, @requests, @throttled_ms,
  @malformed, @withheld, @covered_from_at, @covered_to_at, @started_at, @ended_at, @failure)`;
const keepAside = `INSERT INTO kept_aside (source, text, first_run, last_run) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET last_run = excluded.last_run`;
const keptAsideRows = `SELECT k.source, k.text, f.started_at AS firstSeen, l.started_at AS lastSeen
  FROM kept_aside k JOIN runs f ON f.id = k.first_run JOIN runs l ON l.id = k.last_run
  ORDER BY k.last_run DESC, k.source, k.text LIMIT 1000`;
const latestRun = 'SELECT id, started_at, ended_at FROM runs ORDER BY id DESC LIMIT 1';
const runById = 'SELECT id, started_at, ended_at FROM runs WHERE id = ?';
// Of runs that a retention has forgotten only those are there that versions name.
const isListed = `id >= coalesce((SELECT run_id FROM horizons WHERE kind = 'runs'), 0)`;
const runsBefore = `SELECT id, started_at, ended_at FROM runs WHERE id < ? AND ${isListed} ORDER BY id DESC LIMIT ? OFFSET ?`;
const countRuns = `SELECT count(*) AS n FROM runs WHERE ${isListed}`;
const sourcesOfRun = 'SELECT * FROM run_sources WHERE run_id = ? ORDER BY started_at, source';
const newestSources = `SELECT * FROM run_sources s
  WHERE run_id = (SELECT max(run_id) FROM run_sources n WHERE n.source = s.source AND n.run_id <= @upTo)`;
const lastComplete = `SELECT s.source, coalesce(r.ended_at, s.ended_at) AS at
  FROM run_sources s JOIN runs r ON r.id = s.run_id
  WHERE s.run_id = (SELECT max(run_id) FROM run_sources n
    WHERE n.source = s.source AND n.status = 'complete' AND n.run_id <= @upTo)`;
// States need both what they were and which runs there were.
const newestHorizon = `SELECT run_id AS run, at FROM horizons WHERE kind IN ('states', 'runs') ORDER BY run_id DESC LIMIT 1`;
const purgesInForce = 'SELECT count(*) AS n FROM purges WHERE lifted_at IS NULL';
const allMarks = `SELECT r.id, r.started_at, r.ended_at,
    ${runMomentSql('r')} AS at,
    EXISTS (SELECT 1 FROM run_sources s WHERE s.run_id = r.id AND s.status IN ('complete', 'partial')) AS collected
  FROM runs r ORDER BY r.id`;

const toRun = (row: RunRow): Run => ({ id: String(row.id), startedAt: row.started_at, endedAt: row.ended_at });

const toReport = (row: SourceRow): SourceReport => ({
  source: row.source as SourceName,
  status: row.status as SourceStatus,
  items: row.items,
  pages: row.pages,
  requests: row.requests,
  throttledMs: row.throttled_ms,
  malformed: row.malformed,
  ...(row.withheld > 0 ? { withheld: row.withheld } : {}),
  from: row.covered_from_at,
  to: row.covered_to_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  failure: row.failure === null ? null : (JSON.parse(row.failure) as Failure),
});

/** What is thrown for a run that is not in this history. */
export const unknownRun = (runId: string): AppError =>
  new AppError({
    code: 'run-unknown',
    message: `There is no run "${runId}" in this history.`,
    advice: 'List the runs, and take the id of one of them.',
  });

/** The number behind a run's id. Throws `run-unknown` for text that is none. */
export const runNumber = (runId: string): number => {
  if (!/^[1-9]\d{0,14}$/.test(runId)) throw unknownRun(runId);
  return Number(runId);
};

/** A run by its number, with what it got from every source; null when there is none. */
export const findRun = (statements: Statements, run: number): { run: Run; sources: SourceReport[] } | null => {
  const row = statements.get<[number], RunRow>(runById).get(run);
  return row
    ? { run: toRun(row), sources: statements.get<[number], SourceRow>(sourcesOfRun).all(run).map(toReport) }
    : null;
};

/** The newest report of every source by a run (its number), and the end of the newest run that had it whole. */
export const readFreshness = (statements: Statements, upTo: number): SourceFreshness[] => {
  const completeAt = new Map(
    statements
      .get<object, { source: string; at: string }>(lastComplete)
      .all({ upTo })
      .map((row) => [row.source, row.at]),
  );
  return statements
    .get<object, SourceRow>(newestSources)
    .all({ upTo })
    .map((row): SourceFreshness => ({ ...toReport(row), lastCompleteAt: completeAt.get(row.source) ?? null }))
    .sort((a, b) => sourceNames.indexOf(a.source) - sourceNames.indexOf(b.source));
};

/** Every run, oldest first, with the moment that its lists stand for. */
export const readMarks = (statements: Statements): RunMark[] =>
  statements
    .get<[], RunRow & { at: string; collected: number }>(allMarks)
    .all()
    .map((row) => ({ ...toRun(row), at: row.at, collected: row.collected === 1 }));

/** The ledger: what every run got from every source, and what of the log was lost. */
export const createRunStore = (statements: Statements, withholding = createWithholding(statements, null)): RunStore => {
  const reportsOf = (run: number): SourceReport[] =>
    statements.get<[number], SourceRow>(sourcesOfRun).all(run).map(toReport);

  return {
    async start(startedAt) {
      const row = statements.get<[string], RunRow>(insertRun).get(startedAt);
      if (!row) throw new Error('the run was not stored');
      return toRun(row);
    },
    async keepAside(runId, source, texts) {
      const run = runNumber(runId);
      if (texts.length === 0) return;
      const work = (): void => {
        const from = withholding.current();
        for (const text of from ? withholdTexts(texts, from).items : texts)
          statements.get(keepAside).run(source, text, run, run);
      };
      statements.database.transaction(work).immediate();
    },
    async saveSource(runId, report) {
      statements.get(upsertSource).run({
        run_id: runNumber(runId),
        source: report.source,
        status: report.status,
        items: report.items,
        pages: report.pages,
        requests: report.requests,
        throttled_ms: report.throttledMs,
        malformed: report.malformed,
        withheld: report.withheld ?? 0,
        covered_from_at: report.from,
        covered_to_at: report.to,
        started_at: report.startedAt,
        ended_at: report.endedAt,
        failure: report.failure === null ? null : JSON.stringify(report.failure),
      });
    },
    async keptAside() {
      return statements.get<[], KeptAside>(keptAsideRows).all();
    },
    async finish(runId, endedAt) {
      if (statements.get(endRun).run(endedAt, runNumber(runId)).changes === 0) throw unknownRun(runId);
    },
    async latest() {
      const row = statements.get<[], RunRow>(latestRun).get();
      return row ? { run: toRun(row), sources: reportsOf(row.id) } : null;
    },
    async list(page) {
      const before =
        page.cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor('runs', page.cursor, ['number'])[0];
      const found = statements
        .get<[number, number, number], RunRow>(runsBefore)
        .all(before, page.limit + 1, page.offset ?? 0);
      const rows = found.slice(0, page.limit);
      const last = rows.at(-1);
      return {
        rows: rows.map((row) => ({ ...toRun(row), sources: reportsOf(row.id) })),
        nextCursor: found.length > rows.length && last ? encodeCursor('runs', [last.id]) : null,
        ...(page.withTotal ? { total: statements.get<[], { n: number }>(countRuns).get()?.n ?? 0 } : {}),
      };
    },
    freshness: async () => readFreshness(statements, Number.MAX_SAFE_INTEGER),
    get: async (runId) => findRun(statements, runNumber(runId)),
    marks: async () => readMarks(statements),
    async kept() {
      const horizon = statements.get<[], { run: number; at: string }>(newestHorizon).get();
      return {
        statesFrom: horizon ? { run: String(horizon.run), at: horizon.at } : null,
        withheld: statements.get<[], { n: number }>(purgesInForce).get()?.n ?? 0,
      };
    },
    async saveGap(gap) {
      statements.get('INSERT OR IGNORE INTO log_gaps (from_at, to_at) VALUES (?, ?)').run(gap.from, gap.to);
    },
    async gaps() {
      return statements
        .get<[], LogGap>('SELECT from_at AS "from", to_at AS "to" FROM log_gaps ORDER BY from_at, to_at')
        .all();
    },
  };
};
