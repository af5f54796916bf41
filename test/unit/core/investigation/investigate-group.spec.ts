import { afterAll, describe, expect, test } from 'vitest';
import type { CauseId } from '../../../../src-main/contract/models/investigation.ts';
import { sourceNames } from '../../../../src-main/contract/models/run.ts';
import { assignment, beginning, group, job, neverRun, now, quarantined } from './small-case.ts';
import {
  askGroup,
  design,
  designTarget,
  groupFinding,
  groupRow,
  groupSchema,
  type GroupChanges,
} from './small-group.ts';

const lastWeek = '2026-11-16T08:00:00Z';
const explained = (code: string) => ({ errorCode: code, reason: code });

/** Not in UNIFI, and never linked. */
const missing = (changes: GroupChanges = {}): GroupChanges => ({
  findings: [groupFinding('group-missing-in-target', { changedAt: lastWeek })],
  ...changes,
  facts: { targets: [], link: null, ...changes.facts },
});
/** In UNIFI, and not assigned any more. */
const surplus = (changes: GroupChanges = {}): GroupChanges => ({
  findings: [groupFinding('group-orphan-in-target', { changedAt: lastWeek })],
  ...changes,
  facts: { assignments: [], ...changes.facts },
});
/** In UNIFI, and deleted in Entra. */
const gone = (changes: GroupChanges = {}): GroupChanges =>
  surplus({
    ...changes,
    facts: { group: null, formerGroup: { item: group(design, { displayName: 'Design' }), goneAt: lastWeek } },
  });

type Asked = { question: string; world: GroupChanges };
/** A small world for every cause of a group. */
const worlds: Partial<Record<CauseId, Asked>> = {
  'A2-not-found': { question: 'missing', world: { facts: { ...gone().facts, targets: [] } } },
  'A3-no-job': { question: 'missing', world: missing({ job: null }) },
  'A3-disabled': { question: 'missing', world: missing({ job: job({ state: 'Disabled', code: 'Paused' }) }) },
  'A3-paused': { question: 'missing', world: missing({ job: job({ state: 'Paused', code: 'Paused' }) }) },
  'A3-not-run': { question: 'missing', world: missing({ job: neverRun() }) },
  A4: { question: 'missing', world: missing({ job: quarantined('EncounteredQuarantineException') }) },
  A5: { question: 'missing', world: missing({ job: beginning() }) },
  G1: { question: 'missing', world: missing({ schema: groupSchema({ enabled: false }) }) },
  A6: {
    question: 'missing',
    world: missing({ schema: groupSchema({ flowTypes: { add: false, update: true, delete: true } }) }),
  },
  G2: { question: 'missing', world: missing({ facts: { assignments: [] } }) },
  'A8-not-security-enabled': {
    question: 'missing',
    world: missing({ facts: { group: group(design, { displayName: 'Design', securityEnabled: false }) } }),
  },
  G3: {
    question: 'missing',
    world: missing({ facts: { group: group(design, { displayName: 'Tmp workshop' }) } }),
  },
  'G4-missing': {
    question: 'missing',
    // A filter on the name would leave a group without one out before.
    world: missing({
      schema: groupSchema({ scope: null }),
      facts: { group: group(design, { displayName: null }) },
    }),
  },
  'G4-duplicate': {
    question: 'missing',
    world: {
      findings: [groupFinding('duplicate-match-value')],
      facts: {
        link: null,
        targets: [designTarget({ externalId: 'other' })],
        namesakes: [{ group: group('other', { displayName: 'Design' }), assignment: assignment('other') }],
      },
    },
  },
  G5: {
    question: 'missing',
    world: missing({ rows: [groupRow({ action: 'create', status: 'failure', ...explained('TooManyRequests') })] }),
  },
  'A11-skipped': {
    question: 'missing',
    world: missing({ rows: [groupRow({ status: 'skipped', ...explained('NotEffectivelyEntitled') })] }),
  },
  A11s: { question: 'missing', world: missing({ rows: [groupRow({ action: 'create' })] }) },
  'A12-wait': {
    question: 'missing',
    world: missing({
      findings: [
        groupFinding('group-missing-in-target', {
          state: 'pending',
          changedAt: '2026-11-23T11:50:00Z',
          expectedBy: '2026-11-23T12:55:00.000Z',
        }),
      ],
    }),
  },
  'A12-gap': {
    question: 'missing',
    world: missing({ findings: [groupFinding('group-missing-in-target', { changedAt: '2026-05-01T00:00:00Z' })] }),
  },
  A13: { question: 'missing', world: missing() },
  G6: {
    question: 'as-it-should-be',
    world: {
      findings: [groupFinding('attribute-drift', { attribute: 'displayName' })],
      facts: { targets: [designTarget({ displayName: 'Design (old)' })] },
    },
  },
  B2: {
    question: 'still-active',
    world: {
      id: 'scim:g-1',
      facts: { group: null, link: null, assignments: [], targets: [designTarget({ externalId: null })] },
    },
  },
  'B3-paused': { question: 'still-active', world: surplus({ job: job({ state: 'Paused', code: 'Paused' }) }) },
  'B6-delete': {
    question: 'still-active',
    world: gone({ schema: groupSchema({ flowTypes: { add: true, update: true, delete: false } }) }),
  },
  B7: { question: 'still-active', world: surplus({ job: quarantined('TooManyDeletes') }) },
  'B10-failure': {
    question: 'still-active',
    world: gone({ rows: [groupRow({ action: 'delete', status: 'failure', ...explained('TooManyRequests') })] }),
  },
  'B10-ignored': { question: 'still-active', world: gone({ rows: [groupRow({ action: 'delete' })] }) },
};
const causes = Object.keys(worlds) as CauseId[];
const worldOf = (cause: CauseId): Asked => worlds[cause] as Asked;

