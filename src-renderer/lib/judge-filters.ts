import type { ScopeClauseSeen } from '../../src-main/contract/models/investigation.ts';

/** A scoping filter with what its clauses make of it together. */
export interface FilterSeen {
  filter: string;
  early: boolean;
  answer: ScopeClauseSeen['answer'];
}

/** All clauses of a filter have to pass; one that fails decides, whatever the others cannot tell. */
export const judgeFilters = (clauses: readonly ScopeClauseSeen[]): FilterSeen[] => {
  const byFilter = Map.groupBy(clauses, ({ filter, early }) => JSON.stringify([filter, early]));
  return [...byFilter.values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const answers = together.map(({ answer }) => answer);
    const answer = answers.includes('fail') ? 'fail' : answers.includes('unknown') ? 'unknown' : 'pass';
    return [{ filter: first.filter, early: first.early, answer }];
  });
};
