import { afterAll, describe, expect, test } from 'vitest';
import type { CauseId } from '../../../../src-main/contract/models/investigation.ts';
import { sourceNames } from '../../../../src-main/contract/models/run.ts';
import type { AuditEvent } from '../../../../src-main/core/model/directory.ts';
import { account, ada, assignment, auditEvent, finding, group, job, row, user } from './small-case.ts';
import { askMember, design, designTarget, groupFinding, groupRow, type MemberChanges } from './small-group.ts';

const lastWeek = '2026-11-16T08:00:00Z';
const member = { entraId: ada, scimId: 'u-7', name: 'Ada Brandt' };
const missing = groupFinding('member-missing', { member, changedAt: lastWeek });
const extra = groupFinding('member-extra', { member, changedAt: lastWeek });
const failedRow = (code: string) =>
  groupRow({
    at: '2026-11-17T08:00:00Z',
    status: 'failure',
    errorCode: code,
    reason: code,
    modifiedProperties: [{ name: 'members', oldValue: null, newValue: ada }],
  });
const membership = (activity: string, at: string): AuditEvent => ({
  ...auditEvent(activity, at),
  category: 'GroupManagement',
  targets: [
    { id: ada, type: 'User', name: 'Ada Brandt' },
    { id: design, type: 'Group', name: 'Design' },
  ],
});
const changedLately = designTarget({ lastModifiedAt: '2026-11-18T08:00:00Z' });

type World = MemberChanges & { question: string };
/** A small world for every cause of a membership. */
const worlds: Partial<Record<CauseId, World>> = {
  M1: {
    question: 'missing',
    facts: { isDirect: false },
    person: {
      facts: {
        groups: [
          { id: 'Studio', through: [], group: group('Studio') },
          { id: design, through: ['Studio'], group: group(design, { displayName: 'Design' }) },
        ],
      },
    },
  },
  M2: {
    question: 'missing',
    person: {
      facts: { account: null },
      findings: [finding('missing-in-target')],
      rows: [row({ status: 'failure', errorCode: 'TooManyRequests', reason: 'TooManyRequests' })],
    },
  },
  M3: {
    question: 'missing',
    group: { findings: [missing], rows: [failedRow('UnableToResolveReferenceAttributeValue')] },
  },
  M4: {
    question: 'missing',
    group: { findings: [missing] },
    person: { facts: { audit: [auditEvent('Restore user', lastWeek)] } },
  },
  M5: { question: 'missing', group: { facts: { targets: [designTarget({ memberCount: null })] } } },
  M6: { question: 'missing', facts: { listedUntil: lastWeek }, group: { findings: [missing] } },
  M7: {
    question: 'still-active',
    facts: { isDirect: false, isListed: true },
    group: {
      findings: [
        groupFinding('member-extra', {
          member,
          state: 'pending',
          changedAt: '2026-11-23T11:50:00Z',
          expectedBy: '2026-11-23T12:55:00.000Z',
        }),
      ],
      facts: { audit: [membership('Remove member from group', '2026-11-23T11:50:00Z')] },
    },
  },
  M8: { question: 'missing', group: { findings: [missing], rows: [failedRow('TooManyRequests')] } },
  'A3-paused': {
    question: 'missing',
    group: { findings: [missing], job: job({ state: 'Paused', code: 'Paused' }) },
  },
  'A12-wait': {
    question: 'missing',
    group: {
      findings: [
        groupFinding('member-missing', {
          member,
          state: 'pending',
          changedAt: '2026-11-23T11:50:00Z',
          expectedBy: '2026-11-23T12:55:00.000Z',
        }),
      ],
    },
  },
  A13: {
    question: 'missing',
    group: { findings: [missing], facts: { audit: [membership('Add member to group', lastWeek)] } },
  },
  'B3-disabled': {
    question: 'still-active',
    facts: { isDirect: false, isListed: true },
    group: { findings: [extra], job: job({ state: 'Disabled', code: 'Paused' }) },
  },
  B15: {
    question: 'still-active',
    facts: { isDirect: false, isListed: true },
    group: { findings: [extra], facts: { audit: [membership('Remove member from group', lastWeek)] } },
  },
};
const causes = Object.keys(worlds) as CauseId[];
const worldOf = (cause: CauseId): World => worlds[cause] as World;

