import { beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../../src-main/contract/models/finding.ts';
import type { PersonFilter } from '../../../src-main/contract/models/person.ts';
import type { DirectoryUser } from '../../../src-main/core/model/directory.ts';
import type { TargetUser } from '../../../src-main/core/model/target.ts';
import type { HistoryStore, PersonState } from '../../../src-main/services/ports.ts';
import { openHistory } from './store-fixture.ts';

const entraId = (number: number): string => `5d1c9a1e-0000-4000-8000-00000000000${number}`;

const user = (number: number, displayName: string | null, own: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: entraId(number),
  userPrincipalName: `user${number}@demo.example`,
  mail: `mail${number}@demo.example`,
  displayName,
  accountEnabled: true,
  createdAt: '2026-01-01T00:00:00Z',
  deletedAt: null,
  attributes: { employeeId: `E-${number}00` },
  ...own,
});

const account = (number: number, own: Partial<TargetUser> = {}): TargetUser => ({
  id: `t${number}`,
  userName: `login${number}@demo.example`,
  externalId: `nick${number}`,
  active: true,
  displayName: `Account ${number}`,
  attributes: {},
  createdAt: null,
  lastModifiedAt: '2026-02-01T00:00:00Z',
  ...own,
});

const state = (own: Partial<PersonState> & Pick<PersonState, 'id'>): PersonState => ({
  entraId: own.id.startsWith('scim:') ? null : own.id,
  scimId: null,
  joinedBy: null,
  source: 'in-scope',
  target: 'absent',
  ...own,
});

const finding = (id: string, own: Partial<Finding> = {}): Finding => ({
  id,
  kind: 'missing-in-target',
  state: 'open',
  severity: 'high',
  subject: { type: 'user', entraId: entraId(1), scimId: null, name: 'Zoë Quill' },
  related: [],
  firstSeen: '2026-11-01T00:00:00.000Z',
  lastSeen: '2026-11-01T00:00:00.000Z',
  openedAt: '2026-11-01T00:00:00.000Z',
  verified: true,
  assumed: [],
  evidence: [],
  advice: 'Provision the person on demand.',
  ...own,
});

let store: HistoryStore;
let runId: string;

const collect = async (
  users: DirectoryUser[],
  accounts: TargetUser[],
  deleted: DirectoryUser[] = [],
): Promise<void> => {
  runId = (await store.runs.start('2026-11-01T00:00:00.000Z')).id;
  const lists = [
    ['users', users],
    ['scim-users', accounts],
    ['deleted-users', deleted],
  ] as const;
  for (const [name, items] of lists) {
    await store.snapshots.begin(name);
    await store.snapshots.stage(name, items as never);
    await store.snapshots.apply(name, { runId, full: true });
  }
};

const evaluate = (people: PersonState[], findings: Finding[] = []): Promise<void> =>
  store.findings.saveEvaluation({ runId, at: '2026-11-01T01:00:00.000Z', findings, people, notEvaluated: [] });

const names = async (filter: Parameters<HistoryStore['people']['page']>[0]): Promise<string[]> =>
  (await store.people.page(filter, { limit: 50 })).rows.map((row) => row.name);

beforeEach(async () => {
  store = await openHistory();
});

