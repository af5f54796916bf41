import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { HistoryReads, SnapshotItems, SnapshotName } from '../../../src-main/services/ports.ts';
import { writeCsv } from './cross-check-duckdb.ts';

type Cells = readonly (string | boolean | null)[];

const readAll = async <N extends SnapshotName>(store: HistoryReads, name: N): Promise<SnapshotItems[N][]> => {
  const items: SnapshotItems[N][] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.snapshots.read<N>>> = await store.snapshots.read(name, {
      after,
      limit: 5000,
    });
    for (const { item } of page.items) items.push(item);
    after = page.next;
  } while (after !== null);
  return items;
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** One state, as files of the lists that are compared; `side` is `a` or `b`. */
export const writeStateCsv = async (directory: string, side: 'a' | 'b', store: HistoryReads): Promise<void> => {
  const write = (name: string, header: string, rows: Iterable<Cells>): Promise<void> =>
    writeCsv(join(directory, `${name}_${side}.csv`), header, rows);
  const users = await readAll(store, 'users');
  await write(
    'users',
    'id,display_name,upn,enabled,mail,department,given_name,nickname,surname',
    users.map((user) => [
      user.id,
      user.displayName,
      user.userPrincipalName,
      user.accountEnabled,
      user.mail,
      text(user.attributes['department']),
      text(user.attributes['givenName']),
      text(user.attributes['mailNickname']),
      text(user.attributes['surname']),
    ]),
  );
  const accounts = await readAll(store, 'scim-users');
  await write(
    'accounts',
    'id,display_name,user_name,active,external_id,given_name,family_name',
    accounts.map((account) => [
      account.id,
      account.displayName,
      account.userName,
      account.active,
      account.externalId,
      text(account.attributes['name.givenName']),
      text(account.attributes['name.familyName']),
    ]),
  );
  const groups = await readAll(store, 'groups');
  await write(
    'groups',
    'id,display_name',
    groups.map((group) => [group.id, group.displayName]),
  );
  const memberships = function* (members: SnapshotItems['group-members'][]): Iterable<Cells> {
    for (const { groupId, userIds } of members) for (const userId of userIds) yield [groupId, userId];
  };
  await write('members', 'group_id,member_id', memberships(await readAll(store, 'group-members')));
  const targetMemberships = function* (targets: SnapshotItems['scim-groups'][]): Iterable<Cells> {
    for (const { id, memberIds } of targets) for (const member of memberIds ?? []) yield [id, member];
  };
  await write('target_members', 'group_id,member_id', targetMemberships(await readAll(store, 'scim-groups')));
};

const lists = ['users', 'accounts', 'groups', 'members', 'target_members'];

const objects = (list: string, enabled: string | null, names: string[], others: string[]): string => {
  const differ = (columns: string[]): string =>
    columns.map((column) => `a.${column} IS DISTINCT FROM b.${column}`).join(' OR ') || 'false';
  return `SELECT '${list}' AS list,
      count(*) FILTER (a.id IS NULL) AS added, count(*) FILTER (b.id IS NULL) AS removed,
      count(*) FILTER (${enabled === null ? 'false' : `a.${enabled} AND NOT b.${enabled}`}) AS disabled,
      count(*) FILTER (${enabled === null ? 'false' : `NOT a.${enabled} AND b.${enabled}`}) AS enabled,
      count(*) FILTER (a.id IS NOT NULL AND b.id IS NOT NULL AND (${differ(names)})) AS renamed,
      count(*) FILTER (a.id IS NOT NULL AND b.id IS NOT NULL AND (${differ(others)})) AS changed
    FROM ${list}_a a FULL JOIN ${list}_b b ON a.id = b.id`;
};

const members = (list: string): string => `SELECT '${list}',
    count(*) FILTER (a.group_id IS NULL), count(*) FILTER (b.group_id IS NULL), 0, 0, 0, 0
  FROM ${list}_a a FULL JOIN ${list}_b b ON a.group_id = b.group_id AND a.member_id = b.member_id`;

const differences = [
  objects('users', 'enabled', ['display_name', 'upn'], ['mail', 'department', 'given_name', 'nickname', 'surname']),
  objects('accounts', 'active', ['display_name', 'user_name'], ['external_id', 'given_name', 'family_name']),
  objects('groups', null, ['display_name'], []),
  members('members'),
  members('target_members'),
].join(' UNION ALL ');

/** Loads both states and joins them: the time in milliseconds, and the counts by list and kind. */
export const diffInDuckDb = async (
  directory: string,
): Promise<{ ms: number; counts: Record<string, Record<string, number>> }> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const startedMs = performance.now();
  for (const list of lists) {
    for (const side of ['a', 'b']) {
      const file = join(directory, `${list}_${side}.csv`).replaceAll("'", "''");
      await connection.run(`CREATE TABLE ${list}_${side} AS SELECT * FROM read_csv('${file}', header = true)`);
    }
  }
  const rows = (await connection.runAndReadAll(differences)).getRowObjects();
  const ms = performance.now() - startedMs;
  connection.closeSync();
  instance.closeSync();
  const counts = Object.fromEntries(
    rows.map(({ list, ...kinds }) => [
      String(list as string),
      Object.fromEntries(
        Object.entries(kinds).flatMap(([kind, count]) => (Number(count) > 0 ? [[kind, Number(count)]] : [])),
      ),
    ]),
  );
  return { ms, counts };
};
