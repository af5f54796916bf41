import {
  diffSections,
  type DiffCount,
  type Difference,
  type DifferenceFilter,
  type DiffSection,
} from '../../../contract/models/history-diff.ts';
import type { Page, PageRequest } from '../../../contract/models/page.ts';
import { createTally, type Tally } from '../../../core/history-diff/tally.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { foldText } from '../search-text.ts';
import type { Statements } from '../statements.ts';
import { changedFindings, describeFinding } from './changed-findings.ts';
import type { RunRange } from './changed-keys.ts';
import { changedMembers, countMembers, createMemberNames, type MemberSection } from './changed-members.ts';
import { changedObjects, describeObject } from './changed-objects.ts';

/** Where a page begins: a section, and a place in its order. */
interface Place {
  section: number;
  first: number;
  second: number;
  id: string;
}

interface Passing {
  place: Place;
  kinds: Difference['kinds'];
  attributes: readonly { attribute: string }[];
  /** The rest costs a look-up or two, and is wanted of a page only. */
  describe(): Difference;
}

const start: Place = { section: 0, first: 0, second: 0, id: '' };

const isMembers = (section: DiffSection): section is MemberSection =>
  section === 'group-members' || section === 'target-group-members';

function* passSection(statements: Statements, range: RunRange, section: DiffSection, after: Place): Generator<Passing> {
  const number = diffSections.indexOf(section);
  if (section === 'findings') {
    for (const found of changedFindings(statements, range, after.id)) {
      const describe = (): Difference => describeFinding(statements, range, found);
      yield { place: { ...start, section: number, id: found.id }, kinds: [found.kind], attributes: [], describe };
    }
  } else if (isMembers(section)) {
    const nameOf = createMemberNames(statements, range);
    const from = { group: after.first, member: after.second };
    for (const { group, member, difference } of changedMembers(statements, section, from, nameOf)) {
      const place = { ...start, section: number, first: group, second: member };
      yield { place, kinds: difference.kinds, attributes: [], describe: () => difference };
    }
  } else {
    for (const found of changedObjects(statements, range, { only: section, after: after.first })) {
      yield {
        place: { ...start, section: number, first: found.key },
        kinds: found.difference.kinds,
        attributes: found.difference.changes,
        describe: () => describeObject(statements, range, found),
      };
    }
  }
}

const wanted = (filter: DifferenceFilter): ((passing: Passing) => boolean) => {
  const kinds = new Set(filter.kind);
  const { attribute } = filter;
  const text = filter.text?.trim() ? foldText(filter.text.trim().toWellFormed()) : null;
  return (passing) => {
    if (kinds.size > 0 && !passing.kinds.some((kind) => kinds.has(kind))) return false;
    if (attribute !== undefined && !passing.attributes.some((change) => change.attribute === attribute)) return false;
    if (text === null) return true;
    const { name, detail, id } = passing.describe();
    return [name, detail, id].some((word) => word !== null && foldText(word).includes(text));
  };
};

/** What differs, section after section; a filter costs a look at everything that changed, never at the rest. */
function* passAll(statements: Statements, range: RunRange, filter: DifferenceFilter, after: Place): Generator<Passing> {
  const fits = wanted(filter);
  const sections = filter.section?.length ? new Set(filter.section) : null;
  for (const [number, section] of diffSections.entries()) {
    if (number < after.section || (sections && !sections.has(section))) continue;
    const from = number === after.section ? after : start;
    for (const passing of passSection(statements, range, section, from)) if (fits(passing)) yield passing;
  }
}

/**
 * One page of what differs between two runs, by section and then in the order in which objects were first seen. The
 * keys of what changed are at hand already.
 *
 * Throws `input-invalid` for a cursor that is not one of ours.
 */
export const pageDifferences = (
  statements: Statements,
  range: RunRange,
  filter: DifferenceFilter,
  page: PageRequest,
): Page<Difference> => {
  let after = start;
  if (page.cursor !== undefined) {
    const [section, first, second, id] = decodeCursor('diff', page.cursor, ['number', 'number', 'number', 'string']);
    after = { section, first, second, id };
  }
  const rows: Difference[] = [];
  let last: Place | null = null;
  let skip = page.offset ?? 0;
  let isMore = false;
  for (const passing of passAll(statements, range, filter, after)) {
    if (skip > 0) {
      skip -= 1;
      continue;
    }
    if (rows.length === page.limit) {
      isMore = true;
      break;
    }
    rows.push(passing.describe());
    last = passing.place;
  }
  const count = (): number => {
    let total = 0;
    for (const _ of passAll(statements, range, filter, start)) total += 1;
    return total;
  };
  return {
    rows,
    nextCursor: isMore && last !== null ? encodeCursor('diff', [last.section, last.first, last.second, last.id]) : null,
    ...(page.withTotal ? { total: count() } : {}),
  };
};

/** How much differs in each section, and in which attributes. Objects of all sections pass once. */
export const countDifferences = (statements: Statements, range: RunRange): DiffCount[] => {
  const tallies = new Map<DiffSection, Tally>(diffSections.map((section) => [section, createTally(section)]));
  for (const { section, difference } of changedObjects(statements, range, { only: null, after: 0 })) {
    tallies.get(section)?.add(difference.kinds, difference.changes);
  }
  for (const section of ['group-members', 'target-group-members'] as const) {
    for (const { added, count } of countMembers(statements, section)) {
      tallies.get(section)?.add([added === 1 ? 'added' : 'removed'], [], count);
    }
  }
  for (const { kind } of changedFindings(statements, range, '')) tallies.get('findings')?.add([kind]);
  return [...tallies.values()].map((tally) => tally.count());
};
