import type { Evidence } from '../../contract/models/finding.ts';
import { is } from '../health/job-facts.ts';
import { evidence } from '../investigation/case-base.ts';
import { compileUserMapping } from '../mapping/compile-mapping.ts';
import { isEmpty, isUnknown, textOf } from '../mapping/evaluated.ts';
import type { AttributeMapping, MappingSource, ObjectMapping } from '../model/synchronization.ts';
import { groupMapping, userMapping } from '../schema/object-mappings.ts';
import { listNames, notCheckable, right, wrong, type CheckRule, type Decision } from './check-rule.ts';
import type { SetUpFacts } from './facts.ts';

/** When the mappings were last read whole, ISO 8601; null: never. */
export const schemaReadAt = ({ sources }: SetUpFacts): string | null =>
  sources.find(({ source }) => source === 'schema')?.lastCompleteAt ?? null;

const fact = (facts: SetUpFacts, ref: string, text: string): Evidence =>
  evidence('schema', ref, text, schemaReadAt(facts));

/** The mappings of users and groups; a Decision when they cannot be looked at. */
export const mappingsOf = (
  facts: SetUpFacts,
): { user: ObjectMapping | null; group: ObjectMapping | null } | Decision => {
  if (facts.schema === null) return notCheckable('The mappings of the job were never read.');
  if ('failure' in facts.schema) {
    return { ...notCheckable(facts.schema.failure.message), fix: facts.schema.failure.advice };
  }
  const { schema } = facts.schema;
  return { user: userMapping(schema), group: groupMapping(schema) };
};

/** Whether a check ends here already. */
export const isDecision = (value: object): value is Decision => 'state' in value;

type Kind = 'user' | 'group';
const plural: Record<Kind, string> = { user: 'users', group: 'groups' };

const ofKind =
  (kind: Kind, decide: (mapping: ObjectMapping | null, facts: SetUpFacts) => Decision): CheckRule['decide'] =>
  (facts) => {
    const mappings = mappingsOf(facts);
    return isDecision(mappings) ? mappings : decide(mappings[kind], facts);
  };

const mappingOn = (kind: Kind): CheckRule['decide'] =>
  ofKind(kind, (mapping, facts) => {
    if (!mapping) {
      return wrong(
        `The job has no mapping of ${plural[kind]}, so no ${kind} is provisioned.`,
        'Restore the default mappings under "Mappings" of the provisioning page.',
        fact(facts, kind, `Nothing maps ${plural[kind]}.`),
      );
    }
    const shown = fact(facts, mapping.name, `The mapping "${mapping.name}" is ${mapping.enabled ? 'on' : 'off'}.`);
    return mapping.enabled
      ? right(`The mapping of ${plural[kind]}, "${mapping.name}", is on.`, shown)
      : wrong(
          `The mapping of ${plural[kind]} is off, so no ${kind} is provisioned.`,
          `Set "Enabled" to Yes in the mapping of ${plural[kind]} under "Mappings" of the provisioning page.`,
          shown,
        );
  });

const consequences: Record<Kind, Record<keyof ObjectMapping['flowTypes'], string>> = {
  user: {
    add: 'newcomers get no account',
    update: 'nothing is changed and nobody is switched off',
    delete: 'accounts of people who are gone for good stay',
  },
  group: {
    add: 'new groups are missing',
    update: 'members are neither added nor removed',
    delete: 'groups that are gone stay',
  },
};
const flowTitles = { add: 'Create', update: 'Update', delete: 'Delete' } as const;

const flows = (kind: Kind): CheckRule['decide'] =>
  ofKind(kind, (mapping, facts) => {
    if (!mapping) return notCheckable(`The job has no mapping of ${plural[kind]} that could have actions.`);
    const missing = (['add', 'update', 'delete'] as const).filter((flow) => !mapping.flowTypes[flow]);
    const off = mapping.enabled ? '' : ' The mapping itself is off.';
    if (missing.length === 0) {
      return right(
        `${kind === 'user' ? 'Users' : 'Groups'} are created, updated and deleted.${off}`,
        fact(facts, mapping.name, 'Create, Update and Delete are ticked.'),
      );
    }
    const titles = missing.map((flow) => `"${flowTitles[flow]}"`);
    return wrong(
      `${listNames(titles)} ${missing.length === 1 ? 'is' : 'are'} switched off for ${plural[kind]}: ${missing
        .map((flow) => consequences[kind][flow])
        .join('; ')}.${off}`,
      `Tick ${listNames(titles)} under "Target object actions" in the mapping of ${plural[kind]}; saving starts a new initial cycle.`,
      ...missing.map((flow) => fact(facts, mapping.name, `"${flowTitles[flow]}" is not ticked.`)),
    );
  });

const findAttribute = (mapping: ObjectMapping, name: string): AttributeMapping | undefined =>
  mapping.attributeMappings.find(({ targetAttributeName }) => is(targetAttributeName, name.toLowerCase()));

/** What a mapping takes its value from, as it is written. */
const sourceText = (source: MappingSource | null): string =>
  source === null ? 'a fixed value' : (source.expression ?? source.name ?? 'something unnamed');