describe('people', () => {
  beforeEach(async () => {
    await collect(
      [user(1, 'Zoë Quill'), user(2, 'anton Nord'), user(3, null)],
      [account(1), account(9, { displayName: 'Local Admin' })],
      [user(4, 'Mara Gone', { deletedAt: '2026-10-30T00:00:00Z' })],
    );
    await evaluate(
      [
        state({ id: entraId(1), scimId: 't1', joinedBy: 'match-value', target: 'active' }),
        state({ id: entraId(2) }),
        state({ id: entraId(3), source: 'not-entitled' }),
        state({ id: entraId(4), source: 'soft-deleted' }),
        state({ id: entraId(5), source: 'deleted' }),
        state({ id: 'scim:t9', scimId: 't9', source: 'none', target: 'active' }),
      ],
      [
        finding('f1', { subject: { type: 'user', entraId: entraId(2), scimId: null, name: 'anton Nord' } }),
        finding('f2', {
          kind: 'member-missing',
          severity: 'medium',
          subject: { type: 'group', entraId: 'g1', scimId: 'tg1', name: 'Sales' },
          member: { entraId: entraId(1), scimId: 't1', name: 'Zoë Quill' },
        }),
        finding('f3', { state: 'resolved', resolvedAt: '2026-11-01T01:00:00.000Z' }),
      ],
    );
  });

  test('come by name, both sides joined, with their findings', async () => {
    const { rows, total } = await store.people.page({}, { limit: 50, withTotal: true });
    expect(total).toBe(6);
    expect(rows.map((row) => row.name)).toEqual([
      entraId(5),
      'anton Nord',
      'Local Admin',
      'Mara Gone',
      'user3@demo.example',
      'Zoë Quill',
    ]);
    expect(rows.at(-1)).toEqual({
      id: entraId(1),
      name: 'Zoë Quill',
      entra: {
        id: entraId(1),
        userPrincipalName: 'user1@demo.example',
        mail: 'mail1@demo.example',
        displayName: 'Zoë Quill',
        accountEnabled: true,
        createdAt: '2026-01-01T00:00:00Z',
        deletedAt: null,
      },
      scim: {
        id: 't1',
        userName: 'login1@demo.example',
        externalId: 'nick1',
        active: true,
        displayName: 'Account 1',
        createdAt: null,
        lastModifiedAt: '2026-02-01T00:00:00Z',
      },
      joinedBy: 'match-value',
      state: { source: 'in-scope', target: 'active' },
      findings: [{ id: 'f2', kind: 'member-missing', severity: 'medium' }],
    });
    expect(rows[2]).toMatchObject({ id: 'scim:t9', entra: null, scim: { id: 't9' } });
    expect(rows[3]?.entra?.deletedAt).toBe('2026-10-30T00:00:00Z');
  });

  test('are found by what either side knows of them', async () => {
    const wanted: [string, string[]][] = [
      ['zoe', ['Zoë Quill']],
      ['QUIL', ['Zoë Quill']],
      ['user1@demo.example', ['Zoë Quill']],
      ['mail1@', ['Zoë Quill']],
      ['login1@demo.example', ['Zoë Quill']],
      ['nick1', ['Zoë Quill']],
      ['t1', ['Zoë Quill']],
      ['E-100', ['Zoë Quill']],
      [entraId(1).toUpperCase(), ['Zoë Quill']],
      [entraId(5), [entraId(5)]],
      ['local adm', ['Local Admin']],
      ['mara', ['Mara Gone']],
      ['zoe nord', []],
      ['***', []],
    ];
    for (const [text, expected] of wanted) expect(await names({ text }), text).toEqual(expected);
  });

  test('are found by whole words one after the other, of either side', async () => {
    const wanted: [string, string[]][] = [
      ['zoe quill', ['Zoë Quill']],
      ['USER1@demo.example', ['Zoë Quill']],
      ['login1@demo.example', ['Zoë Quill']],
      ['demo.example', ['anton Nord', 'Local Admin', 'Mara Gone', 'user3@demo.example', 'Zoë Quill']],
      [entraId(1).toUpperCase(), ['Zoë Quill']],
      // Neither a beginning of a word nor another order will do.
      ['zoe qui', []],
      ['quill zoe', []],
      ['***', []],
    ];
    for (const [text, expected] of wanted) {
      expect(
        (await store.people.named(text, 50)).map(({ name }) => name),
        text,
      ).toEqual(expected);
    }
    expect(await store.people.named('zoe quill', 50)).toEqual(
      (await store.people.page({ text: 'zoe' }, { limit: 1 })).rows,
    );
    expect(await store.people.named('demo.example', 2)).toHaveLength(2);
  });

  test('are filtered by state and findings', async () => {
    expect(await names({ source: ['soft-deleted', 'none'] })).toEqual(['Local Admin', 'Mara Gone']);
    expect(await names({ target: ['active'], source: ['in-scope'] })).toEqual(['Zoë Quill']);
    expect(await names({ withFindings: true })).toEqual(['anton Nord', 'Zoë Quill']);
    expect(await names({ withFindings: false, target: ['absent'] })).toEqual([
      entraId(5),
      'Mara Gone',
      'user3@demo.example',
    ]);
    expect(await names({ text: 'demo.example', withFindings: true })).toEqual(['anton Nord', 'Zoë Quill']);
  });

  test('are counted by facet, each without its own filter', async () => {
    const counts = async (filter: PersonFilter): Promise<Record<string, Record<string, number>>> => {
      const facets = await store.people.facets(filter, ['source', 'target', 'withFindings']);
      const values = facets.map(({ values: list }) =>
        Object.fromEntries(list.map(({ value, count }) => [value, count])),
      );
      return Object.fromEntries(facets.map(({ name }, index) => [name, values[index] ?? {}]));
    };
    for (const filter of [
      {},
      { source: ['none', 'in-scope'] },
      { withFindings: true },
      { text: 'mara' },
    ] as PersonFilter[]) {
      const counted = await counts(filter);
      for (const [name, values] of Object.entries(counted)) {
        for (const [value, count] of Object.entries(values)) {
          const own = name === 'withFindings' ? value === 'true' : [value];
          const page = await store.people.page({ ...filter, [name]: own }, { limit: 1, withTotal: true });
          expect(page.total, `${name} ${value}`).toBe(count);
        }
      }
    }
    expect((await counts({}))['source']).toMatchObject({ none: 1, deleted: 1 });
    expect(await counts({ text: '???' })).toEqual({ source: {}, target: {}, withFindings: {} });
  });

  test('are paged by cursor and by jump alike', async () => {
    const all = await names({});
    const walked: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof store.people.page>> = await store.people.page(
        {},
        { limit: 2, ...(cursor === null ? {} : { cursor }) },
      );
      walked.push(...page.rows.map((row) => row.name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(walked).toEqual(all);
    const jump = await store.people.page({}, { limit: 2, offset: 3 });
    expect(jump.rows.map((row) => row.name)).toEqual(all.slice(3, 5));
  });

  test('go by one id, of either side', async () => {
    expect((await store.people.get(entraId(2)))?.findings.map((one) => one.id)).toEqual(['f1']);
    expect((await store.people.get('scim:t9'))?.name).toBe('Local Admin');
    expect(await store.people.get('scim:t1')).toBeNull();
    expect(await store.people.get('nobody')).toBeNull();
  });

  test('of the newest evaluation replace those before, under their new names', async () => {
    await collect([user(1, 'Zoë Vey')], [account(1)]);
    await evaluate([state({ id: entraId(1), scimId: 't1', joinedBy: 'link', target: 'inactive' })]);
    expect(await names({})).toEqual(['Zoë Vey']);
    expect(await names({ text: 'quill' })).toEqual([]);
    expect((await store.people.get(entraId(1)))?.state.target).toBe('inactive');
  });
});

describe('findings', () => {
  const evaluation = [
    finding('a', { state: 'pending' }),
    finding('b', {
      kind: 'orphan-in-target',
      severity: 'medium',
      subject: { type: 'user', entraId: null, scimId: 't9', name: 'Local Admin' },
    }),
    finding('c', {
      severity: 'low',
      kind: 'attribute-drift',
      attribute: 'title',
      subject: { type: 'user', entraId: entraId(2), scimId: 't2', name: 'Anton Nord' },
    }),
    finding('d', {
      kind: 'member-extra',
      subject: { type: 'group', entraId: 'g1', scimId: 'tg1', name: 'Sales' },
      member: { entraId: entraId(2), scimId: 't2', name: 'Anton Nord' },
    }),
  ];

  beforeEach(async () => {
    await collect([user(1, 'Zoë Quill'), user(2, 'Anton Nord')], [account(2), account(9)]);
    await evaluate([], evaluation);
  });

  const found = async (filter: Parameters<HistoryStore['findings']['page']>[0]): Promise<string> =>
    (await store.findings.page(filter, { limit: 50 })).rows.map((row) => row.id).join('');

  test('come open before pending, the worst first, whole as they were given', async () => {
    expect(await found({})).toBe('dbca');
    expect(await store.findings.get('c')).toEqual(evaluation[2]);
    expect(await store.findings.get('nothing')).toBeNull();
    expect((await store.findings.previous()).map((one) => one.id).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('are filtered by kind, state, severity, subject or member, and text of either side', async () => {
    expect(await found({ kind: ['member-extra', 'attribute-drift'] })).toBe('dc');
    expect(await found({ state: ['pending'] })).toBe('a');
    expect(await found({ severity: ['medium'], state: ['open'] })).toBe('b');
    expect(await found({ subject: entraId(2) })).toBe('dc');
    expect(await found({ subject: 'scim:t2' })).toBe('dc');
    expect(await found({ subject: 'g1' })).toBe('d');
    expect(await found({ subject: 't2' })).toBe('');
    expect(await found({ text: 'anton' })).toBe('dc');
    expect(await found({ text: 'ZOE' })).toBe('a');
    expect(await found({ text: 'login9@' })).toBe('b');
    expect(await found({ text: '%_"' })).toBe('');
  });

  test('are counted by facet, each without its own filter', async () => {
    const facets = await store.findings.facets({ state: ['open'] }, ['state', 'severity']);
    expect(facets).toEqual([
      {
        name: 'state',
        values: [
          { value: 'open', count: 3 },
          { value: 'pending', count: 1 },
        ],
      },
      {
        name: 'severity',
        values: [
          { value: 'high', count: 1 },
          { value: 'low', count: 1 },
          { value: 'medium', count: 1 },
        ],
      },
    ]);
    const page = await store.findings.page({ state: ['open'] }, { limit: 2, withTotal: true });
    expect(page.total).toBe(3);
    const next = await store.findings.page({ state: ['open'] }, { limit: 2, cursor: page.nextCursor ?? '' });
    expect(next.rows.map((row) => row.id)).toEqual(['c']);
    expect(next.nextCursor).toBeNull();
  });

  test('that were resolved stay known by id; what is gone without a word is dropped', async () => {
    const resolved = { ...finding('b'), state: 'resolved' as const, resolvedAt: '2026-11-02T00:00:00.000Z' };
    await collect([], []);
    await evaluate([], [resolved]);
    expect(await found({})).toBe('b');
    await collect([], []);
    await evaluate([], []);
    expect((await store.findings.previous()).map((one) => [one.id, one.state])).toEqual([['b', 'resolved']]);
    expect(await store.counts()).toMatchObject({ findingsOpen: 0, findingsPending: 0 });
  });

  test('name the evaluation they come from, and what it left out', async () => {
    const fresh = await openHistory();
    expect(await fresh.findings.evaluation()).toBeNull();
    const notEvaluated = [{ kind: 'stale-link' as const, reason: 'the log was not complete', count: 3 }];
    await store.findings.saveEvaluation({
      runId,
      at: '2026-11-03T00:00:00.000Z',
      findings: [],
      people: [],
      notEvaluated,
    });
    expect(await store.findings.evaluation()).toEqual({ runId, at: '2026-11-03T00:00:00.000Z', notEvaluated });
  });
});
