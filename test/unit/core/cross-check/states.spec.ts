import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../src-main/contract/models/finding.ts';
import type { SourceName } from '../../../../src-main/contract/models/run.ts';
import { crossCheck } from '../../../../src-main/core/cross-check/cross-check.ts';
import {
  account,
  assign,
  attribute,
  auditEvent,
  brief,
  group,
  link,
  longAgo,
  now,
  runningJob,
  schemaOf,
  targetGroup,
  tenMinutesAgo,
  user,
  userMappings,
  without,
  world,
  type WorldParts,
} from './world.ts';

const ada = user('ada');
const assigned = [assign('entra-ada')];
const run = (changes: Partial<WorldParts>): Finding[] => crossCheck(world(changes)).findings;
const missing = { users: [ada], assignments: assigned };
const later = '2026-11-20T14:00:00.000Z';

describe('pending', () => {
  test.each([
    ['the user was created', { users: [user('ada', { createdAt: tenMinutesAgo })], assignments: assigned }],
    ['the assignment was made', { users: [ada], assignments: [assign('entra-ada', { createdAt: tenMinutesAgo })] }],
    [
      'the audit log has an event on the person',
      { ...missing, audit: [auditEvent('Update user', tenMinutesAgo, 'entra-ada')] },
    ],
    [
      'the user was deleted',
      {
        deletedUsers: [user('ada', { deletedAt: tenMinutesAgo })],
        accounts: [account('ada')],
      },
    ],
  ] as [string, Partial<WorldParts>][])('until the service had its time after %s', (_change, changes) => {
    const [finding] = run(changes);
    // 11:50 + 5 min replication + 40 min interval + 15 min log lag
    expect(finding).toMatchObject({
      state: 'pending',
      changedAt: tenMinutesAgo,
      expectedBy: '2026-11-20T12:50:00.000Z',
      openedAt: null,
    });
    expect(run({ ...changes, observedAt: later })[0]).toMatchObject({ state: 'open', openedAt: later });
  });

  test('counts the interval and the length of the last cycle', () => {
    const job = runningJob();
    job.schedule.intervalMs = 20 * 60_000;
    job.status.lastExecution = {
      state: 'Succeeded',
      activityId: null,
      startedAt: '2026-11-20T11:00:00Z',
      endedAt: '2026-11-20T11:30:00Z',
      countImported: 0,
      countEntitled: 0,
      countEntitledForProvisioning: 0,
      countExports: 0,
      countExported: 0,
      countEscrowed: 0,
      countEscrowedRaw: 0,
      error: null,
    };
    const [finding] = run({ ...missing, job, assignments: [assign('entra-ada', { createdAt: tenMinutesAgo })] });
    expect(finding?.expectedBy).toBe('2026-11-20T13:00:00.000Z');
  });

  test.each([
    ['paused', (job: ReturnType<typeof runningJob>) => (job.schedule.state = 'Paused')],
    ['quarantined', (job: ReturnType<typeof runningJob>) => (job.status.code = 'Quarantine')],
  ])('never while the job is %s: nothing is sent, so it is open without a date', (_state, change) => {
    const job = runningJob();
    change(job);
    const [finding] = run({ ...missing, job, assignments: [assign('entra-ada', { createdAt: tenMinutesAgo })] });
    expect(finding?.state).toBe('open');
    expect(finding).not.toHaveProperty('expectedBy');
  });

  test('counts from the first run that saw the change, unless the audit log covers that time', () => {
    const seen = { people: new Map([['entra-ada', tenMinutesAgo]]), groups: new Map(), memberships: new Map() };
    expect(brief(run({ ...missing, seen, auditFrom: null }))).toEqual(['missing-in-target entra-ada pending']);
    expect(brief(run({ ...missing, seen, auditFrom: tenMinutesAgo }))).toEqual(['missing-in-target entra-ada pending']);
    expect(brief(run({ ...missing, seen }))).toEqual(['missing-in-target entra-ada']);
  });

  test('does not come from events that change nothing about provisioning, or that failed', () => {
    const audit = [
      auditEvent('Reset user password', tenMinutesAgo, 'entra-ada'),
      auditEvent('Change user license', tenMinutesAgo, 'entra-ada'),
      { ...auditEvent('Update user', tenMinutesAgo, 'entra-ada'), result: 'failure' },
    ];
    expect(brief(run({ ...missing, audit }))).toEqual(['missing-in-target entra-ada']);
  });

  test('is nothing that was changed in the target', () => {
    expect(run({ accounts: [account('ada')] })[0]).not.toHaveProperty('expectedBy');
  });
});

