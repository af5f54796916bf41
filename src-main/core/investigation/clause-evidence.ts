import type { Evidence } from '../../contract/models/finding.ts';
import type { ScopeClauseSeen } from '../../contract/models/investigation.ts';
import { isEmpty, isUnknown, textOf, type Read } from '../mapping/evaluated.ts';
import type { ObjectMapping } from '../model/synchronization.ts';
import { compileScope, type ScopeAnswer } from '../scope/compile-scope.ts';
import { evidence } from './case-base.ts';

/** One clause of a scoping filter as it went for one object. */
export interface ClauseSeen {
  answer: ScopeAnswer;
  /** The same for a picture, part by part. */
  clause: ScopeClauseSeen;
  /** The attribute with its value, as a sentence part. */
  text: string;
  evidence: Evidence;
}

const outcomes: Record<ScopeAnswer, string> = {
  pass: 'passes',
  fail: 'fails',
  unknown: 'cannot be evaluated here',
};

const early = 'Input filter';

/** Every clause of every filter of a mapping with the value that it saw; filters that leave out early as well. */
export const clausesSeen = <S>(
  mapping: ObjectMapping | null,
  subject: S,
  attribute: (name: string) => Read<S>,
): ClauseSeen[] => {
  const filters = [
    ...(mapping?.scope?.groups ?? []).map((group) => ({ group, word: 'Filter' })),
    ...(mapping?.scope?.inputFilterGroups ?? []).map((group) => ({ group, word: early })),
  ];
  return filters.flatMap(({ group, word }) =>
    group.clauses.map((clause): ClauseSeen => {
      const answer = compileScope([{ name: group.name, clauses: [clause] }], attribute)(subject);
      const value = attribute(clause.attribute)(subject);
      const seen = isUnknown(value)
        ? `cannot be told (${value.problem})`
        : isEmpty(value)
          ? 'is empty'
          : `is "${textOf(value)}"`;
      const wanted = [clause.operator.toLowerCase(), ...clause.values.map((text) => `"${text}"`)].join(' ');
      return {
        answer,
        clause: {
          filter: group.name,
          early: word === early,
          attribute: clause.attribute,
          operator: clause.operator,
          values: clause.values,
          seen: isUnknown(value) || isEmpty(value) ? null : textOf(value),
          problem: isUnknown(value) ? value.problem : null,
          answer,
        },
        text: `${clause.attribute} ${seen}`,
        evidence: evidence(
          'schema',
          group.name,
          `${word} "${group.name}": ${clause.attribute} ${wanted} ${outcomes[answer]}; it ${seen}.`,
        ),
      };
    }),
  );
};
