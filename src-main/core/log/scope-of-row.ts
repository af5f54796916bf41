import type { LogRowDetail, LogStep } from '../../contract/models/provisioning-event.ts';
import type { ScopeGroup } from '../model/synchronization.ts';
import { detail, flag, text } from './json-fields.ts';

/** What a row says about the scoping filter alone: not about assignment or role. */
export interface RowScope {
  passes: boolean;
  /** Clauses that failed, as the service wrote them; empty where it names none. */
  failing: string[];
}

interface ClauseResult {
  clause: string;
  passed: boolean;
}

/**
 * `ScopeEvaluationResult`: a JSON object inside a string, `{filter title}.{clause}` to whether it passed; the members may
 * be Booleans or words. graph-provisioning.md 4. Null for anything else: a form that nobody documented decides nothing.
 */
const readClauses = (value: string | null): ClauseResult[] | null => {
  if (value === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const results: ClauseResult[] = [];
  for (const [clause, result] of Object.entries(parsed)) {
    const passed = flag(text(result));
    if (passed === null) return null;
    results.push({ clause, passed });
  }
  return results;
};

/**
 * Clauses of one filter all have to pass, of the filters one: a whole filter that passed lets through, one failed clause
 * in every filter leaves out. Clauses of filters that the job does not have decide only when all agree.
 */
const decide = (results: readonly ClauseResult[], filters: readonly ScopeGroup[]): boolean | null => {
  const passed = results.filter((result) => result.passed).length;
  if (passed === results.length) return true;
  if (passed === 0) return false;
  const byFilter = filters.map((filter) => ({
    filter,
    own: results.filter(({ clause }) => clause.startsWith(`${filter.name}.`)),
  }));
  if (byFilter.some(({ filter, own }) => own.length === filter.clauses.length && own.every((one) => one.passed)))
    return true;
  return byFilter.every(({ own }) => own.some((one) => !one.passed)) ? false : null;
};

const answersOf = ({ details }: LogStep, clauses: readonly ClauseResult[] | null, filters: readonly ScopeGroup[]) =>
  [
    flag(detail(details, 'Scoping filter evaluation passed')),
    // Rows of skips, and those of provisioning on demand.
    flag(detail(details, 'IsInProvisioningScope')),
    flag(detail(details, 'IsInProvisioningScopeDisplayName')),
    clauses && decide(clauses, filters),
  ].filter((answer) => answer !== null);

/**
 * What the service made of the scoping filter when it wrote a row, in whichever of its forms it says so. Null when the
 * row says nothing, contradicts itself, or shows that there was no filter then. provisioning-semantics.md 2 and 6.
 *
 * @param filters the filters that the job has now, one at least
 */
export const scopeOfRow = ({ steps }: Pick<LogRowDetail, 'steps'>, filters: readonly ScopeGroup[]): RowScope | null => {
  const answers = new Set<boolean>();
  const failing: string[] = [];
  for (const step of steps) {
    if (step.type === 'import') continue;
    const clauses = readClauses(detail(step.details, 'ScopeEvaluationResult'));
    if (clauses?.length === 0) return null;
    for (const answer of answersOf(step, clauses, filters)) answers.add(answer);
    failing.push(...(clauses ?? []).filter(({ passed }) => !passed).map(({ clause }) => clause));
  }
  const [passes, other] = answers;
  return passes === undefined || other !== undefined ? null : { passes, failing };
};
