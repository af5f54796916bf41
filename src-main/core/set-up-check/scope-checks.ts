import type { Evidence } from '../../contract/models/finding.ts';
import { evidence } from '../investigation/case-base.ts';
import type { ObjectMapping } from '../model/synchronization.ts';
import { listProblem } from '../mapping/directory-attribute.ts';
import { findClauseProblem } from '../scope/clause-problem.ts';
import { describeClause } from '../scope/describe-clause.ts';
import {
  counted,
  isWhole,
  listNames,
  notCheckable,
  right,
  rightAlready,
  wrong,
  type CheckRule,
  type Decision,
} from './check-rule.ts';
import type { SetUpFacts } from './facts.ts';
import { isDecision, mappingsOf, schemaReadAt } from './mapping-checks.ts';
import type { Survey } from './survey.ts';

type Kind = 'user' | 'group';
const kinds = ['user', 'group'] as const;

interface Filtered {
  kind: Kind;
  mapping: ObjectMapping;
  /** Null: nobody could be asked. */
  survey: Survey | null;
}

/** Mappings that are on and have a filter; a Decision when the mappings cannot be looked at. */
const filteredOf = (facts: SetUpFacts): Filtered[] | Decision => {
  const mappings = mappingsOf(facts);
  if (isDecision(mappings)) return mappings;
  return kinds.flatMap((kind): Filtered[] => {
    const mapping = mappings[kind];
    const survey = kind === 'user' ? (facts.users?.survey ?? null) : facts.groups;
    const { groups = [], inputFilterGroups = [] } = mapping?.scope ?? {};
    return mapping?.enabled && groups.length + inputFilterGroups.length > 0 ? [{ kind, mapping, survey }] : [];
  });
};

const asked = (facts: SetUpFacts, { kind, survey }: Filtered): string => {
  const count = survey?.surveyed ?? 0;
  if (kind === 'group') return counted(count, 'group');
  return facts.users?.who === 'entitled'
    ? counted(count, 'entitled person', 'entitled people')
    : counted(count, 'enabled person', 'enabled people');
};

const clauseEvidence = (facts: SetUpFacts, filtered: Filtered): Evidence[] =>
  (filtered.survey?.clauses ?? []).map(({ clause, passes, problem }) =>
    evidence(
      'schema',
      clause.attribute,
      problem === null
        ? `Of ${asked(facts, filtered)}, ${String(passes)} ${passes === 1 ? 'passes' : 'pass'} the clause: ${describeClause(clause)}.`
        : `The clause, ${describeClause(clause)}, could not be worked out for everybody: ${problem}.`,
      schemaReadAt(facts),
    ),
  );

const notEmpty: CheckRule = {
  id: 'scope-not-empty',
  needs: ['schema', 'users'],
  decide(facts) {
    const filtered = filteredOf(facts);
    if (isDecision(filtered)) return filtered;
    if (filtered.length === 0) return right('There is no scoping filter, so nobody is filtered out.');
    const found = filtered.flatMap((one) => clauseEvidence(facts, one));
    const empty = filtered.filter(({ survey }) => survey !== null && survey.surveyed > 0 && survey.passes === 0);
    const excluding = empty.filter(
      ({ kind, survey }) => survey?.unknown === 0 && isWhole(facts, kind === 'user' ? 'users' : 'groups'),
    );
    const [first] = excluding;
    if (first) {
      return wrong(
        `The scoping filter of ${first.kind}s lets none of ${asked(facts, first)} pass, so ${first.kind === 'user' ? 'nobody' : 'no group'} is provisioned.`,
        'Correct the clause that holds for nobody, letter by letter: every comparison is case-sensitive. Those who had an account are switched off meanwhile.',
        ...found,
      );
    }
    // Without an assigned group there is nothing that a filter of groups could leave out.
    const tried = filtered.filter(({ kind, survey }) => kind === 'user' || (survey?.surveyed ?? 0) > 0);
    if (tried.some(({ survey }) => (survey?.surveyed ?? 0) === 0)) {
      return notCheckable('There is nobody on whom the scoping filter could be tried.', ...found);
    }
    const [unclear] = empty;
    if (unclear) {
      return notCheckable(
        `Whether the scoping filter of ${unclear.kind}s lets anybody pass could not be worked out.`,
        ...found,
      );
    }
    if (tried.length === 0)
      return right('There is only a scoping filter of groups, and no group is assigned.', ...found);
    return rightAlready(
      `${tried.map((one) => `The scoping filter of ${one.kind}s lets ${String(one.survey?.passes ?? 0)} of ${asked(facts, one)} pass`).join('. ')}.`,
      ...found,
    );
  },
};

const valid: CheckRule = {
  id: 'scope-clauses-valid',
  needs: ['schema', 'users'],
  decide(facts) {
    const filtered = filteredOf(facts);
    if (isDecision(filtered)) return filtered;
    if (filtered.length === 0) return right('There is no scoping filter, so no clause can be wrong.');
    const bad: Evidence[] = [];
    const unclear: Evidence[] = [];
    let total = 0;
    for (const { kind, mapping, survey } of filtered) {
      const about = (clause: Parameters<typeof describeClause>[0], text: string): Evidence =>
        evidence(
          'schema',
          clause.attribute,
          `The clause on ${kind}s, ${describeClause(clause)}, ${text}.`,
          schemaReadAt(facts),
        );
      const { groups = [], inputFilterGroups = [] } = mapping.scope ?? {};
      for (const clause of [...groups, ...inputFilterGroups].flatMap(({ clauses }) => clauses)) {
        total += 1;
        const problem = findClauseProblem(clause);
        const counts = survey?.clauses.find((one) => one.clause === clause);
        if (problem) (problem.isCertain ? bad : unclear).push(about(clause, problem.text));
        else if (counts && counts.leftOut + counts.letIn > 0) {
          const parts = [
            ...(counts.leftOut > 0 ? [`leaves out ${counted(counts.leftOut, kind)}`] : []),
            ...(counts.letIn > 0 ? [`lets in ${counted(counts.letIn, kind)}`] : []),
          ];
          bad.push(about(clause, `${listNames(parts)} only because of upper and lower case`));
        } else if (counts?.problem === listProblem) {
          bad.push(
            about(clause, 'asks for an attribute with several values, which cannot be used in a scoping filter'),
          );
        } else if (counts?.problem) unclear.push(about(clause, `could not be tried: ${counts.problem}`));
      }
    }
    if (bad.length > 0) {
      const [first] = bad;
      return wrong(
        bad.length === 1 && first
          ? first.text
          : `${String(bad.length)} of ${counted(total, 'clause')} of the scoping filter cannot work as they are meant.`,
        'Write the clause so that it compares a single-valued attribute with the value exactly as Entra has it, upper and lower case included.',
        ...bad,
        ...unclear,
      );
    }
    if (unclear.length > 0) {
      return {
        ...notCheckable(
          `${counted(unclear.length, 'clause')} of the scoping filter could not be judged here.`,
          ...unclear,
        ),
        fix: 'Try the clause on somebody by provisioning on demand in Entra, which shows what came out of it.',
      };
    }
    return right(
      total === 1
        ? 'The one clause of the scoping filter can work.'
        : `All ${String(total)} clauses of the scoping filter can work.`,
    );
  },
};

/** The scoping filters of users and groups. provisioning-semantics.md 2. */
export const scopeChecks: readonly CheckRule[] = [notEmpty, valid];
