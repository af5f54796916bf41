import type { Verdict } from '../../../contract/models/investigation.ts';
import type { Person } from '../../../contract/models/person.ts';
import type { ColumnRule } from '../column-rules.ts';
import type { ReportWords } from '../words/report-words.ts';

/** A person with the verdict; null where nothing is wrong, so that nothing had to be found out. */
export interface JudgedPerson {
  person: Person;
  verdict: Verdict | null;
}

/** Columns of both sides, shared by every table about people. */
const sideRules = (words: ReportWords): ColumnRule<JudgedPerson>[] => [
  { id: 'name', type: 'text', sensitivity: 'name', weight: 1.3, of: ({ person }) => person.name },
  {
    id: 'upn',
    type: 'text',
    sensitivity: 'address',
    weight: 1.6,
    of: ({ person }) => person.entra?.userPrincipalName ?? null,
  },
  {
    id: 'sourceState',
    type: 'text',
    sensitivity: 'open',
    of: ({ person }) => words.sourceStates[person.state.source],
  },
  {
    id: 'targetState',
    type: 'text',
    sensitivity: 'open',
    weight: 0.8,
    of: ({ person }) => words.targetStates[person.state.target],
  },
];

const moreRules = (words: ReportWords): ColumnRule<JudgedPerson>[] => [
  {
    id: 'userName',
    type: 'text',
    sensitivity: 'address',
    weight: 1.4,
    detail: true,
    of: ({ person }) => person.scim?.userName ?? null,
  },
  { id: 'mail', type: 'text', sensitivity: 'address', detail: true, of: ({ person }) => person.entra?.mail ?? null },
  {
    id: 'displayName',
    type: 'text',
    sensitivity: 'name',
    detail: true,
    of: ({ person }) => person.entra?.displayName ?? null,
  },
  {
    id: 'enabled',
    type: 'flag',
    sensitivity: 'open',
    detail: true,
    of: ({ person }) => person.entra?.accountEnabled ?? null,
  },
  {
    id: 'createdAt',
    type: 'time',
    sensitivity: 'open',
    detail: true,
    of: ({ person }) => person.entra?.createdAt ?? null,
  },
  {
    id: 'deletedAt',
    type: 'time',
    sensitivity: 'open',
    detail: true,
    of: ({ person }) => person.entra?.deletedAt ?? null,
  },
  { id: 'entraId', type: 'text', sensitivity: 'id', detail: true, of: ({ person }) => person.entra?.id ?? null },
  { id: 'active', type: 'flag', sensitivity: 'open', detail: true, of: ({ person }) => person.scim?.active ?? null },
  {
    id: 'scimDisplayName',
    type: 'text',
    sensitivity: 'name',
    detail: true,
    of: ({ person }) => person.scim?.displayName ?? null,
  },
  {
    id: 'externalId',
    type: 'text',
    sensitivity: 'id',
    detail: true,
    of: ({ person }) => person.scim?.externalId ?? null,
  },
  {
    id: 'scimCreatedAt',
    type: 'time',
    sensitivity: 'open',
    detail: true,
    of: ({ person }) => person.scim?.createdAt ?? null,
  },
  {
    id: 'scimModifiedAt',
    type: 'time',
    sensitivity: 'open',
    detail: true,
    of: ({ person }) => person.scim?.lastModifiedAt ?? null,
  },
  { id: 'scimId', type: 'text', sensitivity: 'id', detail: true, of: ({ person }) => person.scim?.id ?? null },
  {
    id: 'joinedBy',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ person }) => (person.joinedBy === null ? null : words.joinedBy[person.joinedBy]),
  },
];

const findingsText = ({ findings }: Person, words: ReportWords): string | null =>
  findings.length === 0 ? null : findings.map(({ kind }) => words.findingKinds[kind]).join('; ');

/** A row per person. */
export const personRules = (words: ReportWords): ColumnRule<JudgedPerson>[] => [
  ...sideRules(words),
  {
    id: 'findings',
    type: 'text',
    sensitivity: 'open',
    weight: 1.3,
    of: ({ person }) => findingsText(person, words),
  },
  {
    id: 'verdict',
    type: 'text',
    sensitivity: 'prose',
    weight: 2.2,
    of: ({ person, verdict }) => {
      if (verdict !== null) return verdict.sentence;
      const known = person.state.source !== 'unknown' && person.state.target !== 'unknown';
      return known && person.findings.length === 0 ? words.sentences.asIs : null;
    },
  },
  {
    id: 'actor',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ verdict }) => (verdict === null ? null : words.actors[verdict.actor]),
  },
  {
    id: 'certainty',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ verdict }) => (verdict === null ? null : words.certainties[verdict.certainty]),
  },
  ...moreRules(words),
];

/** Somebody who left, with what is known of the moment. */
export interface Leaver extends JudgedPerson {
  /** When the person was disabled or deleted in Entra, as far as known. */
  leftAt: string | null;
  /** Whole days since then with an account that works; null for none, and where the moment is not known. */
  daysActive: number | null;
  lastWrite: { at: string; text: string } | null;
}

/** A row per leaver. */
export const leaverRules = (words: ReportWords): ColumnRule<Leaver>[] => [
  ...sideRules(words),
  { id: 'leftAt', type: 'time', sensitivity: 'open', of: ({ leftAt }) => leftAt },
  {
    id: 'stillActive',
    type: 'flag',
    sensitivity: 'open',
    weight: 0.8,
    of: ({ person }) => (person.state.target === 'unknown' ? null : person.state.target === 'active'),
  },
  { id: 'daysActive', type: 'number', sensitivity: 'open', weight: 0.8, of: ({ daysActive }) => daysActive },
  {
    id: 'lastWrite',
    type: 'text',
    sensitivity: 'prose',
    weight: 1.6,
    of: ({ lastWrite }) => lastWrite?.text ?? null,
  },
  {
    id: 'at',
    type: 'time',
    sensitivity: 'open',
    detail: true,
    of: ({ lastWrite }) => lastWrite?.at ?? null,
  },
  {
    id: 'findings',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ person }) => findingsText(person, words),
  },
  ...moreRules(words),
];
