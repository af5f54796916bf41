import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgressEvent } from '../../src-main/contract/events.ts';
import { startDemoTenant, type DemoTenant } from '../../src-main/demo/start-tenant.ts';
import { investigate } from '../../src-main/services/investigate.ts';
import { investigateBatch, type InvestigateBatchOptions } from '../../src-main/services/investigate-batch.ts';
import { openDemoCollection, type DemoCollection } from '../support/collect-demo.ts';
import { failureOf } from '../support/failure-of.ts';

let tenant: DemoTenant;
let collection: DemoCollection;

beforeAll(async () => {
  tenant = await startDemoTenant({ now: '2026-11-23T09:00:00Z', people: 300, days: 20, seed: 3, throttling: false });
  collection = await openDemoCollection({ tenant });
  await collection.collect();
  await collection.crossCheck();
}, 120_000);
afterAll(async () => {
  await collection.close();
  await tenant.close();
});

const common = () => ({
  store: collection.store,
  clock: { now: () => new Date(tenant.nowMs) },
  jobId: tenant.ids.jobId,
});
const batch = (people: InvestigateBatchOptions['people'], own: Partial<InvestigateBatchOptions> = {}) =>
  investigateBatch({
    ...common(),
    people,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...own,
  });
const linesOf = (names: readonly string[]) => ({ lines: names.map((who, index) => ({ line: index + 1, who })) });

test('a batch says of everybody what the investigation of each one says, in the order of the list', async () => {
  const { rows: people } = await collection.store.people.page({}, { limit: 1000 });
  // More than are read at once, by ids and by names that may fit several or nobody.
  const names = [...people.map(({ id }) => id), ...people.slice(0, 40).map(({ name }) => name), 'nobody-of-that-name'];
  const wanted = [...new Set(names)];
  const { rows, repeated } = await batch(linesOf(wanted));
  expect(repeated).toEqual([]);
  expect(rows.map(({ who }) => who)).toEqual(wanted);
  expect(new Set(rows.map(({ cause }) => cause)).size).toBeGreaterThan(8);
  for (const [index, who] of wanted.entries()) {
    const { subject, question, verdict, candidates } = await investigate({ ...common(), who });
    expect(rows[index]).toEqual({
      line: index + 1,
      who,
      id: subject.id,
      member: null,
      name: subject.id === null ? who : subject.name,
      question,
      cause: verdict.cause,
      sentence: verdict.sentence,
      certainty: verdict.certainty,
      actor: verdict.actor,
      nextStep: verdict.steps[0] ?? null,
      expectedBy: verdict.expectedBy ?? null,
      candidates: candidates?.length ?? 0,
    });
  }
});

test('a line that names somebody again is left out and named, whatever its case', async () => {
  const { rows, repeated } = await batch(linesOf(['Zoë', 'nobody', 'ZOE\u0308', ' nobody ']));
  expect(rows.map(({ line }) => line)).toEqual([1, 2]);
  expect(repeated).toEqual([
    { line: 3, who: 'ZOE\u0308', sameAs: 1 },
    { line: 4, who: ' nobody ', sameAs: 2 },
  ]);
});

test('everybody with a finding of a kind is asked about under their name, each once', async () => {
  const { rows: findings } = await collection.store.findings.page(
    { kind: ['missing-in-target'], state: ['open', 'pending'] },
    { limit: 1000 },
  );
  const { rows, repeated } = await batch({ finding: 'missing-in-target' });
  expect(rows.length + repeated.length).toBe(findings.length);
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(findings.map(({ subject }) => subject.entraId)));
  expect(rows.map(({ who }) => who)).toEqual(rows.map(({ name }) => name));
});

test.each(['member-missing', 'attribute-drift', 'group-missing-in-target'] as const)(
  'findings of the kind %s, about groups and members as well, get the verdict of each',
  async (kind) => {
    const { rows } = await batch({ finding: kind });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const { verdict, subject, member } = await investigate({
        ...common(),
        who: row.id ?? '',
        ...(row.member === null ? {} : { member: row.member }),
      });
      expect({ id: row.id, member: row.member }).toEqual({ id: subject.id, member: member?.id ?? null });
      expect(row.sentence).toBe(verdict.sentence);
    }
    expect(rows.every(({ member }) => (member !== null) === (kind === 'member-missing'))).toBe(true);
  },
);

test('a batch tells how far it is, and stops when it is cancelled', async () => {
  const { rows: people } = await collection.store.people.page({}, { limit: 120 });
  const list = linesOf(people.map(({ id }) => id));
  const told: Pick<ProgressEvent, 'phase' | 'items' | 'total'>[] = [];
  await batch(list, { progress: ({ phase, items, total }) => told.push({ phase, items, total }) });
  expect(told.map(({ items }) => items)).toEqual([0, 25, 50, 75, 100]);
  expect(told[0]).toEqual({ phase: 'investigating', items: 0, total: 120 });

  const controller = new AbortController();
  const stopped = batch(list, { signal: controller.signal, progress: ({ items }) => items > 0 && controller.abort() });
  expect(await failureOf(stopped)).toMatchObject({ code: 'cancelled' });
});
