import type { Investigation } from '../../src-main/contract/models/investigation.ts';
import type { BatchRow } from '../../src-main/contract/models/investigation-batch.ts';

interface FakePerson {
  id: string;
  name: string;
  upn: string;
}

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T08:12:00Z`;

/** A whole investigation of somebody in a nested group, with a source that could not be read. */
export const investigationOf = ({ id, name, upn }: FakePerson): Investigation => ({
  subject: { type: 'user', id, entraId: id, scimId: null, name, userPrincipalName: upn, userName: null },
  question: 'missing',
  verdict: {
    cause: 'A8-nested-group',
    sentence: `${name} is not in UNIFI because the person is only in "Design EMEA", which is nested in the assigned group "Design"; Entra does not provision nested members.`,
    certainty: 'certain',
    actor: 'group-owner',
    steps: [
      `Add ${name} to "Design" itself, or assign "Design EMEA" to UNIFI as well.`,
      'Wait for the next provisioning cycle.',
    ],
    expectedBy: '2026-11-23T21:10:00Z',
  },
  path: [
    {
      rule: 'A0',
      title: 'What does UNIFI have?',
      outcome: 'note',
      evidence: [
        { source: 'scim-users', ref: '', at: null, text: 'UNIFI has no account that belongs to this person.' },
      ],
    },
    {
      rule: 'A7',
      title: 'Is the person enabled in Entra?',
      outcome: 'ruled-out',
      evidence: [{ source: 'users', ref: id, at: null, text: 'Sign-in is allowed.' }],
    },
    {
      rule: 'A8',
      title: 'Is the person assigned to UNIFI, directly or by direct membership of an assigned group?',
      outcome: 'cause',
      evidence: [
        { source: 'groups', ref: 'g2', at: null, text: `${name} is a direct member of "Design EMEA".` },
        { source: 'groups', ref: 'g1', at: day(2), text: 'which is a member of "Design".' },
      ],
    },
    {
      rule: 'A11',
      title: 'What happened at the last attempt?',
      outcome: 'also',
      evidence: [
        {
          source: 'provisioning-log',
          ref: '00000003-0000-4000-8000-000000000004',
          at: day(20),
          text: 'Log row "create" ended as "skipped".',
        },
      ],
    },
    { rule: 'A12', title: 'Is it too early, or too long ago for the log?', outcome: 'blind', evidence: [] },
  ],
  attributes: [
    { attribute: 'userName', expected: upn, actual: upn.toUpperCase(), agreement: 'different', note: 'only case' },
    { attribute: 'name.familyName', expected: 'Brandt', actual: 'Brandt', agreement: 'same', note: null },
    { attribute: 'externalId', expected: null, actual: 'E-77', agreement: 'unknown', note: null },
  ],
  timeline: [
    { at: '2026-11-23T19:48:12Z', kind: 'collection', text: 'Collected.', ref: '30' },
    ...Array.from({ length: 12 }, (_, index) => ({
      at: day(20 - index),
      kind: 'log' as const,
      text: 'create: skipped (NotEffectivelyEntitled).',
      ref: `00000003-0000-4000-8000-00000000000${(index % 9).toString()}`,
    })),
    { at: day(8), kind: 'finding', text: 'Seen for the first time: missing in target.', ref: 'f000000000000003' },
    { at: day(7), kind: 'job', text: 'Update provisioning setting by admin@example.com.', ref: 'a1' },
    { at: day(3), kind: 'gap', until: day(5), text: 'The log was not collected.', ref: null },
    { at: '2024-03-02T10:00:00Z', kind: 'directory', text: 'Created in Entra.', ref: id },
  ],
  unknown: [
    {
      source: 'audit',
      reason: 'The audit log of Entra could not be read. It was never read whole.',
      blinds: ['A12', 'B13'],
    },
  ],
  access: {
    everyone: false,
    ways: [
      {
        groups: [
          { id: 'g2', name: 'Design EMEA', securityEnabled: true, dynamic: true, assigned: false },
          { id: 'g1', name: 'Design', securityEnabled: true, dynamic: false, assigned: true },
        ],
        broken: { link: 1, why: 'nested' },
      },
      {
        groups: [{ id: 'g3', name: null, securityEnabled: null, dynamic: false, assigned: true }],
        broken: { link: 1, why: 'not-known' },
      },
    ],
    wayCount: 23,
    clauses: [
      {
        filter: 'Design',
        early: false,
        attribute: 'department',
        operator: 'EQUALS',
        values: ['Design'],
        seen: 'design',
        problem: null,
        answer: 'fail',
      },
      {
        filter: 'Design',
        early: false,
        attribute: 'country',
        operator: 'IS NOT NULL',
        values: [],
        seen: null,
        problem: null,
        answer: 'fail',
      },
      {
        filter: 'Partners',
        early: true,
        attribute: 'manager',
        operator: 'IsMemberOf',
        values: ['x'],
        seen: null,
        problem: 'it cannot be used in a filter',
        answer: 'unknown',
      },
    ],
  },
  ticket: {
    text: `${name} is not in UNIFI.\n\nSign-in name: ${upn}`,
    markdown: `**${name} is not in UNIFI.**\n\n- Sign-in name: ${upn}`,
    redacted: '[name 1] is not in UNIFI.\n\nSign-in name: [address 1]',
  },
});

/** A group, or the membership of somebody in it. */
export const groupInvestigationOf = (group: { id: string; name: string }, member?: FakePerson): Investigation => {
  const about = investigationOf({ ...group, upn: '' });
  const { access: _none, ...rest } = about;
  const verdict: Investigation['verdict'] = {
    ...about.verdict,
    cause: member ? 'M6' : null,
    sentence: member
      ? `${member.name} is not in the group "${group.name}" in UNIFI although the person is a member in Entra.`
      : `The group "${group.name}" is as it should be.`,
  };
  return {
    ...rest,
    subject: { ...about.subject, type: 'group', userPrincipalName: null },
    question: member ? 'missing' : 'as-it-should-be',
    verdict,
    ...(member
      ? {
          member: {
            id: member.id,
            entraId: member.id,
            scimId: null,
            name: member.name,
            verdict: { ...about.verdict, cause: null, sentence: `${member.name} is as it should be.` },
          },
        }
      : {}),
  };
};

/** Nobody, or several who fit: nothing is decided. */
export const undecidedOf = (who: string, candidates: readonly FakePerson[]): Investigation => ({
  subject: { type: 'user', id: null, entraId: null, scimId: null, name: who, userPrincipalName: null, userName: null },
  ...(candidates.length > 0
    ? {
        candidates: candidates.map(({ id, name, upn }) => ({
          type: 'user',
          id,
          name,
          detail: `${upn}, account active`,
        })),
      }
    : {}),
  question: 'unknown-person',
  verdict: {
    cause: null,
    sentence:
      candidates.length > 0
        ? `"${who}" fits ${candidates.length.toString()} people; say which of them is meant.`
        : `Nobody called "${who}" is known in Entra, in UNIFI, or in the provisioning log.`,
    certainty: candidates.length > 0 ? 'cannot-tell' : 'certain',
    actor: 'entra-admin',
    steps: ['Check the spelling.'],
  },
  path: [],
  attributes: [],
  timeline: [],
  unknown: [],
  ticket: { text: '', markdown: '', redacted: '' },
});

/** A row of a batch; every third is as it should be, every fifth was not found. */
export const batchRowOf = (who: string, index: number, { id, name }: FakePerson): BatchRow => {
  const common = { line: index + 1, who, member: null, expectedBy: null, candidates: 0 };
  if (index % 5 === 4) {
    return {
      ...common,
      id: null,
      name: who,
      question: 'unknown-person',
      cause: null,
      sentence: `Nobody called "${who}" is known in Entra, in UNIFI, or in the provisioning log.`,
      certainty: 'certain',
      actor: 'entra-admin',
      nextStep: 'Check the spelling.',
    };
  }
  const isWell = index % 3 === 2;
  return {
    ...common,
    id,
    name,
    question: isWell ? 'as-it-should-be' : 'missing',
    cause: isWell ? null : 'A8-not-assigned',
    sentence: isWell ? `${name} is as it should be.` : `${name} is not in UNIFI because nobody assigned UNIFI.`,
    certainty: 'certain',
    actor: isWell ? 'nobody' : 'entra-admin',
    nextStep: isWell ? null : 'Assign the person.',
  };
};
