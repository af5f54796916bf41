import Database from 'better-sqlite3';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { purgeHashesOf } from '../../../../src-main/adapters/files/purge-key.ts';
import { openSqliteHistory } from '../../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { verifyHistory } from '../../../../src-main/adapters/sqlite/care/verify-history.ts';
import { resumePurges, runPurge } from '../../../../src-main/adapters/sqlite/purge/run-purge.ts';
import { logRecord } from '../log-record.ts';
import { makeFile } from '../store-fixture.ts';

const key = purgeHashesOf(Buffer.alloc(32, 5));
const options = { now: () => '2026-11-30T00:00:00.000Z', progress: () => undefined };
const upn = 'zenobia.quartz@demo.example';

const bytesOf = (file: string): string =>
  ['', '-wal'].map((end) => (existsSync(file + end) ? readFileSync(file + end, 'latin1') : '')).join('');

test(
  'a purge that cannot clear the file says so, withholds the person all the same, and goes on later',
  { timeout: 60_000 },
  async () => {
    const file = await makeFile();
    const store = openSqliteHistory({ file, purgeKey: key });
    await store.runs.start('2026-11-01T00:00:00Z');
    const rows = [logRecord({ id: 'row-1', sourceId: 'victim-7f3c', sourceName: 'Zenobia Quartz', sourceUpn: upn })];
    await store.log.save([...rows, logRecord({ id: 'row-2', sourceId: 'user-2', sourceName: 'Ada Silva' })]);
    await store.close();

    // Somebody reads the state from before, as a report does.
    const reader = new Database(file, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM log_rows').get();
    const done = runPurge({ file, ids: { entraIds: ['victim-7f3c'], scimIds: [] }, connection: 'demo', key }, options);
    expect(done.receipt.finishedAt).toBeNull();
    expect(done.unfinished).toMatchObject({ code: 'store-locked', advice: expect.stringContaining('purge --finish') });
    expect(done.unfinished?.message).toContain('The rows of the person are gone');
    reader.exec('COMMIT');
    reader.close();

    const again = openSqliteHistory({ file, purgeKey: key });
    expect(await again.purges.list()).toMatchObject([{ id: done.receipt.id, state: 'unfinished' }]);
    expect(await again.log.save(rows)).toEqual({ inserted: 0, updated: 0, withheld: 1 });
    expect((await again.log.page({}, { limit: 5 })).rows.map(({ id }) => id)).toEqual(['row-2']);
    await again.close();

    const purged = (): { good: boolean; sentence: string } | undefined =>
      verifyHistory(file, () => undefined).checks.find(({ id }) => id === 'purges');
    expect(purged()).toEqual({
      id: 'purges',
      good: false,
      sentence:
        '1 purge is not finished: traces may remain in indexes and free pages. "purge --finish" goes on with it.',
    });
    expect(resumePurges(file, options)).toMatchObject([{ id: done.receipt.id, finishedAt: options.now() }]);
    expect(purged()).toMatchObject({ good: true, sentence: 'Every purge was carried out to its end.' });
    expect(resumePurges(file, options)).toEqual([]);
    expect(bytesOf(file)).not.toMatch(/zenobia|victim-7f3c/iu);
  },
);

test('a purge of somebody who is not there changes nothing', { timeout: 60_000 }, async () => {
  const file = await makeFile();
  const store = openSqliteHistory({ file, purgeKey: key });
  await store.runs.start('2026-11-01T00:00:00Z');
  await store.log.save([
    logRecord({ id: 'row-1', sourceId: 'victim-7f3c', sourceName: 'Zenobia Quartz', sourceUpn: upn }),
  ]);
  await store.close();
  expect(() =>
    runPurge({ file, ids: { entraIds: ['nobody-here'], scimIds: [] }, connection: 'demo', key }, options),
  ).toThrow('Nobody of this id is stored.');
  const again = openSqliteHistory({ file, purgeKey: key });
  expect(await again.purges.list()).toEqual([]);
  expect((await again.log.page({}, { limit: 5 })).rows).toHaveLength(1);
  await again.close();
});
