import { inactiveRules } from './inactive-rules.ts';
import { missingRules } from './missing-rules.ts';
import type { PersonCase } from './person-case.ts';
import type { Rule } from './rule.ts';
import { stillActiveRules } from './still-active-rules.ts';

/** Every rule about a person, whatever is asked. */
export const personRules: readonly Rule<PersonCase>[] = [...missingRules, ...inactiveRules, ...stillActiveRules];
