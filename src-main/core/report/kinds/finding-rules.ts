import type { Finding, SubjectRef } from '../../../contract/models/finding.ts';
import type { ColumnRule } from '../column-rules.ts';
import type { ReportWords } from '../words/report-words.ts';

const valueText = (value: Finding['expected'], words: ReportWords): string | null => {
  if (value === undefined) return null;
  if (value === null) return words.nothing;
  return typeof value === 'boolean' ? (value ? words.yes : words.no) : value;
};

const refText = ({ name, scimId, entraId }: Pick<SubjectRef, 'name' | 'scimId' | 'entraId'>): string =>
  `${name} (${scimId ?? entraId ?? ''})`;

/** What a finding rests on, in words. */
const assumedText = (assumed: readonly string[], words: ReportWords): string | null =>
  assumed.length === 0 ? null : assumed.map((entry) => words.assumed[entry] ?? entry).join('; ');

/** A row per finding. findings.md 2 to 5. */
export const findingRules = (words: ReportWords): ColumnRule<Finding>[] => [
  { id: 'kind', type: 'text', sensitivity: 'open', weight: 1.3, of: ({ kind }) => words.findingKinds[kind] },
  { id: 'name', type: 'text', sensitivity: 'name', weight: 1.2, of: ({ subject }) => subject.name },
  { id: 'severity', type: 'text', sensitivity: 'open', weight: 0.75, of: ({ severity }) => words.severities[severity] },
  { id: 'state', type: 'text', sensitivity: 'open', weight: 0.8, of: ({ state }) => words.findingStates[state] },
  {
    id: 'expected',
    type: 'text',
    sensitivity: 'value',
    weight: 1.1,
    of: ({ expected }) => valueText(expected, words),
  },
  { id: 'actual', type: 'text', sensitivity: 'value', weight: 1.1, of: ({ actual }) => valueText(actual, words) },
  { id: 'advice', type: 'text', sensitivity: 'prose', weight: 2.6, of: (finding) => words.advice(finding) },
  { id: 'openedAt', type: 'time', sensitivity: 'open', weight: 0.8, of: ({ openedAt }) => openedAt },
  { id: 'attribute', type: 'text', sensitivity: 'open', detail: true, of: ({ attribute }) => attribute ?? null },
  {
    id: 'difference',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ difference }) => (difference === undefined ? null : words.differences[difference]),
  },
  {
    id: 'reason',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ reason }) => (reason === undefined ? null : words.reasons[reason]),
  },
  {
    id: 'type',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ subject }) => words.subjectTypes[subject.type],
  },
  { id: 'entraId', type: 'text', sensitivity: 'id', detail: true, of: ({ subject }) => subject.entraId },
  { id: 'scimId', type: 'text', sensitivity: 'id', detail: true, of: ({ subject }) => subject.scimId },
  { id: 'member', type: 'text', sensitivity: 'name', detail: true, of: ({ member }) => member?.name ?? null },
  { id: 'memberEntraId', type: 'text', sensitivity: 'id', detail: true, of: ({ member }) => member?.entraId ?? null },
  { id: 'memberScimId', type: 'text', sensitivity: 'id', detail: true, of: ({ member }) => member?.scimId ?? null },
  {
    id: 'related',
    type: 'text',
    sensitivity: 'value',
    detail: true,
    of: ({ related }) => (related.length === 0 ? null : related.map(refText).join('; ')),
  },
  { id: 'changedAt', type: 'time', sensitivity: 'open', detail: true, of: ({ changedAt }) => changedAt ?? null },
  { id: 'expectedBy', type: 'time', sensitivity: 'open', detail: true, of: ({ expectedBy }) => expectedBy ?? null },
  { id: 'firstSeen', type: 'time', sensitivity: 'open', detail: true, of: ({ firstSeen }) => firstSeen },
  { id: 'lastSeen', type: 'time', sensitivity: 'open', detail: true, of: ({ lastSeen }) => lastSeen },
  { id: 'resolvedAt', type: 'time', sensitivity: 'open', detail: true, of: ({ resolvedAt }) => resolvedAt ?? null },
  { id: 'verified', type: 'flag', sensitivity: 'open', detail: true, of: ({ verified }) => verified },
  { id: 'assumed', type: 'text', sensitivity: 'open', detail: true, of: ({ assumed }) => assumedText(assumed, words) },
  {
    id: 'evidence',
    type: 'text',
    sensitivity: 'prose',
    detail: true,
    of: ({ evidence }) =>
      evidence.length === 0
        ? null
        : evidence
            .map(({ source, at, text }) => `${words.sources[source]}${at === null ? '' : ` ${at}`}: ${text}`)
            .join('; '),
  },
  { id: 'findingId', type: 'text', sensitivity: 'id', detail: true, of: ({ id }) => id },
];
