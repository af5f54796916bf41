import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../../src-main/contract/models/investigation.ts';
import { investigatePerson } from '../../../../src-main/core/investigation/investigate-person.ts';
import type { AuditEvent } from '../../../../src-main/core/model/directory.ts';
import {
  account,
  ada,
  assignment,
  auditEvent,
  beginning,
  finding,
  job,
  neverRun,
  pending,
  row,
  sinceThen,
  smallCase,
  standing,
  user,
  workedLast,
  type CaseChanges,
} from './small-case.ts';
import {
  askGroup,
  askMember,
  design,
  designTarget,
  groupFinding,
  groupRow,
  type GroupChanges,
  type MemberChanges,
} from './small-group.ts';

const lastWeek = '2026-11-16T08:00:00Z';
const recently = '2026-11-23T11:50:00Z';
const states = ['failing', 'late', 'silent'] as const;
const member = { entraId: ada, scimId: 'u-7', name: 'Ada Brandt' };

const about = (activity: string, at: string, targets: AuditEvent['targets']): AuditEvent => ({
  ...auditEvent(activity, at),
  category: 'UserManagement',
  targets,
});
const ofAda = (activity: string, at: string): AuditEvent =>
  about(activity, at, [{ id: ada, type: 'User', name: 'Ada Brandt' }]);
const membership = (activity: string, at: string): AuditEvent =>
  about(activity, at, [
    { id: ada, type: 'User', name: 'Ada Brandt' },
    { id: design, type: 'Group', name: 'Design' },
  ]);
/** What the cross-check says of a change of ten minutes ago: it does not look at the health of the job. */
const pendingMember = (kind: 'member-missing' | 'member-extra') =>
  groupFinding(kind, {
    member,
    state: 'pending',
    changedAt: recently,
    expectedBy: '2026-11-23T12:55:00.000Z',
    evidence: [{ source: 'audit', ref: 'event', at: recently, text: 'Add member to group.' }],
  });

const ofPerson = (changes: CaseChanges): Verdict => investigatePerson(smallCase(changes)).verdict;
const inGroup = (changes: MemberChanges): Verdict => askMember(changes).verdict;
const extra = { isDirect: false, isListed: true };
const wroteIn = (at: string) =>
  groupRow({ id: 'in', at, modifiedProperties: [{ name: 'members', oldValue: null, newValue: 'u-7' }] });
const wroteOut = (at: string) =>
  groupRow({ id: 'out', at, modifiedProperties: [{ name: 'members', oldValue: 'u-7', newValue: null }] });

describe.each(states)('a job that is %s', (state) => {
  const stands = standing(state);
  /** All of them changed ten minutes ago, and would be waited for if the job ran. */
  const fresh: [string, string, (changes: typeof stands | object) => Verdict][] = [
    [
      'an account that was assigned',
      'A13',
      (changes) =>
        ofPerson({
          findings: [pending('missing-in-target', 'Add app role assignment grant to user by Admin.')],
          facts: { account: null, assignments: [assignment(ada, recently)] },
          ...changes,
        }),
    ],
    [
      'an account that is to be switched on',
      'A13',
      (changes) =>
        ofPerson({
          findings: [pending('inactive-in-target', 'Update user by Admin.')],
          facts: { account: account({ active: false }) },
          ...changes,
        }),
    ],
    [
      'somebody who left',
      'B15',
      (changes) =>
        ofPerson({
          findings: [pending('active-source-gone', 'Update user by Admin.')],
          rows: [row({ at: '2026-11-10T10:00:00Z' })],
          facts: { user: user({ accountEnabled: false }) },
          ...changes,
        }),
    ],
    [
      'a membership that was given',
      'A13',
      (changes) => inGroup({ group: { findings: [pendingMember('member-missing')], ...changes } }),
    ],
    [
      'a membership that was taken away',
      'B15',
      (changes) =>
        inGroup({
          facts: extra,
          group: {
            findings: [pendingMember('member-extra')],
            facts: { audit: [membership('Remove member from group', recently)] },
            ...changes,
          },
        }),
    ],
    [
      'a group that was assigned',
      'A13',
      (changes) =>
        askGroup({
          findings: [groupFinding('group-missing-in-target', pendingMember('member-missing'))].map(
            ({ member: _member, ...one }) => ({ ...one, kind: 'group-missing-in-target' }),
          ),
          facts: { targets: [], link: null, assignments: [assignment(design, recently)] },
          ...changes,
        }).verdict,
    ],
  ];

  test.each(fresh)('is no reason to wait for %s', (_what, cause, ask) => {
    // Else the world would not be one in which a working job is waited for.
    expect(ask({}).expectedBy).toBe('2026-11-23T12:55:00.000Z');
    const verdict = ask(stands);
    expect({ cause: verdict.cause, expectedBy: verdict.expectedBy }).toEqual({ cause, expectedBy: undefined });
    expect(verdict.actor).not.toBe('wait');
    expect(verdict.sentence).toContain('because the provisioning job has not worked since');
    expect(verdict.sentence).toContain(stands.jobStatus?.sentence ?? '');
    expect(verdict.sentence).not.toMatch(/moment ago|nothing that is stored explains/u);
    expect(verdict.steps).toEqual(expect.arrayContaining(stands.jobStatus?.steps ?? []));
  });

  test('is not blamed for what it had seen', () => {
    const { cause, sentence } = ofPerson({
      ...stands,
      findings: [finding('missing-in-target')],
      facts: { account: null },
    });
    expect(cause).toBe('A13');
    expect(sentence).toContain(`nothing that is stored explains it. The job itself needs attention: `);
  });
});