describe('investigateMember', () => {
  test.each(causes)('finds the cause %s in its own small world', (cause) => {
    const { question, ...world } = worldOf(cause);
    const found = askMember(world);
    expect({ cause: found.verdict.cause, question: found.question }).toEqual({ cause, question });
    expect(found.path.filter(({ outcome }) => outcome === 'cause').map(({ rule }) => rule)).toEqual([
      cause.split('-')[0],
    ]);
    expect(found.verdict.sentence).toContain('Ada Brandt');
    expect(found.verdict.sentence).toContain('"Design"');
    expect(found.verdict.sentence).toMatch(/^[A-Z].*\.$/u);
    expect(found.verdict.sentence).not.toMatch(/undefined|null|NaN/u);
    expect(found.verdict.steps.length).toBeGreaterThan(0);
    expect(found).toMatchObject({ subject: { id: design, type: 'group' }, member: { id: ada, name: 'Ada Brandt' } });
  });

  test('gives the cause of the person where the account is missing', () => {
    const { verdict, member: asked } = askMember(worldOf('M2'));
    expect(asked?.verdict.cause).toBe('A11-failure');
    expect(verdict.steps).toEqual(asked?.verdict.steps);
    expect(verdict.sentence).toMatch(/^Ada Brandt is not in the group .* because the person has no account there: /u);
    expect(verdict.sentence).toContain(asked?.verdict.sentence);
  });

  test('draws the way from the person to the group', () => {
    const { path } = askMember(worldOf('M1'));
    expect(path.find(({ rule }) => rule === 'M1')?.evidence.map(({ text }) => text)).toEqual([
      'Ada Brandt is a direct member of "Studio".',
      'which is a member of "Design".',
    ]);
  });

  test('says that somebody who is no member at all is none in Entra', () => {
    const { verdict } = askMember({ facts: { isDirect: false } });
    expect(verdict.cause).toBe('M1');
    expect(verdict.sentence).toBe(
      'Ada Brandt is not in the group "Design" in UNIFI because the person is not a member of the group in Entra.',
    );
  });

  test('says that a member on both sides is as it should be', () => {
    const { question, verdict } = askMember({ facts: { isListed: true } });
    expect({ question, cause: verdict.cause, certainty: verdict.certainty }).toEqual({
      question: 'as-it-should-be',
      cause: null,
      certainty: 'certain',
    });
  });

  test('blames the group where it is missing itself', () => {
    const { verdict, path } = askMember({ group: { facts: { targets: [], link: null, assignments: [] } } });
    expect(verdict.cause).toBe('G2');
    expect(verdict.sentence).toMatch(/^Ada Brandt is not in the group "Design" in UNIFI because the group itself/u);
    expect(path.some(({ rule }) => rule === 'G2')).toBe(true);
  });

  test.each([
    ['missing', { isDirect: true }, 'somebody changed the members in UNIFI itself on 18 November'],
    [
      'still-active',
      { isDirect: false, isListed: true },
      'somebody changed the members in UNIFI itself on 18 November',
    ],
  ] as const)('tells by the last change of the group that UNIFI was changed by hand (%s)', (question, facts, text) => {
    const found = askMember({ facts, group: { facts: { targets: [changedLately] } } });
    expect({ question: found.question, cause: found.verdict.cause }).toEqual({ question, cause: 'M6' });
    expect(found.verdict.sentence).toContain(text);
  });

  test('takes a change of the group that Entra made for no change by hand', () => {
    const rows = [groupRow({ at: '2026-11-18T08:01:00Z' })];
    const found = askMember({
      facts: { isDirect: false, isListed: true },
      group: { rows, facts: { targets: [changedLately] } },
    });
    expect(found.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
  });

  test('says M4 also of a return that only the collections saw', () => {
    const { verdict } = askMember({ facts: { returnedAt: lastWeek }, group: { findings: [missing] } });
    expect(verdict).toMatchObject({ cause: 'M4', certainty: 'likely' });
  });

  test('does not blame the return where the membership was written after it', () => {
    const written = groupRow({
      at: '2026-11-18T08:00:00Z',
      modifiedProperties: [{ name: 'members', oldValue: null, newValue: 'u-7' }],
    });
    const { verdict } = askMember({
      group: { findings: [missing], rows: [written] },
      person: { facts: { audit: [auditEvent('Restore user', lastWeek)] } },
    });
    expect(verdict.cause).toBe('M6');
  });

  test('does not tell the members of a group whose members are not read', () => {
    const { verdict } = askMember({
      facts: { isDirect: false, isListed: true },
      group: { facts: { memberCount: null, assignments: [] } },
    });
    expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(verdict.sentence).toContain('not assigned to UNIFI');
  });

  test('names a disabled member whose account is switched off as that', () => {
    const { verdict } = askMember({
      person: { facts: { user: user({ accountEnabled: false }), account: account({ active: false }) } },
      group: { facts: { assignments: [assignment(design)] } },
    });
    expect(verdict.cause).toBe('M2');
    expect(verdict.sentence).toContain('not meant to be active');
  });

  const blinded = new Set<string>();
  test.each(causes)('never gives another cause than %s when a source cannot be read', (cause) => {
    const { question: _question, ...world } = worldOf(cause);
    for (const source of sourceNames) {
      const { verdict, unknown } = askMember({ ...world, group: { ...world.group, unread: [source] } });
      expect(unknown.map((one) => one.source)).toContain(source);
      if (verdict.cause === cause) continue;
      blinded.add(source);
      expect({ source, cause: verdict.cause, certainty: verdict.certainty }).toEqual({
        source,
        cause: null,
        certainty: 'cannot-tell',
      });
    }
  });
  // Were missing sources ignored, every source would have left every cause as it is.
  afterAll(() => expect(blinded.size).toBeGreaterThan(1));
});
