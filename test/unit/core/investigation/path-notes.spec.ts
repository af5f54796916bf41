import { describe, expect, test } from 'vitest';
import type { Investigation } from '../../../../src-main/contract/models/investigation.ts';
import { noteRules } from '../../../../src-main/core/investigation/causes.ts';
import { investigatePerson } from '../../../../src-main/core/investigation/investigate-person.ts';
import { assignment, finding, group, job, row, schema, smallCase, user, type CaseChanges } from './small-case.ts';

const missing: CaseChanges = { findings: [finding('missing-in-target')], facts: { account: null } };
const leaver = (changes: CaseChanges = {}): CaseChanges => ({
  findings: [finding('active-source-gone')],
  rows: [row({ at: '2026-11-10T10:00:00Z' })],
  ...changes,
  facts: { user: user({ accountEnabled: false }), ...changes.facts },
});
const ask = (changes: CaseChanges): Investigation => investigatePerson(smallCase(changes));
const noteOf = (found: Investigation, rule: string) => found.path.find((one) => one.rule === rule);

describe('notes in the path', () => {
  test('are there for every rule that is never the cause', () => {
    const tried = [ask(missing), ask(leaver())].flatMap(({ path }) => path.map(({ rule }) => rule));
    for (const { id } of noteRules) expect(tried).toContain(id);
  });

  test('A1 names what could not be read', () => {
    const note = noteOf(ask({ ...missing, unread: ['deleted-users', 'audit'] }), 'A1');
    expect(note?.outcome).toBe('note');
    expect(note?.evidence.map(({ source }) => source)).toEqual(['deleted-users', 'audit']);
    expect(noteOf(ask(missing), 'A1')?.outcome).toBe('ruled-out');
  });

  test('B12 names the groups that still give the access, and the delay of those that a rule decides', () => {
    const facts = {
      assignments: [assignment('Design')],
      groups: [{ id: 'Design', through: [], group: group('Design', { groupTypes: ['DynamicMembership'] }) }],
    };
    const note = noteOf(ask(leaver({ facts })), 'B12');
    expect(note?.outcome).toBe('note');
    expect(note?.evidence[0]?.text).toContain('with a delay of its own');
  });

  test('B14 names another job and what it wrote', () => {
    const otherRows = [row({ id: 'other', jobId: 'second', action: 'update' })];
    const note = noteOf(ask(leaver({ otherJobs: [{ ...job(), id: 'second' }], otherRows })), 'B14');
    expect(note?.outcome).toBe('note');
    expect(note?.evidence.map(({ ref }) => ref)).toEqual(['second', 'other']);
    expect(noteOf(ask(leaver()), 'B14')?.outcome).toBe('ruled-out');
  });
});

describe('the question', () => {
  const outsider: CaseChanges = { facts: { account: null, assignments: [], wasInScope: false } };

  test('is "never in scope" for somebody to whom nobody ever gave access', () => {
    const { question, verdict } = ask(outsider);
    expect({ question, cause: verdict.cause }).toEqual({ question: 'never-in-scope', cause: 'A8-not-assigned' });
  });

  test('is "missing" where anything shows that it was different once', () => {
    const once = [
      { facts: { ...outsider.facts, wasInScope: true } },
      { ...outsider, rows: [row()] },
      { ...outsider, past: [{ finding: finding('missing-in-target'), states: [] }] },
    ];
    for (const changes of once) expect(ask(changes).question).toBe('missing');
  });
});

test('says that it cannot tell where a condition of the filter is not known and nothing else explains it', () => {
  const { verdict } = ask({ ...missing, schema: schema({ operator: 'SOUNDS LIKE' }) });
  expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
  expect(verdict.sentence).toContain('cannot be evaluated here');
});

test('tells findings as they opened and closed, and collections that missed something', () => {
  const past = [
    {
      finding: finding('missing-in-target'),
      states: [
        { at: '2026-11-20T10:00:00Z', state: 'open' as const },
        { at: '2026-11-21T10:00:00Z', state: 'resolved' as const },
      ],
    },
  ];
  const { timeline } = ask({ past });
  const texts = timeline.filter(({ kind }) => kind === 'finding').map(({ text }) => text);
  expect(texts).toEqual([
    'Finding closed: People without an account in UNIFI.',
    'Finding opened: People without an account in UNIFI.',
  ]);
});
