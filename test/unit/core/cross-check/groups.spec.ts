import { describe, expect, test } from 'vitest';
import type { CrossCheckInput } from '../../../../src-main/core/cross-check/input.ts';
import { crossCheck } from '../../../../src-main/core/cross-check/cross-check.ts';
import {
  account,
  assign,
  auditEvent,
  brief,
  group,
  link,
  schemaOf,
  targetGroup,
  tenMinutesAgo,
  user,
  world,
  type WorldParts,
} from './world.ts';

const office = group('office');
const names = ['ada', 'bea', 'cleo'];
const assignedOffice = assign('group-office', { principalType: 'Group' });
const memberIds = names.map((name) => `entra-${name}`);
/** Three people in an assigned group, all as it should be on both sides. */
const base = (changes: Partial<WorldParts> = {}): CrossCheckInput =>
  world({
    users: names.map((name) => user(name)),
    accounts: names.map((name) => account(name)),
    groups: [office],
    groupMembers: [{ groupId: 'group-office', userIds: memberIds, groupIds: [] }],
    assignments: [assignedOffice],
    targetGroups: [
      targetGroup(
        'office',
        names.map((name) => `scim-${name}`),
      ),
    ],
    ...changes,
  });
const check = (changes: Partial<WorldParts> = {}): string[] => brief(crossCheck(base(changes)).findings);
const members = (...ids: string[]) => [targetGroup('office', ids)];

test('two sides that agree give nothing', () => {
  expect(check()).toEqual([]);
});

describe('groups', () => {
  test('in scope and on no side of UNIFI are missing', () => {
    expect(check({ targetGroups: [] })).toEqual(['group-missing-in-target group-office']);
  });

  test('are found by link or externalId under another name, which drifts', () => {
    const renamed = [targetGroup('bureau', ['scim-ada', 'scim-bea', 'scim-cleo'], { externalId: null })];
    expect(check({ targetGroups: renamed, links: [link('group-office', 'scim-group-bureau')] })).toEqual([
      'attribute-drift group-office displayName value',
    ]);
    const byId = [targetGroup('bureau', ['scim-ada', 'scim-bea', 'scim-cleo'], { externalId: 'group-office' })];
    expect(check({ targetGroups: byId })).toEqual(['attribute-drift group-office displayName value']);
  });

  test('twice in UNIFI are a duplicate, and the second one is no orphan', () => {
    const both = [
      targetGroup('office', ['scim-ada', 'scim-bea', 'scim-cleo']),
      targetGroup('office', [], { id: 'scim-group-copy', externalId: null }),
    ];
    const { findings } = crossCheck(base({ targetGroups: both }));
    expect(brief(findings)).toEqual(['duplicate-in-target group-office']);
    expect(findings[0]?.related).toMatchObject([{ type: 'group', scimId: 'scim-group-copy' }]);
  });

  test('that share a name in Entra are duplicates of their match value', () => {
    const twin = group('Office', { id: 'group-twin' });
    const assignments = [assignedOffice, assign('group-twin', { principalType: 'Group' })];
    expect(check({ groups: [office, twin], assignments })).toEqual([
      'duplicate-match-value group-office',
      'duplicate-match-value group-twin',
    ]);
  });

  test('without a name lack their match value', () => {
    expect(check({ groups: [group('office', { displayName: ' ' })], targetGroups: [] })).toEqual([
      'missing-match-value group-office',
    ]);
  });

  test('that are not security-enabled are never in scope: nothing is said about them', () => {
    const list = group('office', { securityEnabled: false });
    const findings = check({ groups: [list] });
    expect(findings.filter((finding) => finding.includes('group'))).toEqual([]);
  });

  test('in UNIFI alone are orphans: local, not entitled, or gone', () => {
    const solo = [
      targetGroup('office', ['scim-ada', 'scim-bea', 'scim-cleo']),
      targetGroup('solo', [], { externalId: null }),
    ];
    expect(check({ targetGroups: solo })).toEqual(['group-orphan-in-target scim:scim-group-solo local']);
    expect(check({ targetGroups: solo, groups: [office, group('solo')] })).toEqual([
      'group-orphan-in-target group-solo not-entitled',
    ]);
    const links = [link('group-solo', 'scim-group-solo')];
    expect(check({ targetGroups: solo, links, groups: [office, group('solo')] })).toEqual([
      'group-orphan-in-target group-solo not-entitled',
    ]);
    expect(check({ targetGroups: solo, links })).toEqual(['group-orphan-in-target group-solo source-gone']);
    expect(check({ targetGroups: solo, links, settings: { SyncAll: 'true' } })).toEqual([
      'group-orphan-in-target group-solo source-gone',
    ]);
  });

  test('are not evaluated when the job maps none', () => {
    const schema = { schema: schemaOf({ group: null }), seenAt: '' };
    const { findings, notEvaluated } = crossCheck(base({ schema, targetGroups: members() }));
    expect(findings).toEqual([]);
    expect(notEvaluated.map(({ kind, source }) => [kind, source])).toEqual([
      ['group-missing-in-target', 'schema'],
      ['group-orphan-in-target', 'schema'],
      ['member-extra', 'schema'],
      ['member-missing', 'schema'],
    ]);
  });

  test('with the mapping switched off are not in scope', () => {
    const schema = { schema: schemaOf({ group: { enabled: false } }), seenAt: '' };
    expect(check({ schema, targetGroups: [] })).toEqual([]);
  });
});

