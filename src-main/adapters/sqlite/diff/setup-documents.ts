import type { SourceFreshness } from '../../../contract/models/run.ts';
import { runMoment } from '../../../core/model/run-moment.ts';
import type { DocumentName, JobAtRun, SetupDocuments } from '../../../services/ports.ts';
import { secondSeq, perSecond } from '../log/log-seq.ts';
import { findRun, readFreshness, unknownRun } from '../run-store.ts';
import type { Statements } from '../statements.ts';
import type { RunRange } from './changed-keys.ts';

const versionAt = `SELECT json FROM documents WHERE name = ? AND since_run <= ? ORDER BY since_run DESC LIMIT 1`;
/** A job's document changes with every cycle; these are the parts that its state is told by. */
const stateVersions = `WITH versions AS (
    SELECT since_run, (SELECT group_concat(concat_ws('|', j.value ->> '$.id', j.value ->> '$.schedule.state',
        j.value ->> '$.status.code', j.value ->> '$.status.quarantine.reason',
        j.value ->> '$.status.lastExecution.state', j.value ->> '$.status.countSuccessiveCompleteFailures' > 0))
      FROM json_each(d.json) j) AS told
    FROM documents d WHERE name = 'jobs' AND since_run > @from AND since_run <= @to
  )
  SELECT since_run AS run, told IS lag(told) OVER (ORDER BY since_run) AS is_same FROM versions ORDER BY since_run`;
const newestRow = 'SELECT at FROM log_rows WHERE seq < ? ORDER BY seq DESC LIMIT 1';

const documentAt = (statements: Statements, name: DocumentName, run: number): string | null =>
  statements.get<[string, number], { json: string }>(versionAt).get(name, run)?.json ?? null;

const documentsAt = (statements: Statements, run: number): SetupDocuments => ({
  schema: documentAt(statements, 'schema', run),
  'job-settings': documentAt(statements, 'job-settings', run),
  jobs: documentAt(statements, 'jobs', run),
  application: documentAt(statements, 'application', run),
  'scim-config': documentAt(statements, 'scim-config', run),
});

const jobAt = (statements: Statements, number: number): JobAtRun => {
  const found = findRun(statements, number);
  if (!found) throw unknownRun(String(number));
  const at = runMoment(found.run, found.sources);
  const sources: SourceFreshness[] = readFreshness(statements, number);
  return {
    run: found.run,
    at,
    jobs: documentAt(statements, 'jobs', number),
    sources,
    logNewestAt: statements.get<[number], { at: string }>(newestRow).get(secondSeq(at) + perSecond)?.at ?? null,
  };
};

/** Documents at both ends, and the job at both ends and wherever what its state is told by changed in between. */
export const readSetups = (
  statements: Statements,
  range: RunRange,
): { before: SetupDocuments; after: SetupDocuments; jobs: JobAtRun[] } => {
  const between = statements
    .get<object, { run: number; is_same: number }>(stateVersions)
    .all({ ...range })
    .filter(({ is_same: isSame, run }) => isSame !== 1 && run !== range.to)
    .map(({ run }) => run);
  return {
    before: documentsAt(statements, range.from),
    after: documentsAt(statements, range.to),
    jobs: [range.from, ...between, range.to].map((run) => jobAt(statements, run)),
  };
};
