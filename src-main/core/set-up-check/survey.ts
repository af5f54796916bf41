import { matchKey } from '../cross-check/compare-text.ts';
import { isEmpty, isUnknown, textOf, type Read } from '../mapping/evaluated.ts';
import type { ObjectMapping, ScopeGroup } from '../model/synchronization.ts';
import { compileScope, type ScopeAnswer } from '../scope/compile-scope.ts';

/** How many examples are named; the findings list has them all. */
const examplesNamed = 3;

export interface ClauseCount {
  clause: ScopeGroup['clauses'][number];
  /** Of those surveyed, how many pass this clause alone. */
  passes: number;
  /** How many the filter leaves out, or lets in, only because this clause compares upper and lower case. */
  leftOut: number;
  letIn: number;
  /** Why it could not be evaluated, as a sentence part; null when it could for everybody. */
  problem: string | null;
}

/** A matching value that several in scope have. */
export interface SharedValue {
  attribute: string;
  value: string;
  names: string[];
}

/** What the stored directory makes of a mapping's filter and matching attributes. */
export interface Survey {
  /** Who was asked whether the filter lets them pass. */
  surveyed: number;
  passes: number;
  /** For how many the filter cannot be evaluated. */
  unknown: number;
  clauses: ClauseCount[];
  matching: {
    /** In scope without a value in any matching attribute. */
    missing: number;
    missingNames: string[];
    /** How many values several in scope share, and how many they are. */
    sharedValues: number;
    sharing: number;
    shared: SharedValue[];
    /** In scope with a matching value that cannot be evaluated, and why. */
    unknown: number;
    problem: string | null;
  };
}

export interface Surveyor<S> {
  /** Looks at one living object that can be in scope. */
  add(subject: S, name: string): void;
  result(): Survey;
}

interface Holder {
  attribute: string;
  value: string;
  names: string[];
  count: number;
}

/**
 * Counts what the scoping filter and the matching attributes of a mapping make of many objects, one after another.
 * Those that pass the filter are in scope; the first matching attribute with a value counts, as in the service's own
 * search (provisioning-semantics.md 2 and 3). A mapping without a filter lets everybody pass.
 */
export const createSurveyor = <S>(
  mapping: ObjectMapping,
  read: {
    /** An attribute as scoping clauses see it. */
    attribute(name: string): Read<S>;
    matching: readonly { attribute: string; read: Read<S> }[];
  },
): Surveyor<S> => {
  const groups = mapping.scope?.groups ?? [];
  const passes = compileScope(groups, read.attribute);
  const passesLoosely = compileScope(groups, read.attribute, 'ignored');
  const alone = groups.flatMap((group) =>
    group.clauses.map((clause) => {
      const single = [{ name: group.name, clauses: [clause] }];
      return {
        exact: compileScope(single, read.attribute),
        loose: compileScope(single, read.attribute, 'ignored'),
        value: read.attribute(clause.attribute),
        count: { clause, passes: 0, leftOut: 0, letIn: 0, problem: null } as ClauseCount,
      };
    }),
  );
  const counts = { surveyed: 0, passes: 0, unknown: 0 };
  const missingNames: string[] = [];
  let missing = 0;
  let unknownMatch = 0;
  let problem: string | null = null;
  const holders = new Map<string, Holder>();

  /** `byCase`: how the filter as a whole comes out only because of upper and lower case. */
  const surveyClauses = (subject: S, byCase: 'leftOut' | 'letIn' | null): void => {
    for (const { exact, loose, value, count } of alone) {
      const answer = exact(subject);
      if (answer === 'pass') count.passes += 1;
      if (answer === 'unknown') {
        const found = value(subject);
        count.problem ??= isUnknown(found) ? found.problem : 'the clause is not understood';
      } else if (byCase !== null && loose(subject) !== answer) count[byCase] += 1;
    }
  };

  const surveyMatching = (subject: S, name: string): void => {
    for (const [index, { attribute, read: readValue }] of read.matching.entries()) {
      const value = readValue(subject);
      if (isUnknown(value)) {
        unknownMatch += 1;
        problem ??= value.problem;
        return;
      }
      if (isEmpty(value) || matchKey(textOf(value)) === '') continue;
      const key = `${String(index)} ${matchKey(textOf(value))}`;
      const holder = holders.get(key);
      if (!holder) holders.set(key, { attribute, value: textOf(value), names: [name], count: 1 });
      else {
        holder.count += 1;
        if (holder.names.length < examplesNamed) holder.names.push(name);
      }
      return;
    }
    missing += 1;
    if (missingNames.length < examplesNamed) missingNames.push(name);
  };

  return {
    add(subject, name) {
      const answer: ScopeAnswer = passes(subject);
      counts.surveyed += 1;
      const loosely = alone.length === 0 ? answer : passesLoosely(subject);
      const byCase = loosely === answer ? null : answer === 'fail' ? ('leftOut' as const) : ('letIn' as const);
      surveyClauses(subject, byCase);
      if (answer === 'unknown') counts.unknown += 1;
      if (answer !== 'pass') return;
      counts.passes += 1;
      surveyMatching(subject, name);
    },
    result() {
      const shared = [...holders.values()].filter(({ count }) => count > 1);
      return {
        ...counts,
        clauses: alone.map(({ count }) => ({ ...count })),
        matching: {
          missing,
          missingNames: [...missingNames],
          sharedValues: shared.length,
          sharing: shared.reduce((sum, { count }) => sum + count, 0),
          shared: shared.slice(0, examplesNamed).map(({ attribute, value, names }) => ({ attribute, value, names })),
          unknown: unknownMatch,
          problem,
        },
      };
    },
  };
};
