import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSignIn } from '../../src-main/adapters/entra/create-sign-in.ts';
import { createGraph } from '../../src-main/adapters/graph/create-graph.ts';
import { createFetch } from '../../src-main/adapters/net/create-fetch.ts';
import { limitRequests } from '../../src-main/adapters/net/limit-requests.ts';
import { createScimDirectory } from '../../src-main/adapters/scim/create-scim-directory.ts';
import { createMemoryVault } from '../../src-main/adapters/secrets/memory-vault.ts';
import type { Investigation, SourceAge } from '../../src-main/contract/models/investigation.ts';
import type { SourceName } from '../../src-main/contract/models/run.ts';
import { startDemoTenant, type DemoTenant } from '../../src-main/demo/start-tenant.ts';
import { investigateLive } from '../../src-main/services/investigate-live.ts';
import { investigate } from '../../src-main/services/investigate.ts';
import { mostRequests } from '../../src-main/services/investigation/look-at-person.ts';
import { openDemoCollection, type DemoCollection } from '../support/collect-demo.ts';
import {
  aGroup,
  anAccount,
  anAssignment,
  aRow,
  aUser,
  createLookWorld,
  groupId,
  iso,
  startMs,
  userId,
  type LookWorld,
} from '../support/look-world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const ada = userId(1);
const bea = userId(2);
const adaName = 'ada@contoso.example';

let company: LookWorld;
let tenant: DemoTenant;
let collection: DemoCollection;
let signIn: ReturnType<typeof createSignIn>;

/** Ada is a direct member of the assigned group "Staff", and linked to the account u-1 by a row of last week. */
beforeEach(async () => {
  company = createLookWorld();
  company.users.push(aUser(1, 'Ada'), aUser(2, 'Bea'));
  company.groups.push(aGroup(1, 'Staff'));
  company.members.set(groupId(1), [ada]);
  company.assignments.push(anAssignment(groupId(1), 'Staff', 'Group'));
  company.accounts.push(anAccount('u-1', adaName, { externalId: 'E-1' }));
  company.rows.push(aRow(company.world, { id: 'row-1', atMs: startMs - 7 * 24 * hourMs, user: ada, target: 'u-1' }));
  tenant = await startDemoTenant({ world: company.world, throttling: false });
  collection = await openDemoCollection({ tenant });
  signIn = createSignIn({
    connection: collection.connection,
    vault: createMemoryVault(),
    env: {},
    fetch: createFetch({}),
    openBrowser: (url) => tenant.visitSignIn(url),
  });
  await signIn.signIn({ mode: 'interactive', signal: new AbortController().signal, onDeviceCode: () => undefined });
}, 60_000);
afterEach(async () => {
  await collection.close();
  await tenant.close();
});

const collect = async (): Promise<void> => {
  await collection.collect();
  await collection.crossCheck();
};

const passTime = async (ms: number): Promise<void> => {
  await tenant.advanceTo(company.nowMs + ms);
};

const clock = { now: () => new Date(company.nowMs) };

const look = (
  who: string,
  options: { most?: number; signal?: AbortSignal; patienceMs?: number } = {},
): Promise<Investigation> => {
  const { connection, store } = collection;
  const limited = limitRequests(createFetch({}), options.most ?? mostRequests);
  const env = { UNIFI_MONITOR_REPORTS_PER_10S: '10000' };
  return investigateLive(
    {
      graph: createGraph({ connection, tokens: signIn, fetch: limited.fetch, clock, env }),
      scim: createScimDirectory({
        baseUrl: tenant.scimBaseUrl,
        token: async () => tenant.credentials.scimToken,
        fetch: limited.fetch,
      }),
      bugs: {
        record: (error) => {
          throw error;
        },
      },
      requests: limited.used,
      ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
    },
    {
      store,
      clock,
      jobId: tenant.ids.jobId,
      servicePrincipalId: tenant.ids.servicePrincipalId,
      who,
      signal: options.signal ?? new AbortController().signal,
    },
  );
};
const ask = (who: string): Promise<Investigation> =>
  investigate({ store: collection.store, clock, jobId: tenant.ids.jobId, who });

const ageOf = ({ live }: Investigation, source: SourceName): SourceAge | undefined =>
  live?.ages.find((age) => age.source === source);
