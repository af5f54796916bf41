import type { FindingKind, SubjectRef } from '../contract/models/finding.ts';
import type { BatchRow, InvestigationBatch, RepeatedLine } from '../contract/models/investigation-batch.ts';
import type { Investigation } from '../contract/models/investigation.ts';
import { cancelled } from '../core/app-error.ts';
import { investigateFound, investigateMembership } from './investigate.ts';
import { findSubjects, type FoundSubjects } from './investigation/find-subjects.ts';
import { factsAsked, loadSharedCase } from './investigation/load-case.ts';
import type { Clock, HistoryReads } from './ports.ts';
import type { Progress } from './read-meter.ts';

/** Somebody of a list: `who` is looked for, `shown` is how the list calls them. */
interface Entry {
  line: number;
  who: string;
  /** Then `who` is a group. */
  member?: string;
  shown: string;
}

export interface InvestigateBatchOptions {
  store: HistoryReads;
  clock: Clock;
  jobId: string | null;
  people: { lines: readonly { line: number; who: string }[] } | { finding: FindingKind };
  signal: AbortSignal;
  progress: Progress;
}

/** So many people's facts are read at once: what they share is read once for them, and still nobody waits long. */
const peopleAtOnce = 250;
/** So many questions wait for the store, so that neither it nor this thread idles. */
const questionsAtOnce = 16;
const findingsAtOnce = 1000;
/** A progress event after so many people. */
const reportEvery = 25;

/** Calls `work` for every item, some at a time, and gives the answers in the order of the items. */
const mapSome = async <T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> => {
  const results = new Array<R>(items.length);
  let next = 0;
  const run = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(questionsAtOnce, items.length) }, run));
  return results;
};

/** How `investigate` finds somebody whom a finding names. */
const idOf = ({ entraId, scimId }: Pick<SubjectRef, 'entraId' | 'scimId'>): string => entraId ?? `scim:${scimId ?? ''}`;

/** Whom findings of a kind that are not resolved concern; those about memberships, the member in the group. */
const entriesOf = async (store: HistoryReads, kind: FindingKind): Promise<Entry[]> => {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.findings.page>> = await store.findings.page(
      { kind: [kind], state: ['open', 'pending'] },
      { limit: findingsAtOnce, ...(cursor === null ? {} : { cursor }) },
    );
    for (const { subject, member } of page.rows) {
      const line = entries.length + 1;
      entries.push(
        member
          ? { line, who: idOf(subject), member: idOf(member), shown: `${member.name} in ${subject.name}` }
          : { line, who: idOf(subject), shown: subject.name },
      );
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
};

/** Names in any case and spelling of their accents are the same; the first line of each stays. */
const dropRepeated = (entries: readonly Entry[]): { kept: Entry[]; repeated: RepeatedLine[] } => {
  const first = new Map<string, number>();
  const kept: Entry[] = [];
  const repeated: RepeatedLine[] = [];
  for (const entry of entries) {
    const key = JSON.stringify([entry.who.trim().normalize('NFC').toLowerCase(), entry.member]);
    const sameAs = first.get(key);
    if (sameAs === undefined) {
      first.set(key, entry.line);
      kept.push(entry);
    } else repeated.push({ line: entry.line, who: entry.shown, sameAs });
  }
  return { kept, repeated };
};

const toRow = ({ line, shown }: Entry, found: Investigation): BatchRow => {
  const { subject, member, question, verdict, candidates } = found;
  return {
    line,
    who: shown,
    id: subject.id,
    member: member?.id ?? null,
    name: subject.id === null || member ? shown : subject.name,
    question,
    cause: verdict.cause,
    sentence: verdict.sentence,
    certainty: verdict.certainty,
    actor: verdict.actor,
    nextStep: verdict.steps[0] ?? null,
    expectedBy: verdict.expectedBy ?? null,
    candidates: candidates?.length ?? 0,
  };
};

/**
 * A verdict in one row for everybody of a list, or for everybody with a finding of a kind, from what is stored. What
 * all share (job, mappings, assignments, nested groups) is read once. Lines that name somebody again are left out and
 * named.
 *
 * Throws `run-unknown` before the first cross-check, `cancelled`, and the store's failures.
 */
export const investigateBatch = async (options: InvestigateBatchOptions): Promise<InvestigationBatch> => {
  const { store, people, signal } = options;
  const shared = await loadSharedCase(options);
  const { kept, repeated } = dropRepeated(
    'finding' in people
      ? await entriesOf(store, people.finding)
      : people.lines.map(({ line, who }) => ({ line, who, shown: who })),
  );
  const rows: BatchRow[] = [];
  let done = 0;
  const report = (): void =>
    options.progress({
      phase: 'investigating',
      source: null,
      items: done,
      total: kept.length,
      rate: null,
      remainingMs: null,
      note: null,
    });
  const goOn = (): void => {
    if (signal.aborted) throw cancelled();
  };

  report();
  for (let start = 0; start < kept.length; start += peopleAtOnce) {
    const part = kept.slice(start, start + peopleAtOnce);
    const found = await mapSome(part, async ({ who, member }): Promise<FoundSubjects> => {
      goOn();
      return member === undefined ? findSubjects(store, who) : { people: [], groups: [] };
    });
    const single = found.map(({ people: [person, another], groups }) =>
      person && !another && groups.length === 0 ? person : null,
    );
    const asked = single.filter((person) => person !== null).map((person) => factsAsked(shared, person));
    const read = await store.people.factsOfMany(asked);
    let position = 0;
    const facts = single.map((person) => (person === null ? undefined : read[position++]));
    const verdicts = await mapSome(part, async ({ who, member }, index) => {
      goOn();
      const known = facts[index];
      const verdict =
        member === undefined
          ? await investigateFound(store, shared, {
              who,
              found: found[index]?.people ?? [],
              groups: found[index]?.groups ?? [],
              ...(known ? { facts: known } : {}),
            })
          : await investigateMembership(store, shared, { who, member });
      done += 1;
      if (done % reportEvery === 0) report();
      return verdict;
    });
    part.forEach((entry, index) => rows.push(toRow(entry, verdicts[index] as Investigation)));
  }
  return { asOf: shared.common.observedAt, rows, repeated };
};
