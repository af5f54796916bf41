import type { Evidence } from '../../contract/models/finding.ts';
import { evidence } from '../investigation/case-base.ts';
import type { ObjectMapping } from '../model/synchronization.ts';
import { counted, isWhole, listNames, notCheckable, right, wrong, type CheckRule } from './check-rule.ts';
import { isDecision, mappingsOf, schemaReadAt } from './mapping-checks.ts';
import type { Survey } from './survey.ts';
import { matchingOf } from './survey-directory.ts';

const words = { user: 'users', group: 'groups' } as const;
const kinds = ['user', 'group'] as const;

/** The mappings that are switched on: of others nobody is looked up. */
const running = (mappings: {
  user: ObjectMapping | null;
  group: ObjectMapping | null;
}): { kind: (typeof kinds)[number]; mapping: ObjectMapping }[] =>
  kinds.flatMap((kind) => {
    const mapping = mappings[kind];
    return mapping?.enabled ? [{ kind, mapping }] : [];
  });

const filterable: CheckRule = {
  id: 'matching-filterable',
  needs: ['schema'],
  decide(facts) {
    const mappings = mappingsOf(facts);
    if (isDecision(mappings)) return mappings;
    const { profile } = facts;
    const at = schemaReadAt(facts);
    const on = running(mappings);
    if (on.length === 0) return notCheckable('No mapping is switched on, so nobody is looked up.');
    const problems: Evidence[] = [];
    const good: Evidence[] = [];
    for (const { kind, mapping } of on) {
      const allowed = (kind === 'user' ? profile.users : profile.groups).filterable;
      const matching = matchingOf(mapping);
      if (matching.length === 0) {
        problems.push(evidence('schema', mapping.name, `No attribute of ${words[kind]} is a matching attribute.`, at));
      }
      for (const { targetAttributeName: name } of matching) {
        const fits = allowed.some((one) => one.toLowerCase() === name.toLowerCase());
        const text = fits
          ? `${words[kind] === 'users' ? 'Users' : 'Groups'} are looked up by "${name}".`
          : `"${name}" of ${words[kind]} is a matching attribute, but ${profile.name} can only look up ${listNames(allowed.map((one) => `"${one}"`))}.`;
        (fits ? good : problems).push(evidence('schema', name, text, at));
      }
    }
    if (problems.length === 0) {
      return right(`${profile.name} can look up every matching attribute.`, ...good);
    }
    const [first] = problems;
    return wrong(
      problems.length === 1 && first
        ? first.text
        : `${counted(problems.length, 'matching attribute')} do not work with ${profile.name}.`,
      `Match users by ${listNames(profile.users.filterable.map((one) => `"${one}"`))} and groups by ${listNames(profile.groups.filterable.map((one) => `"${one}"`))} alone.`,
      ...problems,
      ...good,
    );
  },
};

const surveyEvidence = (kind: (typeof kinds)[number], { matching }: Survey): Evidence[] => {
  const source = kind === 'user' ? 'users' : 'groups';
  const found: Evidence[] = [];
  if (matching.missing > 0) {
    found.push(
      evidence(
        source,
        null,
        `${counted(matching.missing, kind)} in scope ${matching.missing === 1 ? 'has' : 'have'} no value of a matching attribute: ${listNames(matching.missingNames)}${matching.missing > matching.missingNames.length ? ' and others' : ''}.`,
      ),
    );
  }
  for (const { attribute, value, names } of matching.shared) {
    found.push(evidence(source, null, `"${value}" as "${attribute}" belongs to ${listNames(names)}.`));
  }
  return found;
};

const unique: CheckRule = {
  id: 'matching-unique',
  needs: ['schema', 'users'],
  decide(facts) {
    const mappings = mappingsOf(facts);
    if (isDecision(mappings)) return mappings;
    const on = running(mappings);
    if (on.length === 0) return notCheckable('No mapping is switched on, so nobody is looked up.');
    const surveys = on.flatMap(({ kind }): { kind: (typeof kinds)[number]; survey: Survey }[] => {
      const survey = kind === 'user' ? facts.users?.survey : facts.groups;
      return survey ? [{ kind, survey }] : [];
    });
    const found = surveys.flatMap(({ kind, survey }) => surveyEvidence(kind, survey));
    const parts = surveys.flatMap(({ kind, survey: { matching } }) => [
      ...(matching.missing > 0 ? [`${counted(matching.missing, kind)} without a value`] : []),
      ...(matching.sharedValues > 0
        ? [
            `${counted(matching.sharing, kind)} ${kind === 'user' ? 'who share one with somebody else' : 'that share one with another'}`,
          ]
        : []),
    ]);
    if (parts.length > 0) {
      return wrong(
        `Matching attributes do not tell everybody in scope apart: ${listNames(parts, 4)}.`,
        'Give each of them a value of their own in Entra; the findings list them by name.',
        ...found,
      );
    }
    const unclear = surveys.find(({ survey }) => survey.matching.unknown > 0);
    if (unclear) {
      return notCheckable(
        `For ${counted(unclear.survey.matching.unknown, unclear.kind)} the matching value could not be worked out: ${unclear.survey.matching.problem ?? 'the expression is not understood'}.`,
      );
    }
    const blind = surveys.find(({ survey }) => survey.unknown > 0);
    if (blind) {
      return notCheckable(
        `Who of the ${words[blind.kind]} is in scope could not be worked out for ${String(blind.survey.unknown)}, so their matching values prove nothing.`,
      );
    }
    if (facts.users?.who === 'enabled' && !(facts.scopeMode.everyone && !facts.scopeMode.assumed)) {
      return notCheckable('Who is entitled could not be worked out, so that nobody can be said to be in scope.');
    }
    const total = surveys.reduce((sum, { survey }) => sum + survey.passes, 0);
    if (total === 0) return notCheckable('Nobody is in scope, so no matching value was looked at.');
    if (mappings.group?.enabled && !isWhole(facts, 'groups')) {
      return notCheckable('The matching values of users are present and unique; the groups could not be read whole.');
    }
    return right(
      'Everybody in scope has a matching value of their own.',
      ...surveys.map(({ kind, survey }) =>
        evidence(
          kind === 'user' ? 'users' : 'groups',
          null,
          `${counted(survey.passes, kind)} in scope were looked at.`,
        ),
      ),
    );
  },
};

/** Whether matching attributes can be looked up, are present and unique. provisioning-semantics.md 3. */
export const matchingChecks: readonly CheckRule[] = [filterable, unique];