const failed = ({ live }: Investigation): SourceName[] =>
  (live?.ages ?? []).filter(({ failure }) => failure !== null).map(({ source }) => source);
const outcomeOf = ({ path }: Investigation, rule: string): string | undefined =>
  path.find((one) => one.rule === rule)?.outcome;

describe('the account of a person', () => {
  test('the linked one stays the account when another one has the user name now', async () => {
    await collect();
    Object.assign(company.accounts[0] as object, { userName: 'ada.old@contoso.example' });
    company.accounts.push(anAccount('u-2', adaName));
    await passTime(hourMs);
    const live = await look(ada);
    expect(live.subject.scimId).toBe('u-1');
    await collect();
    expect((await ask(ada)).subject.scimId).toBe('u-1');
  });

  test('a linked one that holds the user name of somebody else gives way, as in the cross-check', async () => {
    await collect();
    Object.assign(company.accounts[0] as object, { userName: 'bea@contoso.example', externalId: 'E-2' });
    company.accounts.push(anAccount('u-2', adaName));
    await passTime(hourMs);
    const live = await look(ada);
    await collect();
    const stored = await ask(ada);
    expect(stored.subject.scimId).toBe('u-2');
    expect(live.subject.scimId).toBe(stored.subject.scimId);
  });

  test.each([
    [
      'an active one before the smallest id',
      [
        ['u-3', true],
        ['u-2', false],
      ],
      'u-3',
    ],
    [
      'the one with the externalId before the smallest id',
      [
        ['u-2', true],
        ['u-3', true, 'E-2'],
      ],
      'u-3',
    ],
    [
      'the smallest id of equals',
      [
        ['u-4', true],
        ['u-3', true],
      ],
      'u-3',
    ],
  ] as [string, [string, boolean, string?][], string][])('of several, %s', async (_, accounts, chosen) => {
    company.members.set(groupId(1), [ada, bea]);
    await collect();
    for (const [id, active, externalId] of accounts)
      company.accounts.push(anAccount(id, 'bea@contoso.example', { active, ...(externalId ? { externalId } : {}) }));
    await passTime(hourMs);
    const live = await look(bea);
    await collect();
    expect((await ask(bea)).subject.scimId).toBe(chosen);
    expect(live.subject.scimId).toBe(chosen);
  });

  test('a second active one is told, and is not told any more once it is gone', async () => {
    await collect();
    company.accounts.push(anAccount('u-2', adaName));
    await passTime(hourMs);
    expect((await look(ada)).verdict).toMatchObject({ cause: 'B1' });
    await collect();
    expect((await ask(ada)).verdict).toMatchObject({ cause: 'B1' });
    Object.assign(company.accounts[1] as object, { userName: 'ada2@contoso.example', externalId: 'E-1' });
    expect((await look(ada)).verdict.cause).toBe('B1');
    company.accounts.pop();
    const live = await look(ada);
    expect(live).toMatchObject({ question: 'as-it-should-be', verdict: { cause: null } });
    expect(live.live?.requests).toBeLessThanOrEqual(mostRequests);
  });

  test('of nobody in Entra, it is asked for again, and Entra for somebody who has its user name by now', async () => {
    company.accounts.push(anAccount('u-5', 'eva@contoso.example'));
    await collect();
    const alone = await look('scim:u-5');
    expect(alone.verdict.cause).toBe('B2');
    expect(ageOf(alone, 'users')).toMatchObject({ isLive: false, part: expect.stringMatching(/has none/u) as string });
    expect(ageOf(alone, 'scim-users')).toMatchObject({ isLive: true });
    company.users.push(aUser(5, 'Eva'));
    expect(await look('scim:u-5')).toMatchObject({ subject: { entraId: userId(5), scimId: 'u-5' } });
    company.users.pop();
    company.accounts.pop();
    expect(await look('scim:u-5')).toMatchObject({ subject: { scimId: null }, question: 'missing' });
  });

  test('a row that was written since the collection links, too', async () => {
    company.members.set(groupId(1), [ada, bea]);
    await collect();
    company.accounts.push(anAccount('u-9', 'b.a@contoso.example'));
    company.rows.push(aRow(company.world, { id: 'row-2', atMs: startMs + 10 * minuteMs, user: bea, target: 'u-9' }));
    await passTime(2 * hourMs);
    expect((await look(bea)).subject.scimId).toBe('u-9');
  });

  test('one that was deleted in UNIFI is not there any more', async () => {
    await collect();
    company.accounts.splice(0);
    await passTime(hourMs);
    const { question, subject, live } = await look(ada);
    expect(question).toBe('missing');
    expect(subject.scimId).toBeNull();
    expect(live?.ages.find(({ source }) => source === 'scim-users')?.isLive).toBe(true);
  });

  test('nothing is concluded where the user name is empty and so nobody was asked', async () => {
    company.members.set(groupId(1), [ada, bea]);
    await collect();
    Object.assign(company.users[1] as object, { userPrincipalName: '' });
    await passTime(hourMs);
    const live = await look(bea);
    expect(ageOf(live, 'scim-users')).toMatchObject({ isLive: false });
    expect(ageOf(live, 'scim-users')?.failure).toMatch(/user name/u);
  });
});

