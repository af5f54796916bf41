import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeCaseFile } from '../../src-main/adapters/sqlite/case-file/write-case-file.ts';
import type { SourceReport } from '../../src-main/contract/models/run.ts';
import { runMoment } from '../../src-main/core/model/run-moment.ts';
import { openReportMaker } from '../support/report-maker.ts';
import { makeFile, openHistory } from './sqlite/store-fixture.ts';

/*
 * A collection that was killed has no end. Wherever the moment is told that its lists stand for, it is the end of its
 * last source: what it read is younger than its beginning.
 */

const startedAt = '2026-11-23T11:00:00.000Z';
const users: SourceReport = {
  ...{ source: 'users', status: 'complete', items: 1, pages: 1, requests: 1, throttledMs: 0, malformed: 0 },
  ...{ from: null, to: null, startedAt, endedAt: '2026-11-23T11:48:00.000Z', failure: null },
};

test('a report and a case file date a killed collection by its last source', async () => {
  const file = await makeFile();
  const store = await openHistory(file);
  const run = await store.runs.start(startedAt);
  await store.runs.saveSource(run.id, users);
  const moment = runMoment(run, [users]);
  expect(moment).toBe(users.endedAt);
  expect((await store.runs.marks()).map(({ at }) => at)).toEqual([moment]);

  const maker = await openReportMaker(store, { now: '2026-11-23T12:00:00Z' });
  onTestFinished(() => maker.close());
  const report = await maker.make({ kind: 'log' }, 'json');
  const written = await readFile(report.file ?? '', 'utf8');
  expect(written).toContain('11:48');
  expect(written).not.toContain('11:00');

  const { collectedAt } = writeCaseFile({
    source: file,
    target: join(maker.folder, 'case.db'),
    // It was still reading at the beginning of this period.
    scope: { what: 'period', from: '2026-11-23T11:30:00.000Z', to: '2026-11-23T12:00:00.000Z' },
    redaction: null,
    about: { version: '0.1.0', connection: 'contoso', tenantId: 't', jobId: null, writtenAt: startedAt },
    progress: () => undefined,
  });
  expect(collectedAt).toBe(moment);
});