describe('a silent job', () => {
  const stands = standing('silent');
  const missing = groupFinding('member-missing', { member, changedAt: sinceThen });
  const returned = (at: string): MemberChanges => ({
    group: { findings: [missing], ...stands },
    person: { facts: { audit: [ofAda('Restore user', at)] } },
  });

  test('has not put back into a group whoever returned afterwards, and is no proof that Entra would not', () => {
    expect(inGroup(returned(sinceThen)).cause).toBe('A13');
    expect(inGroup({ ...returned(sinceThen), group: { findings: [missing] } }).cause).toBe('M4');
  });

  test('has done its part where somebody returned before', () => {
    expect(inGroup(returned(lastWeek)).cause).toBe('M4');
  });

  test('owes a membership that was given anew, whatever it wrote before', () => {
    const ask = (rows: GroupChanges['rows'], at: string) =>
      inGroup({
        group: {
          findings: [missing],
          rows: rows ?? [],
          facts: { audit: [membership('Add member to group', at)] },
          ...stands,
        },
      }).cause;
    expect(ask([wroteIn(lastWeek)], sinceThen)).toBe('A13');
    expect(ask([wroteOut('2026-11-18T08:00:00Z'), wroteIn(lastWeek)], sinceThen)).toBe('A13');
    expect(ask([wroteIn('2026-11-18T08:00:00Z')], lastWeek)).toBe('M6');
  });

  test('does not let an attempt of before be the cause of what changed afterwards', () => {
    const failed = row({ at: lastWeek, status: 'failure', errorCode: 'TooManyRequests', reason: 'TooManyRequests' });
    const ask = (changedAt: string) =>
      ofPerson({
        ...stands,
        findings: [finding('missing-in-target', { changedAt })],
        rows: [failed],
        facts: { account: null },
      }).cause;
    expect(ask(sinceThen)).toBe('A13');
    expect(ask('2026-11-17T08:00:00Z')).toBe('A11-failure');

    const refused = groupRow({
      at: lastWeek,
      status: 'failure',
      errorCode: 'TooManyRequests',
      reason: 'TooManyRequests',
      modifiedProperties: [{ name: 'members', oldValue: null, newValue: ada }],
    });
    const group = (at: string): GroupChanges => ({
      ...stands,
      findings: [missing],
      rows: [refused],
      facts: { audit: [membership('Add member to group', at)] },
    });
    expect(inGroup({ group: group(sinceThen) }).cause).toBe('A13');
    expect(inGroup({ group: group('2026-11-15T08:00:00Z') }).cause).toBe('M8');
  });

  test('owes the removal of a member who was deleted for good', () => {
    const gone: MemberChanges = {
      facts: extra,
      person: {
        ...stands,
        person: { state: { source: 'deleted', target: 'inactive' } },
        facts: {
          user: null,
          account: account({ active: false }),
          audit: [ofAda('Delete user', sinceThen), ofAda('Hard Delete user', '2026-11-22T18:00:00Z')],
        },
      },
      group: { findings: [groupFinding('member-extra', { member })], ...stands },
    };
    expect(inGroup(gone).cause).toBe('B15');
    // Entra took the member away after the deletion: whoever is there now was put back by somebody.
    const done = { ...gone.group, rows: [wroteOut('2026-11-22T10:30:00Z')] };
    expect(inGroup({ ...gone, group: done }).cause).toBe('M6');
  });

  test('leaves a group under its old name that Entra renamed afterwards', () => {
    const ask = (at: string, changes: GroupChanges = stands) =>
      askGroup({
        ...changes,
        findings: [groupFinding('attribute-drift', { changedAt: at })],
        facts: {
          targets: [designTarget({ displayName: 'Drawing' })],
          audit: [about('Update group', at, [{ id: design, type: 'Group', name: 'Design' }])],
        },
      }).verdict;
    expect(ask(sinceThen)).toMatchObject({ cause: 'A13', certainty: 'likely' });
    expect(ask(sinceThen).sentence).toMatch(/under another name because the provisioning job has not worked since/u);
    expect(ask(lastWeek).cause).toBe('G6');
    const paused = job({ state: 'Paused', status: stands.job?.status ?? {} });
    expect(ask(sinceThen, { job: paused }).cause).toBe('A3-paused');
  });
});

describe('a job that does not run at all', () => {
  const removal: MemberChanges = {
    facts: extra,
    group: {
      findings: [pendingMember('member-extra')],
      facts: { audit: [membership('Remove member from group', recently)] },
    },
  };

  test.each([
    ['no job', null, 'B15', 'the provisioning job that did this does not exist any more'],
    ['a job that never ran', neverRun(), 'B15', 'was never started'],
    ['a job without credentials', neverRun('NotConfigured'), 'B15', 'was never set up completely'],
    ['a paused job', job({ state: 'Paused', code: 'Paused' }), 'B3-paused', 'paused'],
    ['the initial cycle', beginning(), 'B13', 'for the first time'],
  ] as const)('is no reason to wait for a removal of a moment ago (%s)', (_what, is, cause, words) => {
    const verdicts = [
      inGroup({ ...removal, group: { ...removal.group, job: is } }),
      ofPerson({
        job: is,
        findings: [pending('active-source-gone', 'Update user by Admin.')],
        rows: [row({ at: '2026-11-10T10:00:00Z' })],
        facts: { user: user({ accountEnabled: false }) },
      }),
    ];
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ cause });
      expect(verdict.expectedBy).toBeUndefined();
      expect(verdict.sentence).toContain(words);
      expect(verdict.sentence).not.toContain('a moment ago');
    }
  });
});

test('a healthy job is not blamed', () => {
  const { sentence } = ofPerson({ findings: [finding('missing-in-target')], facts: { account: null } });
  expect(sentence).toBe('Ada Brandt is missing in UNIFI, and nothing that is stored explains it.');
  expect(workedLast < sinceThen).toBe(true);
});
