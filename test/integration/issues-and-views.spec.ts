import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TruthEntry } from '../../src-main/contract/models/demo.ts';
import type { NamedView, ViewPage, ViewRow } from '../../src-main/contract/models/named-view.ts';
import type { LogRow } from '../../src-main/contract/models/provisioning-event.ts';
import { startDemoTenant, type DemoTenant } from '../../src-main/demo/start-tenant.ts';
import { getIssue, listIssues, muteIssue, unmuteIssue } from '../../src-main/services/issues/read-issues.ts';
import { readStatus } from '../../src-main/services/read-status.ts';
import { createViewReader } from '../../src-main/services/views/read-view.ts';
import { openDemoCollection, type DemoCollection } from '../support/collect-demo.ts';
import { failureOf } from '../support/failure-of.ts';

/** The simulation knows nothing of issues and views; here they have to fit what it planted, over real protocols. */
let tenant: DemoTenant;
let collection: DemoCollection;
let truth: TruthEntry[];
const readView = createViewReader();
const place = () => ({
  store: collection.store,
  clock: { now: () => new Date(tenant.nowMs) },
  jobId: tenant.ids.jobId,
});
const view = (name: NamedView, filter = {}, limit = 1000): Promise<ViewPage> =>
  readView({ ...place(), view: name, filter, page: { limit, withTotal: true } });
const idsOf = (rows: readonly ViewRow[]): string[] =>
  rows.map(({ subject }) => subject.entraId ?? `scim:${subject.scimId ?? ''}`).sort();
const planted = (fits: (entry: TruthEntry) => boolean): string[] => [
  ...new Set(
    truth
      .filter(fits)
      .map(({ subject }) => subject.entraId ?? `scim:${subject.scimId ?? ''}`)
      .sort(),
  ),
];

beforeAll(async () => {
  tenant = await startDemoTenant({ now: '2026-11-23T09:00:00Z', people: 150, seed: 7, throttling: false });
  collection = await openDemoCollection({ tenant });
  await collection.collect();
  await collection.crossCheck();
  truth = await tenant.truth();
}, 120_000);
afterAll(async () => {
  await collection.close();
  await tenant.close();
});

const allRows = async (): Promise<LogRow[]> => {
  const rows: LogRow[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await collection.store.log.page({}, { limit: 1000, ...(cursor ? { cursor } : {}) });
    rows.push(...page.rows);
    if (page.nextCursor === null) return rows;
    cursor = page.nextCursor;
  }
};

describe('issues of a collected tenant', () => {
  test('hold every failing row exactly once, and each leads to its rows', async () => {
    const failing = (await allRows()).filter(({ status }) => status === 'failure' || status === 'warning');
    const { rows, total, states } = await listIssues({ ...place(), filter: {}, page: { limit: 50, withTotal: true } });
    expect(rows.length).toBe(total);
    expect(states.open + states.muted + states.resolved).toBe(total);
    expect(rows.reduce((sum, issue) => sum + issue.rows, 0)).toBe(failing.length);
    for (const issue of rows) {
      const own = await collection.store.log.page({ issue: issue.id }, { limit: 1000 });
      const people = new Set(own.rows.map(({ subject }) => subject.entraId));
      expect(own.rows.length).toBe(issue.rows);
      expect(people.size).toBe(issue.affected.people + issue.affected.groups);
      expect([own.rows.at(-1)?.at, own.rows[0]?.at]).toEqual([issue.firstSeen, issue.lastSeen]);
    }
  });

  test('are one for each cause, whoever is named in the reason', async () => {
    const { rows } = await listIssues({ ...place(), filter: {}, page: { limit: 50 } });
    const causes = rows.map(({ errorCode, attribute }) => `${errorCode ?? ''} ${attribute ?? ''}`);
    expect(new Set(causes).size).toBe(causes.length);
    expect(rows.find(({ errorCode }) => errorCode === 'UnifiEntryConflict')).toMatchObject({
      attribute: 'userName',
      reason: expect.stringMatching(/^userName .* already exists$/) as string,
    });
  });

  test('explain themselves with the whole reason of the newest row and those who wait', async () => {
    const { rows } = await listIssues({ ...place(), filter: { text: 'conflict' }, page: { limit: 50 } });
    const found = await getIssue({ ...place(), id: rows[0]?.id ?? '' });
    expect(found).toMatchObject({ explanation: { match: 'suffix', knownAs: 'EntryConflict' } });
    expect(found?.fullReason?.length).toBeGreaterThan(300);
    expect(found?.people.length).toBe((found?.affected.people ?? 0) + (found?.affected.groups ?? 0));
    expect(await getIssue({ ...place(), id: 'none' })).toBeNull();
  });

  test('are muted with who and how large they were, open again when somebody more fails, and are unmuted', async () => {
    const { rows } = await listIssues({ ...place(), filter: { state: ['open'] }, page: { limit: 1 } });
    const id = rows[0]?.id ?? '';
    const muted = await muteIssue({ ...place(), id, by: 'ada@contoso.example', note: 'known' });
    expect(muted).toMatchObject({
      state: 'muted',
      mute: { by: 'ada@contoso.example', note: 'known', affected: muted.affected.people + muted.affected.groups },
    });
    await collection.store.issues.mute(id, { ...(muted.mute ?? raise()), affected: (muted.mute?.affected ?? 0) - 1 });
    const grown = await getIssue({ ...place(), id });
    expect(grown).toMatchObject({ state: 'open' });
    expect(grown?.because).toContain('has grown since');
    expect(await unmuteIssue({ ...place(), id })).toMatchObject({ state: 'open', mute: null });
    expect((await failureOf(muteIssue({ ...place(), id: 'none', by: null, note: null }))).code).toBe('input-invalid');
  });

  test('come in pages, behind a cursor that is checked', async () => {
    const page = await listIssues({ ...place(), filter: {}, page: { limit: 2 } });
    const next = await listIssues({
      ...place(),
      filter: {},
      page: { limit: 50, ...(page.nextCursor ? { cursor: page.nextCursor } : {}) },
    });
    const all = await listIssues({ ...place(), filter: {}, page: { limit: 50 } });
    expect([...page.rows, ...next.rows].map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id));
    const forged = listIssues({ ...place(), filter: {}, page: { limit: 2, cursor: 'forged' } });
    expect((await failureOf(forged)).code).toBe('input-invalid');
  });

  test('separate the skips that matter, as the log itself counts them', async () => {
    const { skips } = await readStatus(collection.store, place().clock, tenant.ids.jobId);
    const inside = (await allRows()).filter(
      ({ status, at }) => status === 'skipped' && at >= skips.from && at < skips.to,
    );
    expect(skips).toMatchObject({ total: inside.length, matter: inside.filter(({ benign }) => !benign).length });
    expect(skips.matter).toBeGreaterThan(0);
  });
});

