import type { Finding } from '../../contract/models/finding.ts';
import { describeValue } from './finding-words.ts';

/** Columns of the findings report in a table, in their order; `of` gives the text of a cell. */
export const findingColumns: readonly { title: string; of: (finding: Finding) => string }[] = [
  { title: 'Kind', of: ({ kind }) => kind },
  { title: 'State', of: ({ state }) => state },
  { title: 'Severity', of: ({ severity }) => severity },
  { title: 'Type', of: ({ subject }) => subject.type },
  { title: 'Name', of: ({ subject }) => subject.name },
  { title: 'Entra id', of: ({ subject }) => subject.entraId ?? '' },
  { title: 'SCIM id', of: ({ subject }) => subject.scimId ?? '' },
  { title: 'Member', of: ({ member }) => member?.name ?? '' },
  { title: 'Member Entra id', of: ({ member }) => member?.entraId ?? '' },
  { title: 'Member SCIM id', of: ({ member }) => member?.scimId ?? '' },
  { title: 'Attribute', of: ({ attribute }) => attribute ?? '' },
  { title: 'Difference', of: ({ difference }) => difference ?? '' },
  { title: 'Reason', of: ({ reason }) => reason ?? '' },
  { title: 'Expected', of: ({ expected }) => describeValue(expected) },
  { title: 'Actual', of: ({ actual }) => describeValue(actual) },
  {
    title: 'Related',
    of: ({ related }) => related.map(({ name, scimId, entraId }) => `${name} (${scimId ?? entraId ?? ''})`).join('; '),
  },
  { title: 'Changed at', of: ({ changedAt }) => changedAt ?? '' },
  { title: 'Expected by', of: ({ expectedBy }) => expectedBy ?? '' },
  { title: 'First seen', of: ({ firstSeen }) => firstSeen },
  { title: 'Last seen', of: ({ lastSeen }) => lastSeen },
  { title: 'Opened at', of: ({ openedAt }) => openedAt ?? '' },
  { title: 'Resolved at', of: ({ resolvedAt }) => resolvedAt ?? '' },
  { title: 'Verified', of: ({ verified }) => (verified ? 'yes' : 'no') },
  { title: 'Assumed', of: ({ assumed }) => assumed.join(', ') },
  { title: 'What to do', of: ({ advice }) => advice },
  {
    title: 'Evidence',
    of: ({ evidence }) =>
      evidence.map(({ source, at, text }) => `${source}${at === null ? '' : ` ${at}`}: ${text}`).join('; '),
  },
  { title: 'Finding id', of: ({ id }) => id },
];