const attributes: CheckRule = {
  id: 'attributes-mapped',
  needs: ['schema'],
  decide(facts) {
    const mappings = mappingsOf(facts);
    if (isDecision(mappings)) return mappings;
    const missing: string[] = [];
    const limited: Evidence[] = [];
    let mapped = 0;
    for (const kind of ['user', 'group'] as const) {
      const mapping = mappings[kind];
      const wanted = kind === 'user' ? facts.profile.users : facts.profile.groups;
      for (const name of wanted.attributes) {
        const found = mapping && findAttribute(mapping, name);
        if (!found) {
          missing.push(`"${name}" of ${plural[kind]}`);
          continue;
        }
        mapped += 1;
        if (found.source === null || is(found.flowType, 'objectaddonly')) {
          limited.push(
            fact(
              facts,
              name,
              `"${name}" of ${plural[kind]} is only set when the object is created, from ${sourceText(found.source)}.`,
            ),
          );
        }
      }
    }
    if (missing.length > 0) {
      return wrong(
        `${listNames(missing, 10)} ${missing.length === 1 ? 'is' : 'are'} not mapped, so ${facts.profile.name} never gets ${missing.length === 1 ? 'it' : 'them'}.`,
        `Add ${missing.length === 1 ? 'the mapping' : 'the mappings'} as the article of ${facts.profile.name} lists them.`,
        ...missing.map((name) => fact(facts, name, `Nothing maps ${name}.`)),
        ...limited,
      );
    }
    return right(
      `All ${String(mapped)} attributes that the article of ${facts.profile.name} lists are mapped.`,
      ...limited,
      ...(['user', 'group'] as const).flatMap((kind) => {
        const wanted = (kind === 'user' ? facts.profile.users : facts.profile.groups).attributes;
        const further = (mappings[kind]?.attributeMappings ?? [])
          .map(({ targetAttributeName }) => targetAttributeName)
          .filter((name) => !wanted.some((one) => is(one, name.toLowerCase())));
        return further.length === 0
          ? []
          : [
              fact(
                facts,
                kind,
                `Beside the article, ${listNames(
                  further.map((name) => `"${name}"`),
                  10,
                )} of ${plural[kind]} ${further.length === 1 ? 'is' : 'are'} mapped.`,
              ),
            ];
      }),
    );
  },
};

const nobody = {
  id: '',
  userPrincipalName: null,
  mail: null,
  displayName: null,
  accountEnabled: null,
  createdAt: null,
  deletedAt: null,
  attributes: {},
};

/** What a mapping of `active` would send for somebody who left, and for somebody who did not; null: not evaluated. */
const sentFor = (mapping: AttributeMapping, isSoftDeleted: boolean): boolean | string | null => {
  const value = compileUserMapping(mapping)({ user: nobody, isSoftDeleted });
  if (isUnknown(value)) return null;
  if (isEmpty(value)) return '';
  const word = textOf(value).toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : textOf(value);
};

const active: CheckRule = {
  id: 'active-from-soft-deleted',
  needs: ['schema'],
  decide(facts) {
    const mappings = mappingsOf(facts);
    if (isDecision(mappings)) return mappings;
    const { settings } = facts;
    const mapping = mappings.user && findAttribute(mappings.user, 'active');
    const fix =
      'Map "active" with the expression Not([IsSoftDeleted]) in the mapping of users; saving starts a new initial cycle.';
    if (!mapping?.source) {
      return wrong(
        `${facts.profile.name} is never told that somebody left: ${mapping ? '"active" is mapped to a fixed value' : 'nothing maps "active"'}, so leavers keep their access.`,
        fix,
        fact(facts, 'active', 'No mapping turns the computed value IsSoftDeleted into "active".'),
      );
    }
    const text = sourceText(mapping.source);
    const shown = fact(facts, 'active', `"active" comes from ${text}.`);
    const left = sentFor(mapping, true);
    const stayed = sentFor(mapping, false);
    if (left === null || stayed === null) {
      return {
        ...notCheckable(`Whether ${text} switches leavers off cannot be worked out here.`, shown),
        fix: 'Provision somebody who left on demand in Entra, and look whether "active" becomes False.',
      };
    }
    if (left !== false || stayed !== true) {
      return wrong(
        left === true && stayed === false
          ? `"active" is mapped the wrong way round: leavers are switched on, everybody else off.`
          : `"active" does not depend on whether somebody left (${text}), so leavers keep their access.`,
        fix,
        shown,
      );
    }
    if (settings?.SkipOutOfScopeDeletions?.trim().toLowerCase() === 'true') {
      return wrong(
        '"active" is mapped, but the job is told to leave accounts alone when people lose their access: leavers keep it.',
        'Set "SkipOutOfScopeDeletions" of the job back to false, unless that is wanted for a short while.',
        shown,
        evidence('job-settings', null, 'SkipOutOfScopeDeletions is true.'),
      );
    }
    if (settings === null) {
      const unread = evidence(
        'job-settings',
        null,
        'Whether the job is told to leave accounts alone (SkipOutOfScopeDeletions) could not be read.',
      );
      return right('"active" follows IsSoftDeleted, which switches leavers off.', shown, unread);
    }
    return right('Leavers are switched off: "active" follows IsSoftDeleted.', shown);
  },
};

/** Mappings: on, with every action, every attribute of the article, and leavers switched off. */
export const mappingChecks: readonly CheckRule[] = [
  { id: 'user-mapping-on', needs: ['schema'], decide: mappingOn('user') },
  { id: 'group-mapping-on', needs: ['schema'], decide: mappingOn('group') },
  { id: 'user-flows', needs: ['schema'], decide: flows('user') },
  { id: 'group-flows', needs: ['schema'], decide: flows('group') },
  attributes,
  active,
];
