import type { FindingFilter } from '../../contract/methods/reading.ts';
import type { Finding } from '../../contract/models/finding.ts';
import type { Page } from '../../contract/models/page.ts';
import type { Person, PersonFilter } from '../../contract/models/person.ts';
import type { LogFilter } from '../../contract/models/provisioning-event.ts';
import type { LogLine } from '../../core/model/log.ts';
import type { HistoryStore } from '../ports.ts';
import type { Subjects } from './select-subjects.ts';

const lotSize = 500;
/** Bodies are some kilobytes each, and several times as much once they are parsed. */
const lotWithBodies = 200;

/** Every page of a list, one after the other. */
async function* pages<T>(read: (cursor: string | null) => Promise<Page<T>>): AsyncGenerator<T[]> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read(cursor);
    if (page.rows.length > 0) yield page.rows;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

const page = (cursor: string | null): { limit: number; cursor?: string } => ({
  limit: lotSize,
  ...(cursor === null ? {} : { cursor }),
});

/** True when a stretch of time touches a period. Times are compared as moments: their texts differ in precision. */
export const isWithin = (bounds: { from?: string; to?: string }, begin: string, end: string): boolean =>
  (bounds.to === undefined || Date.parse(begin) < Date.parse(bounds.to)) &&
  (bounds.from === undefined || Date.parse(end) >= Date.parse(bounds.from));

/** A finding counts to a period in which it stood: from its first sight to its resolution. */
const inPeriod = (finding: Finding, bounds: { from?: string; to?: string }): boolean =>
  isWithin(bounds, finding.firstSeen, finding.resolvedAt ?? finding.lastSeen);

/** Findings in the order of lists, of the chosen kinds, subjects and period; none twice. */
export async function* findingLots(
  store: HistoryStore,
  filter: Pick<FindingFilter, 'kind' | 'state'>,
  choice: { subjects: Subjects | null; from?: string; to?: string },
): AsyncGenerator<Finding[]> {
  const { subjects } = choice;
  const keep = (found: Finding[]): Finding[] => found.filter((finding) => inPeriod(finding, choice));
  if (subjects === null) {
    for await (const lot of pages((cursor) => store.findings.page(filter, page(cursor)))) yield keep(lot);
    return;
  }
  const seen = new Set<string>();
  for (const subject of [...subjects.people, ...subjects.groups]) {
    for await (const lot of pages((cursor) => store.findings.page({ ...filter, subject }, page(cursor)))) {
      const fresh = lot.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      yield keep(fresh);
    }
  }
}

/** People by name; of a choice, these in the order of their ids. */
export async function* personLots(
  store: HistoryStore,
  filter: PersonFilter,
  subjects: Subjects | null,
): AsyncGenerator<Person[]> {
  if (subjects === null) {
    yield* pages((cursor) => store.people.page(filter, page(cursor)));
    return;
  }
  for (const id of subjects.people) {
    const person = await store.people.get(id);
    const fits =
      person !== null &&
      (filter.source === undefined || filter.source.includes(person.state.source)) &&
      (filter.target === undefined || filter.target.includes(person.state.target));
    if (fits) yield [person];
  }
}

/** Rows of the log, newest first; of a choice of people and groups, those of each of them. */
export async function* logLots(
  store: HistoryStore,
  filter: LogFilter,
  choice: { subjects: Subjects | null; withBodies: boolean },
): AsyncGenerator<LogLine[]> {
  const { subjects, withBodies } = choice;
  const filters =
    subjects === null
      ? [filter]
      : [...subjects.people, ...subjects.groups]
          .filter((id) => !id.startsWith('scim:'))
          .map((entraId) => ({ ...filter, entraId }));
  for (const one of filters) {
    let cursor: string | null = null;
    do {
      const lot: Awaited<ReturnType<HistoryStore['log']['lines']>> = await store.log.lines(one, {
        limit: withBodies ? lotWithBodies : lotSize,
        cursor,
        withBodies,
      });
      if (lot.lines.length > 0) yield lot.lines;
      cursor = lot.nextCursor;
    } while (cursor !== null);
  }
}