describe('investigateGroup', () => {
  test.each(causes)('finds the cause %s in its own small world', (cause) => {
    const { question, world } = worldOf(cause);
    const found = askGroup(world);
    expect({ cause: found.verdict.cause, question: found.question }).toEqual({ cause, question });
    expect(found.path.filter(({ outcome }) => outcome === 'cause').map(({ rule }) => rule)).toEqual([
      cause.split('-')[0],
    ]);
    expect(found.verdict.sentence).toMatch(/^[A-Z].*\.$/u);
    expect(found.verdict.sentence).not.toMatch(/undefined|null|NaN|one of the following/u);
    expect(found.verdict.steps.length).toBeGreaterThan(0);
    expect(found.subject).toMatchObject({ type: 'group' });
  });

  test('says that a group with the same name on both sides is as it should be', () => {
    const { question, verdict, attributes, unknown } = askGroup();
    expect(verdict).toMatchObject({ cause: null, certainty: 'certain', actor: 'nobody' });
    expect(question).toBe('as-it-should-be');
    expect(verdict.sentence).toBe(
      'The group "Design" is as it should be: it is in UNIFI under the same name, with 3 members.',
    );
    expect(attributes.map(({ attribute, agreement }) => `${attribute} ${agreement}`)).toEqual([
      'displayName same',
      'externalId same',
    ]);
    expect(unknown).toEqual([]);
  });

  test('does not call a group right whose members differ, unless they are not due yet', () => {
    const member = (id: string) => ({ entraId: id, scimId: null, name: id });
    const differing = [
      groupFinding('member-missing', { id: 'f-1', member: member('one') }),
      groupFinding('member-missing', { id: 'f-2', member: member('two') }),
      groupFinding('member-extra', { id: 'f-3', member: member('three') }),
    ];
    const { question, verdict } = askGroup({ findings: differing });
    expect(question).toBe('as-it-should-be');
    expect(verdict).toMatchObject({ cause: null, actor: 'entra-admin' });
    expect(verdict.sentence).toBe(
      'The group "Design" is in UNIFI under the same name, but its members are not those of Entra: 2 people are missing there, and 1 person is in it there alone.',
    );
    expect(verdict.steps).toHaveLength(1);
    const pending = differing.map((one) => ({ ...one, state: 'pending' as const }));
    expect(askGroup({ findings: pending }).verdict.sentence).toContain('is as it should be');
  });

  test('leaves the group that UNIFI has in peace where another one has its name', () => {
    const namesakes = [{ group: group('other', { displayName: 'Design' }), assignment: assignment('other') }];
    const { question, verdict } = askGroup({ findings: [groupFinding('duplicate-match-value')], facts: { namesakes } });
    expect({ question, cause: verdict.cause }).toEqual({ question: 'as-it-should-be', cause: null });
  });

  test('tells a group that was made again after it was renamed', () => {
    const further = designTarget({ id: 'g-2' });
    const targets = [designTarget({ displayName: 'Design (old)' }), further];
    const { verdict } = askGroup({ findings: [groupFinding('duplicate-in-target')], facts: { targets } });
    expect(verdict.cause).toBe('G6');
    expect(verdict.sentence).toContain('"Design (old)" and "Design"');
  });

  test('waits for a group that was renamed in Entra a moment ago', () => {
    const { verdict } = askGroup({
      findings: [
        groupFinding('attribute-drift', { state: 'pending', changedAt: now, expectedBy: '2026-11-23T13:00:00Z' }),
      ],
      facts: { targets: [designTarget({ displayName: 'Drafting' })] },
    });
    expect(verdict).toMatchObject({ cause: 'A12-wait', actor: 'wait', expectedBy: '2026-11-23T13:00:00Z' });
  });

  test('names the assigned group that a missing one is only inside of', () => {
    const holders = [{ id: 'Studio', through: [], group: group('Studio') }];
    const { verdict } = askGroup(missing({ facts: { holders, assignments: [assignment('Studio')] } }));
    expect(verdict.cause).toBe('G2');
    expect(verdict.sentence).toContain('inside of the assigned group "Studio"');
  });

  test('shows every clause of the filter for groups with the value that it saw', () => {
    const { path } = askGroup(worldOf('G3').world);
    expect(path.find(({ rule }) => rule === 'G3')?.evidence.map(({ text }) => text)).toEqual([
      'Filter "Lasting": displayName not regex match "^Tmp" fails; it is "Tmp workshop".',
    ]);
  });

  test('does not decide on a filter for groups that cannot be evaluated', () => {
    const scope = {
      groups: [{ name: 'Odd', clauses: [{ attribute: 'displayName', operator: 'SOUNDS LIKE', values: ['x'] }] }],
      inputFilterGroups: [],
    };
    const here = askGroup({ schema: groupSchema({ scope }) });
    expect(here.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    const absent = askGroup(missing({ schema: groupSchema({ scope }) }));
    expect(absent.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(absent.verdict.sentence).toContain('cannot be evaluated here');
  });

  const blinded = new Set<string>();
  test.each(causes)('never gives another cause than %s when a source cannot be read', (cause) => {
    for (const source of sourceNames) {
      const { verdict, unknown } = askGroup({ ...worldOf(cause).world, unread: [source] });
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

  test('masks the name and the ids of the group in the redacted ticket', () => {
    const { ticket } = askGroup(worldOf('G6').world);
    expect(ticket.text).toContain('Design');
    expect(ticket.redacted).not.toMatch(/Design|22222222|g-1/u);
  });
});
