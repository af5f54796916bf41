import { describe, expect, test } from 'vitest';
import type { Investigation } from '../../../../src-main/contract/models/investigation.ts';
import { writeTicket } from '../../../../src-main/core/investigation/write-ticket.ts';

const found: Omit<Investigation, 'ticket'> = {
  subject: {
    type: 'user',
    id: '5d1c9a1e-0000-4000-8000-000000000001',
    entraId: '5d1c9a1e-0000-4000-8000-000000000001',
    scimId: 'u-7',
    name: 'Ada Brandt',
    userPrincipalName: 'ada@demo.example',
    userName: null,
  },
  question: 'missing',
  verdict: {
    cause: 'A12-wait',
    sentence: 'Ada Brandt is missing in UNIFI.',
    certainty: 'certain',
    actor: 'wait',
    steps: ['Wait until then.', 'Ask again.'],
    expectedBy: '2026-11-24T20:57:10Z',
  },
  path: [
    {
      rule: 'A7',
      title: 'Is the person enabled in Entra?',
      outcome: 'ruled-out',
      evidence: [{ source: 'users', ref: '', at: null, text: 'Sign-in is allowed.' }],
    },
    { rule: 'A11', title: 'What happened at the last attempt?', outcome: 'blind', evidence: [] },
  ],
  attributes: [],
  timeline: [],
  unknown: [{ source: 'audit', reason: 'The audit log of Entra could not be read.', blinds: ['A12'] }],
};
const options = { actor: 'nobody; waiting is enough', at: '2026-11-24T20:00:00.000Z', names: ['Ada Brandt'] };
const named = (name: string): typeof found => ({
  ...found,
  subject: { ...found.subject, name },
  verdict: { ...found.verdict, sentence: `${name} is missing in UNIFI.` },
});

describe('a ticket', () => {
  test('says the verdict, of whom, as of when, who acts, until when, what to do, and what was looked at', () => {
    expect(writeTicket(found, options).text).toBe(
      [
        'Ada Brandt is missing in UNIFI.',
        '',
        'Person: Ada Brandt',
        'Sign-in name: ada@demo.example',
        'Entra object id: 5d1c9a1e-0000-4000-8000-000000000001',
        'UNIFI id: u-7',
        'Cause: A12-wait',
        'As of: 24 November 2026 at 20:00 UTC',
        'Who acts: nobody; waiting is enough',
        'Expected by: 24 November 2026 at 20:57 UTC',
        '',
        'What to do:',
        '1. Wait until then.',
        '2. Ask again.',
        '',
        'What was looked at:',
        '- Is the person enabled in Entra? ruled out: Sign-in is allowed.',
        '- What happened at the last attempt? could not be looked at.',
        '',
        'What was not known:',
        '- The audit log of Entra could not be read.',
      ].join('\n'),
    );
  });

  test('in Markdown has headings, and names that cannot format anything', () => {
    const { markdown } = writeTicket(named('*Ada* [click](https://evil.example)\n# Urgent'), options);
    expect(markdown.split('\n')[0]).toBe(
      '**\\*Ada\\* \\[click\\]\\(https://evil.example\\) \\# Urgent is missing in UNIFI.**',
    );
    expect(markdown.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '### What to do',
      '### What was looked at',
      '### What was not known',
    ]);
    expect(markdown).toContain('\n1. Wait until then.\n2. Ask again.\n');
  });

  test('keeps to its lines whatever a name holds', () => {
    const { text } = writeTicket(named('Ada\nWho acts: nobody'), options);
    expect(text.split('\n').filter((line) => line.startsWith('Who acts:'))).toHaveLength(1);
  });

  test('redacted masks names, addresses and ids, each always the same, and says the rest', () => {
    const { text, redacted } = writeTicket(found, options);
    expect(redacted).not.toMatch(/Ada|demo\.example|5d1c9a1e/u);
    expect(redacted.split('\n')).toHaveLength(text.split('\n').length);
    expect(redacted).toContain('[name 1] is missing in UNIFI.\n\nPerson: [name 1]\n');
  });

  test('of a group and its member names both', () => {
    const { verdict } = found;
    const member = { id: 'm', entraId: 'm-1', scimId: null, name: 'Bo Nord', verdict };
    const { text } = writeTicket({ ...found, subject: { ...found.subject, type: 'group' }, member }, options);
    expect(text).toContain('Group: Ada Brandt\nMember: Bo Nord\n');
    expect(text).toContain('Entra object id of the member: m-1');
  });
});