describe('members', () => {
  test('missing and extra ones are findings of the group', () => {
    const extra = [...names, 'dora'];
    const { findings } = crossCheck(
      base({
        users: extra.map((name) => user(name)),
        accounts: extra.map((name) => account(name)),
        assignments: [assignedOffice, assign('entra-dora')],
        targetGroups: members('scim-ada', 'scim-cleo', 'scim-dora'),
      }),
    );
    expect(brief(findings)).toEqual(['member-missing group-office entra-bea', 'member-extra group-office entra-dora']);
    expect(findings.find(({ kind }) => kind === 'member-extra')).toMatchObject({
      subject: { type: 'group', entraId: 'group-office', scimId: 'scim-group-office' },
      member: { entraId: 'entra-dora', scimId: 'scim-dora', name: 'dora' },
      expected: false,
      actual: true,
    });
  });

  test('that are unreadable are not empty', () => {
    const { findings, notEvaluated } = crossCheck(base({ targetGroups: [targetGroup('office', null)] }));
    expect(findings).toEqual([]);
    expect(notEvaluated).toEqual([{ reason: 'the members of a group could not be read from UNIFI', count: 1 }]);
  });

  test('whose own account is missing are only the finding of that person', () => {
    const accounts = [account('ada'), account('bea')];
    expect(check({ accounts, targetGroups: members('scim-ada', 'scim-bea') })).toEqual([
      'missing-in-target entra-cleo',
    ]);
  });

  test('who are direct but out of scope are neither missing nor extra', () => {
    const users = [user('ada'), user('bea'), user('cleo', { accountEnabled: false })];
    const accounts = [account('ada'), account('bea'), account('cleo', { active: false })];
    expect(check({ users, accounts })).toEqual([]);
    expect(check({ users, accounts, targetGroups: members('scim-ada', 'scim-bea') })).toEqual([]);
  });

  test('that are groups, or no account at all, are left alone', () => {
    const ids = ['scim-ada', 'scim-bea', 'scim-cleo', 'scim-group-office', 'scim-nobody'];
    expect(check({ targetGroups: members(...ids) })).toEqual([]);
  });

  test('added ten minutes ago are pending, by the audit log or by the run that saw it first', () => {
    const targetGroups = members('scim-ada', 'scim-bea');
    const audit = [auditEvent('Add member to group', tenMinutesAgo, 'entra-cleo', 'group-office')];
    expect(check({ targetGroups, audit })).toEqual(['member-missing group-office entra-cleo pending']);
    const seen = {
      people: new Map<string, string>(),
      groups: new Map<string, string>(),
      memberships: new Map([['group-office entra-cleo', tenMinutesAgo]]),
    };
    expect(check({ targetGroups, seen, auditFrom: null })).toEqual(['member-missing group-office entra-cleo pending']);
    expect(check({ targetGroups, seen })).toEqual(['member-missing group-office entra-cleo']);
  });
});