describe('resolving', () => {
  const first = run(missing);

  test('needs an evaluation that no longer finds it; a finding that comes back keeps its id and first day', () => {
    const resolved = run({ ...missing, accounts: [account('ada')], previous: first, observedAt: later });
    expect(resolved).toMatchObject([{ state: 'resolved', resolvedAt: later, firstSeen: now, lastSeen: now }]);
    const [again] = run({ ...missing, previous: resolved, observedAt: '2026-11-21T12:00:00.000Z' });
    expect(again).toMatchObject({
      id: first[0]?.id,
      state: 'open',
      firstSeen: now,
      openedAt: '2026-11-21T12:00:00.000Z',
    });
    expect(again).not.toHaveProperty('resolvedAt');
    expect(run({ ...missing, accounts: [account('ada')], previous: resolved })).toEqual([]);
  });

  test('keeps the day it was opened while it stays', () => {
    expect(run({ ...missing, previous: first, observedAt: later })).toMatchObject([
      { firstSeen: now, openedAt: now, lastSeen: later, verified: true },
    ]);
  });

  test('waits while the filter of the person cannot be evaluated', () => {
    const odd = [{ name: 'odd', clauses: [{ attribute: 'department', operator: 'SOUNDS LIKE', values: ['x'] }] }];
    const schema = { schema: schemaOf({ user: { scope: { groups: odd, inputFilterGroups: [] } } }), seenAt: '' };
    const kept = run({ ...missing, accounts: [account('ada')], schema, previous: first, observedAt: later });
    expect(kept).toMatchObject([{ state: 'open', lastSeen: now, verified: false }]);
  });

  test('waits for an attribute that cannot be evaluated now, but not for one that is mapped no more', () => {
    const drifted = account('ada', { attributes: { 'name.givenName': 'Zoe', 'name.familyName': 'Vale' } });
    const previous = run({ ...missing, accounts: [drifted] });
    const others = userMappings().filter(({ targetAttributeName }) => targetAttributeName !== 'name.givenName');
    const unreadable = [...others, attribute('name.givenName', 'CStr([givenName])')];
    const withMappings = (attributeMappings: typeof others): Finding[] =>
      run({
        ...missing,
        accounts: [drifted],
        previous,
        schema: { schema: schemaOf({ user: { attributeMappings } }), seenAt: '' },
      });
    expect(withMappings(unreadable)).toMatchObject([{ state: 'open', verified: false }]);
    expect(withMappings(others)).toMatchObject([{ state: 'resolved' }]);
  });
});