describe('what gives access', () => {
  test('a group that no collection read, and that is assigned now, entitles', async () => {
    await collect();
    company.groups.push(aGroup(7, 'Project'));
    company.members.set(groupId(7), [bea]);
    company.assignments.push(anAssignment(groupId(7), 'Project', 'Group'));
    await passTime(hourMs);
    const live = await look(bea);
    expect(live.access?.ways[0]).toMatchObject({ broken: null });
    expect(outcomeOf(live, 'A8')).toBe('ruled-out');
    expect(live.live?.requests).toBeLessThanOrEqual(mostRequests);
  });

  test('groups that no collection read, and that are not assigned, are told to be so when all assignments were read', async () => {
    company.groups.push(aGroup(7, 'Canteen'));
    company.members.set(groupId(7), [bea]);
    await collect();
    await passTime(hourMs);
    const live = await look(bea);
    expect(live.verdict).toMatchObject({ cause: 'A8-not-assigned', certainty: 'certain' });
    expect(ageOf(live, 'assignments')).toMatchObject({ isLive: true });
  });

  test('whether an unread group is assigned is not known where assignments cannot be asked for', async () => {
    await collect();
    company.groups.push(aGroup(7, 'Project'));
    company.members.set(groupId(7), [bea]);
    company.assignments.push(anAssignment(groupId(7), 'Project', 'Group'));
    await tenant.configure({ faults: [{ service: 'graph', kind: 'broken-json', path: 'appRoleAssignedTo' }] });
    await passTime(hourMs);
    const live = await look(bea);
    expect(live.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(outcomeOf(live, 'A8')).toBe('blind');
    expect(live.unknown.find(({ source }) => source === 'assignments')?.blinds).toContain('A8');
    expect(live.access?.ways ?? []).toEqual([]);
  });

  test('an unread group does not matter to somebody who has access by another way', async () => {
    await collect();
    company.groups.push(aGroup(7, 'Project'));
    company.members.set(groupId(7), [ada]);
    await tenant.configure({ faults: [{ service: 'graph', kind: 'broken-json', path: 'appRoleAssignedTo' }] });
    await passTime(hourMs);
    const live = await look(ada);
    expect(live.question).toBe('as-it-should-be');
    expect(live.verdict.cause).toBeNull();
    expect(live.verdict.certainty).not.toBe('cannot-tell');
  });

  test('more assignments than a look reads: the own one is asked for by name, an unread group is not known', async () => {
    await collect();
    for (let index = 0; index < 2500; index += 1)
      company.assignments.unshift(anAssignment(userId(10_000 + index), `Person ${index}`, 'User'));
    company.groups.push(aGroup(7, 'Project'));
    company.members.set(groupId(7), [bea]);
    await passTime(hourMs);
    expect((await look(bea)).verdict.certainty).toBe('cannot-tell');
    company.assignments.push(anAssignment(bea, 'Bea', 'User'));
    const live = await look(bea);
    expect(outcomeOf(live, 'A8')).toBe('ruled-out');
    expect(ageOf(live, 'assignments')).toMatchObject({ isLive: false, part: expect.stringMatching(/own/u) as string });
    expect(live.live?.requests).toBeLessThanOrEqual(mostRequests);
  });

  test('no display name: no assignment is concluded from a question that was never asked', async () => {
    company.assignments.push(anAssignment(bea, 'Bea', 'User'));
    await collect();
    for (let index = 0; index < 2500; index += 1)
      company.assignments.unshift(anAssignment(userId(10_000 + index), `Person ${index}`, 'User'));
    Object.assign(company.users[1] as object, { displayName: null });
    await passTime(hourMs);
    const live = await look(bea);
    expect(outcomeOf(live, 'A8')).toBe('ruled-out');
    expect(ageOf(live, 'assignments')?.isLive).toBe(false);
  });

  test('memberships are told by what was read of them', async () => {
    await collect();
    await passTime(hourMs);
    const live = await look(ada);
    const groups = ageOf(live, 'groups');
    expect(groups).toMatchObject({ isLive: false, failure: null });
    expect(groups?.part).toMatch(/direct memberships/iu);
    expect(groups?.readAt).toBe(iso(startMs).replace('Z', '.000Z'));
    expect(ageOf(live, 'scim-groups')).toMatchObject({ isLive: false, part: null });
  });

  test('more than a hundred groups fit into the requests', async () => {
    for (let index = 100; index < 350; index += 1) {
      company.groups.push(aGroup(index, `Group ${index}`));
      company.members.set(groupId(index), [ada]);
    }
    await collect();
    await passTime(hourMs);
    const live = await look(ada);
    expect(failed(live)).toEqual([]);
    expect(live.live?.requests).toBeLessThanOrEqual(mostRequests);
    expect(live.question).toBe('as-it-should-be');
    expect(live.access?.ways[0]?.broken).toBeNull();
  });
});

describe('the moment of the verdict', () => {
  /** Bea was assigned ten minutes before the collection: it may take until about an hour later. */
  const assignBea = async (): Promise<void> => {
    company.assignments.push({
      ...anAssignment(bea, 'Bea', 'User'),
      createdDateTime: iso(startMs - 10 * minuteMs),
    });
    await collect();
  };

  test('moves to now when everything that decides was read', async () => {
    await assignBea();
    expect((await look(bea)).verdict.cause).toBe('A8-too-recent');
    await passTime(6 * hourMs);
    const { verdict } = await look(bea);
    expect(verdict.cause).not.toBe('A8-too-recent');
    expect(verdict.cause).not.toBe('A12-wait');
  });

  test.each([
    [
      'nothing',
      [
        { service: 'graph', kind: 'broken-json' },
        { service: 'scim', kind: 'broken-json' },
      ],
    ],
    ['UNIFI not', [{ service: 'scim', kind: 'broken-json' }]],
    ['the log not', [{ service: 'graph', kind: 'broken-json', path: '/auditLogs/provisioning' }]],
    ['assignments not', [{ service: 'graph', kind: 'broken-json', path: 'appRoleAssignedTo' }]],
  ] as const)('stays that of the collection when %s was read', async (_, faults) => {
    await assignBea();
    await tenant.configure({ faults: [...faults] });
    await passTime(6 * hourMs);
    const { verdict } = await look(bea);
    expect(verdict.cause).toBe('A8-too-recent');
  });

  test('a change without a date that only the look sees is counted from the look', async () => {
    await collect();
    company.members.set(groupId(1), [ada, bea]);
    await passTime(6 * hourMs);
    const { verdict } = await look(bea);
    expect(verdict.cause).toBe('A12-wait');
    expect(Date.parse(verdict.expectedBy ?? '')).toBeGreaterThan(company.nowMs);
  });

  test('a failed attempt since the collection says more than that something changed', async () => {
    await collect();
    company.members.set(groupId(1), [ada, bea]);
    company.rows.push(
      aRow(company.world, { id: 'row-2', atMs: startMs + hourMs, user: bea, target: null, status: 'failure' }),
    );
    await passTime(6 * hourMs);
    expect((await look(bea)).verdict.cause).toBe('A11-failure');
  });

  test('access that was taken away since the collection may still arrive', async () => {
    await collect();
    company.members.set(groupId(1), []);
    await passTime(6 * hourMs);
    const { question, verdict } = await look(ada);
    expect(question).toBe('still-active');
    expect(verdict.cause).toBe('B13');
  });
});

describe('rows of the log', () => {
  test('those of other applications say nothing about UNIFI', async () => {
    await collect();
    company.rows.push(
      aRow(
        company.world,
        { id: 'row-2', atMs: startMs + 10 * minuteMs, user: ada, target: 'x-1', status: 'failure' },
        { jobId: 'another', servicePrincipal: { id: userId(99), displayName: 'Another application' } },
      ),
    );
    company.members.set(groupId(1), []);
    await passTime(2 * hourMs);
    const live = await look(ada);
    expect(live.subject.scimId).toBe('u-1');
    expect(outcomeOf(live, 'B14')).toBe('ruled-out');
  });

  test('more than a look reads: what was read is used with what is stored, and not called whole', async () => {
    company.members.set(groupId(1), [ada, bea]);
    company.rows.push(
      aRow(company.world, { id: 'old', atMs: startMs - hourMs, user: bea, target: null, status: 'failure' }),
    );
    await collect();
    await tenant.configure({ logPageLimit: 2 });
    for (let index = 0; index < 9; index += 1) {
      const status = index === 0 ? 'failure' : 'skipped';
      const row = { id: `new-${index}`, atMs: startMs + (index + 1) * minuteMs, user: bea, target: null, status };
      company.rows.push(aRow(company.world, row));
    }
    await passTime(2 * hourMs);
    const live = await look(bea);
    const told = live.timeline.flatMap(({ kind, ref }) => (kind === 'log' && ref !== null ? [ref] : []));
    expect(told).toContain('old');
    expect(told.some((ref) => ref.startsWith('new-'))).toBe(true);
    expect(ageOf(live, 'provisioning-log')).toMatchObject({ isLive: false });
    expect(ageOf(live, 'provisioning-log')?.part).toMatch(/more rows/u);
  });
});

describe('people whom the history does not know', () => {
  const newcomer = (): void => {
    company.users.push(aUser(5, 'Eva', { createdDateTime: iso(startMs + hourMs) }));
    company.assignments.push({
      ...anAssignment(userId(5), 'Eva', 'User'),
      createdDateTime: iso(startMs + hourMs + minuteMs),
    });
  };

  test.each([
    ['sign-in name', 'EVA@contoso.example'],
    ['object id', userId(5)],
  ])('a new employee is found by %s', async (_, who) => {
    await collect();
    newcomer();
    await passTime(80 * minuteMs);
    const live = await look(who);
    expect(live.subject).toMatchObject({ entraId: userId(5), name: 'Eva', userPrincipalName: 'eva@contoso.example' });
    expect(live.question).toBe('missing');
    expect(live.verdict.cause).toBe('A8-too-recent');
    expect(live.live?.requests).toBeLessThanOrEqual(mostRequests);
    company.accounts.push(anAccount('u-5', 'eva@contoso.example', { externalId: 'E-5' }));
    expect(await look(who)).toMatchObject({ question: 'as-it-should-be', subject: { scimId: 'u-5' } });
  });

  test.each([
    ['groups', 'memberOf', 'graph', 'A8'],
    ['assignments', 'appRoleAssignedTo', 'graph', 'A8'],
    ['provisioning-log', '/auditLogs/provisioning', 'graph', 'A11'],
  ] as const)('of a new employee nothing is concluded from stored %s', async (source, path, service, rule) => {
    await collect();
    company.users.push(aUser(5, 'Eva', { createdDateTime: iso(startMs + minuteMs) }));
    if (source === 'groups') company.members.set(groupId(1), [ada, userId(5)]);
    else company.assignments.push(anAssignment(userId(5), 'Eva', 'User'));
    if (source === 'provisioning-log') await passTime(6 * hourMs);
    await tenant.configure({ faults: [{ service, kind: 'broken-json', path }] });
    const live = await look('eva@contoso.example');
    expect(live.verdict.certainty).toBe('cannot-tell');
    expect(outcomeOf(live, rule)).toBe('blind');
    expect(live.unknown.find((one) => one.source === source)?.blinds).toContain(rule);
  });

  test('of a new employee no missing account is concluded where UNIFI did not answer', async () => {
    await collect();
    newcomer();
    await tenant.configure({ faults: [{ service: 'scim', kind: 'expired-token' }] });
    const live = await look('eva@contoso.example');
    expect(live.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(outcomeOf(live, 'A0')).toBe('blind');
  });

  test('somebody who was renamed since the collection is the same person', async () => {
    await collect();
    Object.assign(company.users[0] as object, { userPrincipalName: 'ada.brandt@contoso.example' });
    await passTime(hourMs);
    const live = await look('ada.brandt@contoso.example');
    expect(live.subject).toMatchObject({
      entraId: ada,
      scimId: 'u-1',
      userPrincipalName: 'ada.brandt@contoso.example',
    });
  });

  test('whom Entra does not know either, is told to be unknown after one look', async () => {
    await collect();
    const live = await look('nobody@contoso.example');
    expect(live.question).toBe('unknown-person');
    expect(live.live).toMatchObject({ requests: 1 });
    expect(ageOf(live, 'users')).toMatchObject({ isLive: false, failure: null });
    expect(ageOf(live, 'users')?.part).toMatch(/^Entra was asked just now .*, and has none\.$/u);
    // A name or a part of one is nothing that Entra can be asked for in one request.
    expect((await look('Nobody')).live).toBeUndefined();
  });
});

describe('people who are deleted meanwhile', () => {
  const remove = (): void => {
    const [user] = company.users.splice(0, 1);
    company.deleted.push({ ...user, deletedDateTime: iso(startMs + minuteMs) });
  };

  test('are told to be deleted, and are in no group any more', async () => {
    await collect();
    remove();
    await passTime(6 * hourMs);
    const live = await look(ada);
    expect(live.question).toBe('still-active');
    expect(live.verdict.cause).not.toBe('B13');
    expect(live.access?.ways ?? []).toEqual([]);
    expect(outcomeOf(live, 'B12')).toBe('ruled-out');
  });

  test('are not taken for present where only the list of deleted people cannot be read', async () => {
    company.accounts.splice(0);
    await collect();
    remove();
    await tenant.configure({ faults: [{ service: 'graph', kind: 'broken-json', path: 'deletedItems' }] });
    await passTime(hourMs);
    const live = await look(ada);
    expect(live.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(outcomeOf(live, 'A2')).toBe('blind');
    expect(failed(live)).toEqual(['deleted-users']);
  });
});

describe('trouble on the way', () => {
  test('throttling in the middle is waited for, and repetitions count', async () => {
    await collect();
    await tenant.configure({
      faults: [{ service: 'graph', kind: 'too-many-requests', path: 'memberOf', times: 2, value: 1 }],
    });
    const throttled = await look(ada);
    const calm = await look(ada);
    expect(failed(throttled)).toEqual([]);
    expect(throttled.live?.requests).toBe((calm.live?.requests ?? 0) + 2);
    expect(throttled.live?.requests).toBeLessThanOrEqual(mostRequests);
  });

  test('a wait that is longer than a look has patience for ends in what is stored', async () => {
    await collect();
    await tenant.configure({
      faults: [{ service: 'graph', kind: 'too-many-requests', path: 'memberOf', value: 60 }],
    });
    const live = await look(ada, { patienceMs: 1_500 });
    expect(failed(live)).toEqual(['groups']);
    expect(ageOf(live, 'groups')?.failure).toMatch(/did not answer within/u);
    expect(live.question).toBe('as-it-should-be');
  });

  test('a refused secret token leaves UNIFI as it was stored', async () => {
    await collect();
    await tenant.configure({ faults: [{ service: 'scim', kind: 'expired-token' }] });
    const live = await look(ada);
    expect(failed(live)).toEqual(['scim-users']);
    expect(live.subject.scimId).toBe('u-1');
  });

  test('a cancelled look says so', async () => {
    await collect();
    await tenant.configure({ faults: [{ service: 'graph', kind: 'slow', path: 'memberOf', value: 5_000 }] });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await expect(look(ada, { signal: controller.signal })).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });

  test('whatever the number of requests, no more are made, and the verdict is one that was stored or cannot tell', async () => {
    company.accounts.splice(0);
    await collect();
    const stored = (await ask(ada)).verdict.cause;
    for (let most = 0; most <= mostRequests; most += 1) {
      const live = await look(ada, { most });
      expect(live.live?.requests).toBeLessThanOrEqual(most);
      if (live.verdict.certainty !== 'cannot-tell')
        expect({ most, cause: live.verdict.cause }).toEqual({ most, cause: stored });
    }
  });
});
