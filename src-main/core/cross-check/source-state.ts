import { inScopeKinds, notEntitledKinds, personKinds } from './kinds.ts';
import type { PersonRecord } from './records.ts';
import type { Rules } from './rules.ts';

/** Why a person's state could not be told, as counted in `notEvaluated`. */
export type StateProblem = 'enabled-unknown' | 'entitlement-unknown' | 'filter-unknown' | 'input-filter';

/**
 * Decides a person's source state: the first that fits of soft-deleted, disabled, not entitled, filtered out, in
 * scope. findings.md 1. What it rests on and cannot be told makes it `unknown`, with the kinds that are undecided.
 */
export const decideSourceState = (
  person: PersonRecord,
  rules: Rules['user'],
  options: { everyoneEntitled: boolean; entitlementKnown: boolean },
): StateProblem | null => {
  person.isSoftDeleted = true;
  if (person.isDeleted) {
    person.source = 'soft-deleted';
    return null;
  }
  if (person.user.accountEnabled === false) {
    person.source = 'disabled';
    return null;
  }
  if (person.user.accountEnabled === null) {
    person.isSoftDeleted = null;
    person.undecided = personKinds;
    return 'enabled-unknown';
  }
  if (!options.everyoneEntitled) {
    if (!options.entitlementKnown || person.entitled === 'unknown') {
      person.isSoftDeleted = null;
      person.undecided = notEntitledKinds;
      return 'entitlement-unknown';
    }
    if (person.entitled === 'no') {
      person.source = 'not-entitled';
      return null;
    }
  }
  // A filter on IsSoftDeleted would ask for what it decides itself.
  person.isSoftDeleted = null;
  const passes = rules.scope(person);
  if (passes === 'fail') {
    person.isSoftDeleted = true;
    person.source = 'filtered-out';
    return null;
  }
  const early = rules.inputFilter(person);
  if (passes === 'unknown' || early === 'unknown') {
    person.undecided = notEntitledKinds;
    return 'filter-unknown';
  }
  person.isSoftDeleted = false;
  if (early === 'fail') {
    person.source = 'filtered-out';
    person.inputFiltered = true;
    person.undecided = inScopeKinds | notEntitledKinds;
    return 'input-filter';
  }
  person.source = 'in-scope';
  return null;
};