describe('named views of a collected tenant', () => {
  test('stale links: every planted one, and accounts that vanished in UNIFI', async () => {
    const { rows, blind } = await view('stale-link');
    expect(idsOf(rows)).toEqual(planted(({ kind, cause }) => kind === 'stale-link' || cause === 'A11s'));
    expect(blind).toEqual([]);
  });

  test('successes without effect: every planted one', async () => {
    const { rows } = await view('silent-success');
    const wanted = planted(({ cause }) => cause === 'A11s' || cause === 'B10-ignored');
    expect(wanted).not.toEqual([]);
    for (const id of wanted) expect(idsOf(rows)).toContain(id);
    const disagreeing = new Set(planted(() => true));
    for (const id of idsOf(rows)) expect(disagreeing).toContain(id);
  });

  test('leavers: past due are exactly those whom the simulation left active', async () => {
    const { rows, counts } = await view('leaver-clock', { what: ['past-due'] });
    const left = ({ kind, pending }: TruthEntry): boolean =>
      (kind === 'active-source-gone' || kind === 'active-not-entitled') && pending !== true;
    expect(idsOf(rows)).toEqual(planted(left));
    expect(counts.find(({ value }) => value === 'past-due')?.count).toBe(rows.length);
    const days = rows.map((row) => (row.view === 'leaver-clock' ? (row.days ?? -1) : -1));
    expect(days).toEqual(days.toSorted((a, b) => b - a));
    // Entra deletes somebody 30 days after the deletion, and nobody is owed a deletion before that.
    const due = (await view('leaver-clock', { what: ['due'] })).rows;
    const untilDeletion = due.flatMap((row) =>
      row.view === 'leaver-clock' && row.owed === 'delete' ? [row.days ?? 99] : [],
    );
    expect(untilDeletion).not.toEqual([]);
    expect(Math.max(...untilDeletion)).toBeLessThan(31);
  });

  test('phantom updates: none where UNIFI keeps what it is sent', async () => {
    expect(await view('phantom-updates')).toMatchObject({ rows: [], blind: [] });
  });

  test('are filtered by word and text, and come in pages', async () => {
    const all = await view('leaver-clock');
    const name = all.rows[3]?.subject.name ?? '';
    expect(
      (await view('leaver-clock', { text: name.toUpperCase() })).rows.map(({ subject }) => subject.name),
    ).toContain(name);
    expect((await view('leaver-clock', { id: all.rows[7]?.id })).rows).toEqual([all.rows[7]]);
    const first = await view('leaver-clock', {}, 5);
    const rest = await readView({
      ...place(),
      view: 'leaver-clock',
      filter: {},
      page: { limit: 1000, ...(first.nextCursor ? { cursor: first.nextCursor } : {}) },
    });
    expect(idsOf([...first.rows, ...rest.rows])).toEqual(idsOf(all.rows));
  });

  test('say nothing about what a list that broke off does not name, and which source hides it', async () => {
    const before = await view('stale-link');
    await tenant.configure({ faults: [{ service: 'scim', kind: 'expired-token' }] });
    await collection.collect();
    const after = await view('stale-link');
    expect(before.rows.length).toBeGreaterThan(0);
    expect(after.rows).toEqual([]);
    expect(after.blind.map(({ source }) => source)).toContain('scim-users');
  });
});

const raise = (): never => {
  throw new Error('the issue is not muted');
};
