import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { logRecord } from './log-record.ts';

/* A program of its own that writes until it is killed: log rows, lists, the ledger. Says so once it has begun. */

const [, , file = ''] = process.argv;
const store = openSqliteHistory({ file });
for (let round = 0; ; round += 1) {
  const { id } = await store.runs.start(new Date().toISOString());
  await store.log.save(
    Array.from({ length: 300 }, (_, index) =>
      logRecord({
        id: `${process.pid}-${round}-${index}`,
        sourceName: `Person ${index}`,
        raw: JSON.stringify({ text: 'x'.repeat(1000) }),
      }),
    ),
  );
  await store.snapshots.begin('users');
  await store.snapshots.stage(
    'users',
    Array.from({ length: 200 }, (_, index) => ({
      id: `user-${round % 5}-${index}`,
      userPrincipalName: null,
      mail: null,
      displayName: `Person ${round}`,
      accountEnabled: true,
      createdAt: null,
      deletedAt: null,
      attributes: {},
    })),
  );
  await store.snapshots.apply('users', { runId: id, full: true });
  if (round === 0) process.stdout.write('begun\n');
}
