import type { Difference } from '../../../contract/models/history-diff.ts';
import type { ColumnRule } from '../column-rules.ts';
import type { ReportWords } from '../words/report-words.ts';

const changesText = ({ changes }: Difference, words: ReportWords): string | null =>
  changes.length === 0
    ? null
    : changes
        .map(({ attribute, before, after }) => `${attribute}: ${before ?? words.nothing} -> ${after ?? words.nothing}`)
        .join('\n');

/** A row per object that differs between two collections. */
export const differenceRules = (words: ReportWords): ColumnRule<Difference>[] => [
  { id: 'what', type: 'text', sensitivity: 'open', of: ({ section }) => words.diffSections[section] },
  {
    id: 'kind',
    type: 'text',
    sensitivity: 'open',
    weight: 1.2,
    of: ({ kinds }) => kinds.map((kind) => words.diffKinds[kind]).join(', '),
  },
  { id: 'name', type: 'text', sensitivity: 'name', weight: 1.2, of: ({ name }) => name },
  { id: 'note', type: 'text', sensitivity: 'value', weight: 1.4, of: ({ detail }) => detail },
  { id: 'changes', type: 'text', sensitivity: 'value', weight: 2.1, of: (item) => changesText(item, words) },
  {
    id: 'findings',
    type: 'text',
    sensitivity: 'open',
    weight: 1.3,
    of: ({ finding }) => (finding === undefined ? null : words.findingKinds[finding.kind]),
  },
  { id: 'lastSeen', type: 'time', sensitivity: 'open', weight: 0.9, of: ({ seenAt }) => seenAt },
  { id: 'objectId', type: 'text', sensitivity: 'id', weight: 1.2, of: ({ id }) => id },
];