describe('sources that were not complete', () => {
  /** One finding of every kind, all at once. */
  const everything = (): Partial<WorldParts> => ({
    users: [
      ada,
      ...['bea', 'cleo', 'dora', 'eva', 'fay', 'gil', 'hana', 'iris', 'jo', 'kit'].map((name) =>
        user(name, {
          ...(name === 'dora' && { accountEnabled: false }),
          ...(name === 'gil' && { userPrincipalName: 'fay@contoso.example' }),
          ...(name === 'hana' && { userPrincipalName: null }),
        }),
      ),
    ],
    deletedUsers: [user('lea', { deletedAt: longAgo })],
    assignments: ['ada', 'bea', 'dora', 'eva', 'fay', 'gil', 'hana', 'iris', 'jo', 'kit']
      .map((name) => assign(`entra-${name}`))
      .concat(assign('group-office', { principalType: 'Group' }), assign('group-none', { principalType: 'Group' })),
    groups: [group('office'), group('none')],
    groupMembers: [{ groupId: 'group-office', userIds: ['entra-jo'], groupIds: [] }],
    accounts: [
      account('bea', { active: false }),
      account('cleo'),
      account('dora'),
      account('eva'),
      account('eva', { id: 'scim-eva-2' }),
      account('iris'),
      account('jo', { attributes: { 'name.givenName': 'Jo', 'name.familyName': 'Vale' } }),
      account('kit'),
      account('lea'),
      account('zoe'),
    ],
    links: [link('entra-iris', 'scim-gone')],
    targetGroups: [targetGroup('office', ['scim-kit']), targetGroup('solo', [], { externalId: null })],
  });
  const all = run(everything());

  test('one finding of every kind is there to be kept', () => {
    expect([...new Set(all.map(({ kind }) => kind))]).toHaveLength(14);
  });

  const entitled = ['missing-in-target', 'inactive-in-target', 'active-not-entitled', 'attribute-drift'];
  const matched = ['duplicate-in-target', 'duplicate-match-value', 'missing-match-value', 'stale-link'];
  const grouped = ['group-missing-in-target', 'group-orphan-in-target', 'member-missing', 'member-extra'];
  const everyKind = [...entitled, ...matched, ...grouped, 'active-source-gone', 'orphan-in-target'];
  const cases: [SourceName, string[]][] = [
    ['users', everyKind],
    ['scim-users', everyKind],
    ['assignments', [...entitled, ...matched, ...grouped]],
    ['groups', [...entitled, ...matched, ...grouped]],
    ['deleted-users', ['orphan-in-target']],
    ['provisioning-log', ['stale-link']],
    ['scim-groups', grouped],
    ['schema', []],
    ['audit', []],
    ['jobs', []],
    ['job-settings', []],
  ];

  test.each(cases)('%s: its kinds keep what they were, add nothing, and are named', (source, kinds) => {
    const { findings, notEvaluated } = crossCheck(
      world({ ...everything(), complete: without(source), previous: all, observedAt: later }),
    );
    for (const finding of findings.filter(({ kind }) => kinds.includes(kind))) {
      expect(finding).toMatchObject({ state: 'open', verified: false, lastSeen: now });
    }
    expect(findings.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
    for (const kind of kinds) expect(notEvaluated.find((entry) => entry.kind === kind)).toMatchObject({ source });
    const fresh = crossCheck(world({ ...everything(), complete: without(source) })).findings;
    expect(fresh.filter(({ kind }) => kinds.includes(kind))).toEqual([]);
  });

  test('without the deleted users, only the findings that rest on them wait', () => {
    const { findings } = crossCheck(
      world({ ...everything(), complete: without('deleted-users'), previous: all, observedAt: later }),
    );
    const gone = findings.filter(({ kind }) => kind === 'active-source-gone');
    expect(gone.map(({ reason, verified }) => [reason, verified])).toEqual(
      expect.arrayContaining([
        ['disabled', true],
        ['soft-deleted', false],
      ]),
    );
  });

  test('a stored schema goes on to be used, and its age is told', () => {
    const { findings, notEvaluated } = crossCheck(world({ ...missing, complete: without('schema') }));
    expect(brief(findings)).toEqual(['missing-in-target entra-ada']);
    expect(notEvaluated).toMatchObject([{ source: 'schema', reason: `the mappings are those last read at ${now}` }]);
  });

  test('a schema that was never read leaves two kinds, with the mapping assumed', () => {
    const blind = { ...everything(), schema: null, complete: without('schema') };
    const { findings, notEvaluated } = crossCheck(world(blind));
    expect(brief(findings)).toEqual([
      'active-not-entitled entra-cleo not-assigned',
      'active-source-gone entra-dora disabled',
      'active-source-gone entra-lea soft-deleted',
    ]);
    expect(findings.every(({ assumed }) => assumed.includes('mapping'))).toBe(true);
    expect(notEvaluated.filter(({ source }) => source === 'schema')).toHaveLength(12);
  });
});
