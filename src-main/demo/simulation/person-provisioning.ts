import type { Company } from './company.ts';
import { failureKind, type CycleJournal } from './cycle-journal.ts';
import { commaRefused, type FailureKind } from './failures.ts';
import type { JobRules } from './job-rules.ts';
import type { RowContent, RowStatus, Step } from './log-rows.ts';
import type { Account, Group, Person, Trouble } from './model.ts';
import type { Random } from './random.ts';
import {
  isEntitled,
  mappedValues,
  matchValue,
  passesUserFilter,
  sourceState,
  type MappedValues,
  type SourceState,
} from './rules.ts';
import { exportStep, importStep, matchingStep, personSubject, reportable, scopingStep, skipStep } from './steps.ts';
import { accountValues, type TargetDirectory } from './target.ts';

/** The service's work on people. */
export interface PersonProvisioning {
  workOn(person: Person): void;
  /** A row that says that nothing was done. */
  skip(person: Person, state: SourceState, reason: string): void;
  /** People whose retry is due. */
  readonly dueRetries: Set<number>;
  /** How many people were ever linked; deletes do not lower it. */
  everLinked(): number;
}

/** Scoping, matching, writing, disabling and deleting of one person after another. provisioning-semantics.md 1 to 5. */
export const createPersonProvisioning = (options: {
  company: Company;
  target: TargetDirectory;
  random: Random;
  rules: JobRules;
  journal: CycleJournal;
}): PersonProvisioning => {
  const { company, target, random, rules, journal } = options;
  const { groups } = company;
  const owners = new Map<string, number>();
  const dueRetries = new Set<number>();
  let everLinked = 0;

  const facts = (person: Person): { assigned: boolean; passes: boolean } => ({
    assigned: isEntitled(person, groups, { syncAll: false }),
    passes: passesUserFilter(person),
  });

  const link = (person: Person, account: Account): void => {
    person.link = account.id;
    person.managed = true;
    owners.set(account.id, person.index);
    everLinked += 1;
    for (const index of person.groups) {
      const group = groups[index] as Group;
      if (!group.people.has(person.index)) continue;
      group.added.add(person.index);
      if (!company.touchedGroups.has(index)) company.touchedGroups.set(index, 0);
    }
  };

  const skip = (person: Person, state: SourceState, reason: string): void => {
    const subject = personSubject(person);
    const known = facts(person);
    const step = skipStep(subject, {
      reason,
      state,
      active: person.enabled && person.deletedMs === 0,
      ...known,
      ...(rules.mode.syncAll ? { assigned: known.assigned } : {}),
    });
    journal.write(
      {
        action: 'other',
        status: 'skipped',
        subject,
        targetId: state === 'in-scope' ? (person.link ?? '') : '',
        steps: [
          importStep(person, state, 'Update'),
          scopingStep(person, { ...known, status: state === 'in-scope' ? 'success' : 'skipped' }),
          step,
        ],
        modified: [],
        error: null,
      },
      person,
    );
  };

  const exportPerson = (
    person: Person,
    state: SourceState,
    operation: 'create' | 'update' | 'disable' | 'delete',
    work: {
      account: Account | null;
      modified: RowContent['modified'];
      matching: boolean;
      apply(atMs: number): Account | null;
    },
  ): void => {
    const subject = personSubject(person);
    journal.cycle.exports += 1;
    const { trouble } = person;
    const suffers: Trouble | null = trouble?.operation === operation ? trouble : null;
    const steps = (status: RowStatus): Step[] => [
      importStep(person, state, operation === 'create' ? 'Add' : operation === 'delete' ? 'Delete' : 'Update'),
      ...(work.matching ? [matchingStep(subject, work.account)] : []),
      scopingStep(person, { ...facts(person), status: 'success' }),
      exportStep(subject, operation, status === 'skipped' ? 'success' : status),
    ];
    const targetId = work.account?.id ?? '';
    const content = { action: operation, subject, targetId };
    switch (suffers?.mode) {
      case 'silent':
        return;
      case 'skips':
        skip(person, state, 'NotEffectivelyEntitled');
        return;
      case 'fails': {
        const error = journal.error(
          failureKind(suffers.failure),
          reportable(subject),
          journal.escrow(person, dueRetries),
        );
        journal.write({ ...content, status: 'failure', steps: steps('failure'), modified: [], error }, person);
        return;
      }
      case 'warns': {
        const reason = 'The target accepted the request and answered without the identifier of the new object.';
        const error = {
          code: 'SystemForCrossDomainIdentityManagementBadResponse',
          category: 'nonServiceFailure',
          reason,
          recommendedAction: null,
        };
        journal.write(
          { ...content, status: 'warning', steps: steps('warning'), modified: work.modified, error },
          person,
        );
        return;
      }
      case 'ignored':
        journal.cycle.exported += 1;
        journal.write(
          { ...content, status: 'success', steps: steps('success'), modified: work.modified, error: null },
          person,
        );
        return;
      case undefined: {
        journal.relieve(person);
        journal.cycle.exported += 1;
        const made = work.apply(journal.moment());
        const id = made?.id ?? targetId;
        journal.write(
          {
            ...content,
            targetId: id,
            status: 'success',
            steps: steps('success'),
            modified: work.modified,
            error: null,
          },
          person,
        );
      }
    }
  };

  const mappedNames = ['userName', 'name.givenName', 'name.familyName', 'displayName', 'externalId'] as const;

  /** What an update would send. Null is never sent, so that a cleared value stays in the target. */
  const differences = (values: MappedValues, account: Account): Partial<MappedValues> => {
    const held = accountValues(account);
    const changed: Partial<MappedValues> = {};
    for (const name of mappedNames)
      if (values[name] !== null && values[name] !== held[name]) changed[name] = values[name];
    return changed;
  };

  const failOnce = (person: Person, kind: Omit<FailureKind, 'recommendedAction' | 'category'>): void => {
    const subject = personSubject(person);
    const steps = [
      importStep(person, 'in-scope', 'Add'),
      scopingStep(person, { ...facts(person), status: 'success' }),
      exportStep(subject, person.link === null ? 'create' : 'update', 'failure'),
    ];
    const full: FailureKind = { ...kind, category: 'nonServiceFailure', recommendedAction: null };
    const error = journal.error(full, reportable(subject), journal.escrow(person, dueRetries));
    journal.write(
      {
        action: person.link === null ? 'create' : 'update',
        status: 'failure',
        subject,
        targetId: person.link ?? '',
        steps,
        modified: [],
        error,
      },
      person,
    );
  };

  /** UNIFI takes no display name with a comma. */
  const isRefused = (values: Partial<MappedValues>): boolean => values.displayName?.includes(',') === true;
  const refuse = (person: Person): void => {
    journal.cycle.exports += 1;
    failOnce(person, commaRefused);
  };

  const update = (person: Person, account: Account, { matching }: { matching: boolean }): void => {
    const values = mappedValues(person, rules.nameOrder);
    const changed = differences(values, account);
    const isActivation = !account.active && rules.activeFromSoftDeleted;
    const names = Object.keys(changed) as (keyof MappedValues)[];
    if (names.length === 0 && !isActivation) {
      journal.relieve(person);
      skip(person, 'in-scope', 'RedundantExport');
      return;
    }
    if (!rules.updateFlow) return;
    if (isRefused(changed)) {
      refuse(person);
      return;
    }
    const held = accountValues(account);
    exportPerson(person, 'in-scope', 'update', {
      account,
      matching,
      modified: [
        ...names.map((name) => ({ name, oldValue: held[name], newValue: changed[name] ?? null })),
        ...(isActivation ? [{ name: 'active', oldValue: 'False', newValue: 'True' }] : []),
      ],
      apply(atMs) {
        target.update(account, { ...changed, ...(isActivation ? { active: true } : {}) }, atMs);
        return null;
      },
    });
  };

  const provision = (person: Person): void => {
    const value = matchValue(person);
    if (value === null) {
      skip(person, 'in-scope', 'ImportSkipped');
      return;
    }
    journal.cycle.entitled += 1;
    if (person.link !== null) {
      const account = target.accounts.get(person.link);
      if (account) {
        person.managed = true;
        update(person, account, { matching: false });
      } else {
        const reason = `The target entry ${person.link} that was created or matched earlier no longer exists`;
        failOnce(person, { code: 'InvalidAnchor', reason });
      }
      return;
    }
    const match = target.findByUserName(value);
    if (match) {
      if (owners.has(match.id)) {
        const reason = `More than one source entry has the value ${value} for the matching attribute userName`;
        failOnce(person, { code: 'DuplicateSourceEntries', reason });
        return;
      }
      link(person, match);
      update(person, match, { matching: true });
      return;
    }
    if (!rules.createFlow) return;
    const values = mappedValues(person, rules.nameOrder);
    if (isRefused(values)) {
      refuse(person);
      return;
    }
    exportPerson(person, 'in-scope', 'create', {
      account: null,
      matching: true,
      modified: [
        ...mappedNames.flatMap((name) =>
          values[name] === null ? [] : [{ name, oldValue: null, newValue: values[name] }],
        ),
        { name: 'active', oldValue: null, newValue: 'True' },
      ],
      apply(atMs) {
        const account = target.create(values, atMs);
        link(person, account);
        return account;
      },
    });
  };

  const deprovision = (person: Person, state: SourceState): void => {
    const account = person.link === null ? undefined : target.accounts.get(person.link);
    const keepsManaging = state === 'soft-deleted' || isEntitled(person, groups, rules.mode);
    if (!account || !person.managed || !account.active) {
      if (account && !keepsManaging) person.managed = false;
      journal.relieve(person);
      if (random.isTrue(0.5)) skip(person, state, 'NotEffectivelyEntitled');
      return;
    }
    if (!rules.updateFlow || !rules.activeFromSoftDeleted || rules.skipOutOfScopeDeletions) return;
    exportPerson(person, state, 'disable', {
      account,
      matching: false,
      modified: [{ name: 'active', oldValue: 'True', newValue: 'False' }],
      apply(atMs) {
        target.update(account, { active: false }, atMs);
        person.managed = keepsManaging;
        return null;
      },
    });
  };

  const forget = (person: Person): void => {
    const account = person.link === null ? undefined : target.accounts.get(person.link);
    if (!account || !person.managed || !rules.deleteFlow) return;
    exportPerson(person, 'gone', 'delete', {
      account,
      matching: false,
      modified: [],
      apply() {
        owners.delete(account.id);
        target.remove(account);
        return account;
      },
    });
    if (!target.accounts.has(account.id)) person.link = null;
  };

  const workOn = (person: Person): void => {
    journal.cycle.imported += 1;
    const state = sourceState(person, groups, rules.mode);
    if (state === 'gone') forget(person);
    else if (state === 'in-scope') provision(person);
    else deprovision(person, state);
  };

  return { workOn, skip, dueRetries, everLinked: () => everLinked };
};
