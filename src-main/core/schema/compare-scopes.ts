import type { SchemaChange } from '../../contract/models/schema-change.ts';
import type { ObjectMapping, ScopeGroup } from '../model/synchronization.ts';
import { describeClause, describeFilter } from '../scope/describe-clause.ts';
import { pairUp, type Pair } from './pair-up.ts';
import { shorten } from './shorten.ts';

type Clause = ScopeGroup['clauses'][number];

const namely = (group: ScopeGroup): string => (group.name === '' ? 'without a name' : `"${group.name}"`);

/** Clauses that are in both are no difference; of the rest, those about the same attribute belong together. */
const changedClauses = (before: ScopeGroup, after: ScopeGroup): Pair<Clause>[] => {
  const exact = pairUp(before.clauses, after.clauses, describeClause);
  const gone = exact.flatMap(({ old, now }) => (old && !now ? [old] : []));
  const fresh = exact.flatMap(({ old, now }) => (now && !old ? [now] : []));
  return pairUp(gone, fresh, (clause) => clause.attribute.toLowerCase());
};

const compareClauses = (object: string, before: ScopeGroup, after: ScopeGroup): SchemaChange[] =>
  changedClauses(before, after).map(({ old, now }): SchemaChange => {
    const [was, is] = [old && describeClause(old), now && describeClause(now)];
    const attribute = (now ?? old)?.attribute ?? null;
    const filter = `The scoping filter ${namely(after)} of ${object}`;
    const facts = { object, attribute, before: was, after: is };
    if (was === null) {
      return {
        ...facts,
        kind: 'clause-added',
        sentence: `${filter} now also asks that ${shorten(is ?? '')}: fewer pass.`,
      };
    }
    if (is === null) {
      return {
        ...facts,
        kind: 'clause-removed',
        sentence: `${filter} no longer asks that ${shorten(was)}: more pass.`,
      };
    }
    return {
      ...facts,
      kind: 'clause-changed',
      sentence: `${filter} now asks that ${shorten(is)}; before, that ${shorten(was)}.`,
    };
  });

/** Filters with the same clauses are the same whatever their names; the others are paired by name. */
const pairFilters = (before: readonly ScopeGroup[], after: readonly ScopeGroup[]): Pair<ScopeGroup>[] => {
  const content = (group: ScopeGroup): string => group.clauses.map(describeClause).sort().join('\n');
  const same = pairUp(before, after, (group) => `${group.name}\n${content(group)}`);
  const onlyNow = same.flatMap(({ old, now }) => (now && !old ? [now] : []));
  const onlyOld = same.flatMap(({ old, now }) => (old && !now ? [old] : []));
  const byName = pairUp(onlyOld, onlyNow, (group) => group.name.toLowerCase());
  const alone = (pairs: Pair<ScopeGroup>[], side: 'old' | 'now'): ScopeGroup[] =>
    pairs.flatMap((pair) => (pair[side] && !pair[side === 'old' ? 'now' : 'old'] ? [pair[side]] : []));
  const byContent = pairUp(alone(byName, 'old'), alone(byName, 'now'), content);
  return [...byName.filter(({ old, now }) => old && now), ...byContent];
};

const compareFilters = (
  object: string,
  before: readonly ScopeGroup[],
  after: readonly ScopeGroup[],
  words: { restricts: string; frees: string; more: string; less: string; name: string },
): SchemaChange[] =>
  pairFilters(before, after).flatMap(({ old, now }): SchemaChange[] => {
    if (old && now) {
      if (old.name === now.name) return compareClauses(object, old, now);
      const changes = compareClauses(object, old, now);
      const sentence = `The ${words.name} ${namely(old)} of ${object} is now called ${namely(now)}.`;
      return [
        ...changes,
        { kind: 'filter-renamed', object, attribute: null, before: old.name, after: now.name, sentence },
      ];
    }
    const group = (now ?? old) as ScopeGroup;
    const asks = describeFilter(group);
    const facts = { object, attribute: null };
    if (now) {
      const effect = before.length === 0 ? words.restricts : words.more;
      const sentence = `The ${words.name} ${namely(group)} was added for ${object}, which asks that ${shorten(asks)}: ${effect}.`;
      return [{ ...facts, kind: 'filter-added', before: null, after: asks, sentence }];
    }
    const effect = after.length === 0 ? words.frees : words.less;
    const sentence = `The ${words.name} ${namely(group)} of ${object} was removed, which asked that ${shorten(asks)}: ${effect}.`;
    return [{ ...facts, kind: 'filter-removed', before: asks, after: null, sentence }];
  });

/**
 * Differences between the scoping filters of two versions of one mapping. Filters are alternatives, clauses of one
 * filter all have to hold, and no filter lets everyone pass: the sentences say what that does. provisioning-semantics.md 2.
 *
 * @param object whom the mapping is for, as sentences name it
 */
export const compareScopes = (
  object: string,
  before: ObjectMapping['scope'],
  after: ObjectMapping['scope'],
): SchemaChange[] => [
  ...compareFilters(object, before?.groups ?? [], after?.groups ?? [], {
    name: 'scoping filter',
    restricts: 'until then everyone passed',
    frees: 'now everyone passes',
    more: 'it is a further way to pass',
    less: 'those who passed by it alone leave the scope',
  }),
  ...compareFilters(object, before?.inputFilterGroups ?? [], after?.inputFilterGroups ?? [], {
    name: 'early filter',
    restricts: 'others are not looked at any more, and are not deactivated either',
    frees: 'everyone is looked at again',
    more: 'it is a further way to pass',
    less: 'those who passed by it alone are not looked at any more, and are not deactivated either',
  }),
];
