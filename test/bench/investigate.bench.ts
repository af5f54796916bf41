import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { openWorkerHistory } from '../../src-main/adapters/sqlite/open-worker-history.ts';
import type { Person } from '../../src-main/contract/models/person.ts';
import { investigate } from '../../src-main/services/investigate.ts';
import { investigateBatch } from '../../src-main/services/investigate-batch.ts';
import { benchClock, fillInvestigatedHistory, jobId } from './support/investigated-history.ts';
import { note, p95, printFigures, round, scale, timed, type Figure } from './support/measure.ts';

/*
 * Verdicts from the stored state of 100,000 people and a million log rows, through the threads that serve the window:
 * one person after the other by id, sign-in name and name, a group, and a list of a thousand. BENCH_HISTORY_FILE keeps
 * the database for another run.
 */

const size = {
  people: Math.max(2000, Math.round(100_000 * scale)),
  groups: Math.max(10, Math.round(2000 * scale)),
  logRows: Math.round(1_000_000 * scale),
  auditEvents: Math.round(50_000 * scale),
};
const asked = 200;
const listed = 1000;
const kept = process.env['BENCH_HISTORY_FILE'];
const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-bench-'));
const file = kept ?? join(folder, 'history.sqlite');
const figures: Figure[] = [
  { name: 'people', value: size.people, unit: 'people' },
  { name: 'log rows', value: size.logRows, unit: 'rows' },
];

if (!existsSync(file)) {
  const store = openSqliteHistory({ file });
  note(`filled in ${Math.round((await timed(() => fillInvestigatedHistory(store, size))).ms / 1000)} s`);
  await store.close();
}
const store = await openWorkerHistory({ file });

/** People from all over the company, so that nothing of one was just read for another. */
const pick = async (count: number): Promise<Person[]> => {
  const people: Person[] = [];
  const step = Math.floor(size.people / count);
  for (let offset = 0; people.length < count; offset += step) {
    people.push(...(await store.people.page({}, { limit: 1, offset })).rows);
    if (offset > 2 * size.people) throw new Error('The benchmark found too few people.');
  }
  return people;
};

const add = (figure: Figure): void => {
  figures.push(figure);
  note(`${figure.met === false ? 'SLOW' : 'ok  '} ${figure.name}: ${figure.value} ${figure.unit}`);
};

/** One after the other; every verdict has to be about somebody. */
const measureSingle = async (name: string, whos: readonly string[]): Promise<void> => {
  const ask = (who: string) => investigate({ store, clock: benchClock, jobId, who });
  // The first questions start the reading threads.
  for (const who of whos.slice(0, 5)) await ask(who);
  const times: number[] = [];
  for (const who of whos) {
    const { ms, value } = await timed(() => ask(who));
    if (value.verdict.sentence === '') throw new Error(`There is no verdict about ${who}.`);
    times.push(ms);
  }
  const value = p95(times);
  add({
    name: `investigate by ${name}, p95 of ${times.length}`,
    value: round(value),
    unit: 'ms',
    target: '< 100',
    met: value < 100,
  });
};

const measureBatch = async (name: string, whos: readonly string[]): Promise<void> => {
  const lines = whos.map((who, index) => ({ line: index + 1, who }));
  const { ms, value } = await timed(() =>
    investigateBatch({
      store,
      clock: benchClock,
      jobId,
      people: { lines },
      signal: new AbortController().signal,
      progress: () => undefined,
    }),
  );
  const decided = value.rows.filter(({ id }) => id !== null).length;
  if (decided < value.rows.length * 0.9) throw new Error(`Only ${decided} of ${value.rows.length} were found.`);
  add({
    name: `batch of ${value.rows.length} by ${name}`,
    value: round(ms / 1000),
    unit: 's',
    target: '< 10',
    met: ms < 10_000,
  });
};

try {
  const people = await pick(listed);
  const some = people.filter((_, index) => index % Math.floor(listed / asked) === 0);
  const addressOf = ({ id, entra }: Person): string => entra?.userPrincipalName ?? id;
  await measureSingle(
    'id',
    some.map(({ id }) => id),
  );
  await measureSingle('sign-in name', some.map(addressOf));
  await measureSingle(
    'name',
    some.map(({ name }) => name),
  );
  const groups = await store.groups.find('Team', asked);
  await measureSingle(
    'group',
    groups.map(({ id }) => id),
  );
  await measureBatch(
    'id',
    people.map(({ id }) => id),
  );
  await measureBatch('sign-in name', [...new Set(people.map(addressOf))]);
} finally {
  await store.close();
  await rm(folder, { recursive: true, force: true });
}
printFigures('investigate', figures);
