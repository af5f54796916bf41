import type { Agenda } from './agenda.ts';
import type { Company } from './company.ts';
import { failureKinds, nextRetryMs, reasonText, type FailureKind } from './failures.ts';
import type { LogFile } from './log-file.ts';
import type { RowContent, RowStatus, Step } from './log-rows.ts';
import type { Account, Escrow, Group, Person, TargetGroup, Trouble } from './model.ts';
import type { Random } from './random.ts';
import {
  isEntitled,
  isGroupInScope,
  mappedValues,
  matchValue,
  passesGroupFilter,
  passesUserFilter,
  sourceState,
  type MappedValues,
  type ScopeMode,
  type SourceState,
} from './rules.ts';
import {
  exportStep,
  groupImportStep,
  groupScopingStep,
  groupSubject,
  importStep,
  matchingStep,
  personSubject,
  reportable,
  scopingStep,
  skipStep,
} from './steps.ts';
import { accountValues, type TargetDirectory } from './target.ts';
import { hourMs, minuteMs } from './time.ts';

/** How the job is set up. A scenario changes it for the whole world. */
export interface JobRules {
  mode: ScopeMode;
  createFlow: boolean;
  updateFlow: boolean;
  deleteFlow: boolean;
  groupMapping: boolean;
  /** False: `active` is not mapped, so that no disable is ever sent. */
  activeFromSoftDeleted: boolean;
  skipOutOfScopeDeletions: boolean;
  /** The accidental-deletion guard. */
  deletionThreshold: number;
}

export interface Execution {
  activityId: string;
  beganMs: number;
  endedMs: number;
  imported: number;
  entitled: number;
  exports: number;
  exported: number;
  escrowed: number;
}

export interface ProvisioningService {
  readonly rules: JobRules;
  /** Reads everybody. Gives the moment at which it ends. */
  runInitialCycle(atMs: number, options: { durationMs: number; share: number }): void;
  /** Works on what has changed; `chatter` people also changed in ways that matter to nobody. */
  runCycle(atMs: number, options: { chatter: number }): void;
  readonly executions: { last: Execution | null; lastSuccessful: Execution | null; lastWithExports: Execution | null };
  /** Set when the deletion guard stopped the job. */
  readonly guard: { stoppedMs: number; staged: number } | null;
  counts(): { users: number; groups: number };
}

/** A change is visible to the service some minutes after it was made. */
const replicationMs = (index: number): number => (Math.imul(index + 1, 2654435761) >>> 0) % (4 * minuteMs);
/** A cycle never takes longer than this; with many rows they come faster. */
const longestCycleMs = 8 * minuteMs;

export const createProvisioningService = (options: {
  company: Company;
  target: TargetDirectory;
  agenda: Agenda;
  random: Random;
  rules: JobRules;
  log: LogFile;
  writeRow(content: RowContent): string;
  /** Rows before this moment are beyond the service's retention and are not written. */
  keepFromMs: number;
}): ProvisioningService => {
  const { company, target, agenda, random, rules, log } = options;
  const { people, groups } = company;
  const owners = new Map<string, number>();
  const dueRetries = new Set<number>();
  const dueGroupRetries = new Set<number>();
  const executions: ProvisioningService['executions'] = { last: null, lastSuccessful: null, lastWithExports: null };
  let guard: ProvisioningService['guard'] = null;
  let escrowed = 0;
  let everLinked = 0;
  let everLinkedGroups = 0;

  /** The cycle in progress. */
  let cycle = { id: '', beganMs: 0, rows: 0, spacingMs: 0, imported: 0, exports: 0, exported: 0, entitled: 0 };
  const moment = (): number => Math.floor((cycle.beganMs + cycle.rows * cycle.spacingMs) / 1000) * 1000;

  const write = (content: Omit<RowContent, 'atMs' | 'cycleId'>, linked: Person | Group | null): void => {
    const atMs = moment();
    cycle.rows += 1;
    if (linked !== null && content.targetId !== '') linked.loggedMs = atMs;
    if (atMs < options.keepFromMs) return;
    log.add(atMs, options.writeRow({ ...content, atMs, cycleId: cycle.id }));
  };

  // -------------------------------------------------------------------------------------------------------- people

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

  const asError = (kind: FailureKind, name: string, escrow: Escrow): RowContent['error'] => ({
    code: kind.code,
    category: kind.category,
    reason: reasonText(kind, { name, retries: escrow.retries, nextMs: nextRetryMs(escrow.firstMs, escrow.retries) }),
    recommendedAction: kind.recommendedAction,
  });

  /** Puts the object on the ladder, or one step up. */
  const escrow = (object: Person | Group, due: Set<number>): Escrow => {
    const now = moment();
    if (object.escrow === null) {
      object.escrow = { firstMs: now, retries: 0 };
      escrowed += 1;
    } else object.escrow.retries += 1;
    const next = nextRetryMs(object.escrow.firstMs, object.escrow.retries);
    if (next !== null) agenda.plan(Math.max(next, now + minuteMs), () => due.add(object.index));
    return object.escrow;
  };
  const relieve = (object: Person | Group): void => {
    if (object.escrow === null) return;
    object.escrow = null;
    escrowed -= 1;
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
    write(
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

  const failure = (kind: number): FailureKind => failureKinds[kind % failureKinds.length] as FailureKind;

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
    cycle.exports += 1;
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
        const error = asError(failure(suffers.failure), reportable(subject), escrow(person, dueRetries));
        write({ ...content, status: 'failure', steps: steps('failure'), modified: [], error }, person);
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
        write({ ...content, status: 'warning', steps: steps('warning'), modified: work.modified, error }, person);
        return;
      }
      case 'ignored':
        cycle.exported += 1;
        write({ ...content, status: 'success', steps: steps('success'), modified: work.modified, error: null }, person);
        return;
      case undefined: {
        relieve(person);
        cycle.exported += 1;
        const made = work.apply(moment());
        const id = made?.id ?? targetId;
        write(
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

  const update = (person: Person, account: Account, { matching }: { matching: boolean }): void => {
    const values = mappedValues(person);
    const changed = differences(values, account);
    const isActivation = !account.active && rules.activeFromSoftDeleted;
    const names = Object.keys(changed) as (keyof MappedValues)[];
    if (names.length === 0 && !isActivation) {
      relieve(person);
      skip(person, 'in-scope', 'RedundantExport');
      return;
    }
    if (!rules.updateFlow) return;
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

  const failOnce = (person: Person, kind: Omit<FailureKind, 'recommendedAction' | 'category'>): void => {
    const subject = personSubject(person);
    const steps = [
      importStep(person, 'in-scope', 'Add'),
      scopingStep(person, { ...facts(person), status: 'success' }),
      exportStep(subject, person.link === null ? 'create' : 'update', 'failure'),
    ];
    const full: FailureKind = { ...kind, category: 'nonServiceFailure', recommendedAction: null };
    const error = asError(full, reportable(subject), escrow(person, dueRetries));
    write(
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

  const provision = (person: Person): void => {
    const value = matchValue(person);
    if (value === null) {
      skip(person, 'in-scope', 'ImportSkipped');
      return;
    }
    cycle.entitled += 1;
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
    const values = mappedValues(person);
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
      relieve(person);
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

  const workOnPerson = (person: Person): void => {
    cycle.imported += 1;
    const state = sourceState(person, groups, rules.mode);
    if (state === 'gone') forget(person);
    else if (state === 'in-scope') provision(person);
    else deprovision(person, state);
  };

  // -------------------------------------------------------------------------------------------------------- groups

  const exportGroup = (
    group: Group,
    operation: 'create' | 'update' | 'delete',
    work: { targetId: string; modified: RowContent['modified']; apply(atMs: number): TargetGroup | null },
  ): void => {
    const subject = groupSubject(group);
    cycle.exports += 1;
    const failing = group.trouble?.operation === operation && group.trouble.mode === 'fails' ? group.trouble : null;
    const status = failing ? 'failure' : 'success';
    const error = failing
      ? asError(failure(failing.failure), reportable(subject), escrow(group, dueGroupRetries))
      : null;
    let { targetId } = work;
    if (!failing) {
      cycle.exported += 1;
      relieve(group);
      targetId = work.apply(moment())?.id ?? targetId;
    }
    const change = { create: 'Add', update: 'Update', delete: 'Delete' } as const;
    const steps = [
      groupImportStep(group, change[operation]),
      groupScopingStep(group, true),
      exportStep(subject, operation, status),
    ];
    write(
      { action: operation, status, subject, targetId, steps, modified: failing ? [] : work.modified, error },
      group,
    );
  };

  const skipGroup = (group: Group, reason: string): void => {
    const subject = groupSubject(group);
    const passes = passesGroupFilter(group);
    write(
      {
        action: 'other',
        status: 'skipped',
        subject,
        targetId: '',
        steps: [
          groupImportStep(group, 'Update'),
          groupScopingStep(group, passes),
          skipStep(subject, {
            reason,
            state: passes ? 'in-scope' : 'filtered-out',
            active: true,
            assigned: group.assignment !== null,
            passes,
          }),
        ],
        modified: [],
        error: null,
      },
      group,
    );
  };

  /** A membership of its own row: its write failed, or its reference could not be resolved. */
  const writeMemberTrouble = (group: Group, person: Person, word: 'fails' | 'unresolved', added: boolean): void => {
    const subject = groupSubject(group);
    const name = reportable(subject);
    const isReference = word === 'unresolved';
    const error = isReference
      ? {
          code: 'UnableToResolveReferenceAttributeValue',
          category: 'failure',
          reason: `The reference attribute members of '${name}' could not be resolved for the object ${person.id}`,
          recommendedAction: null,
        }
      : asError(failure(0), name, { firstMs: moment(), retries: 0 });
    const last: Step = isReference
      ? {
          name: 'EntryReferenceResolution',
          type: 'referenceResolution',
          status: 'failure',
          description: `Failed to resolve the member '${personSubject(person).upn ?? person.id}' of Group '${name}'`,
          details: { ReportableIdentifier: name },
        }
      : exportStep(subject, 'update', 'failure');
    write(
      {
        action: 'update',
        status: 'failure',
        subject,
        targetId: group.link ?? '',
        steps: [groupImportStep(group, 'Update'), groupScopingStep(group, true), last],
        modified: [
          {
            name: 'members',
            oldValue: added ? null : person.id,
            newValue: added ? person.id : null,
          },
        ],
        error,
      },
      group,
    );
  };

  const workOnMembers = (group: Group, counterpart: TargetGroup): void => {
    const added: string[] = [];
    const removed: string[] = [];
    for (const index of group.added) {
      const person = people[index] as Person;
      const word = group.memberTrouble.get(index);
      if (person.link === null || !group.people.has(index) || word === 'not-noticed') continue;
      if (!target.accounts.has(person.link) || counterpart.members.has(person.link)) continue;
      if (word === undefined) added.push(person.link);
      else writeMemberTrouble(group, person, word, true);
    }
    for (const index of group.removed) {
      const person = people[index] as Person;
      if (person.link === null || !counterpart.members.has(person.link)) continue;
      if (group.memberTrouble.get(index) === 'fails') writeMemberTrouble(group, person, 'fails', false);
      else removed.push(person.link);
    }
    group.added.clear();
    group.removed.clear();
    if (added.length + removed.length === 0) return;
    exportGroup(group, 'update', {
      targetId: counterpart.id,
      modified: [
        ...(added.length === 0 ? [] : [{ name: 'members', oldValue: null, newValue: added.join(',') }]),
        ...(removed.length === 0 ? [] : [{ name: 'members', oldValue: removed.join(','), newValue: null }]),
      ],
      apply(atMs) {
        for (const id of added) target.addMember(counterpart, id, atMs);
        for (const id of removed) target.removeMember(counterpart, id, atMs);
        return null;
      },
    });
  };

  const workOnGroup = (group: Group): void => {
    if (!rules.groupMapping) return;
    cycle.imported += 1;
    if (group.deletedMs > 0) {
      const counterpart = group.link === null ? undefined : target.groups.get(group.link);
      if (!counterpart || !rules.deleteFlow) return;
      exportGroup(group, 'delete', {
        targetId: counterpart.id,
        modified: [],
        apply() {
          target.removeGroup(counterpart);
          group.link = null;
          return counterpart;
        },
      });
      return;
    }
    if (!isGroupInScope(group, rules.mode)) {
      if (group.assignment !== null && !passesGroupFilter(group)) skipGroup(group, 'NotEffectivelyEntitled');
      return;
    }
    if (group.name === null) {
      skipGroup(group, 'ImportSkipped');
      return;
    }
    const { name } = group;
    if (group.link === null) {
      const match = target.findGroupByName(name);
      if (match) {
        const owner = groups.find((other) => other.link === match.id);
        if (owner) {
          const subject = groupSubject(group);
          const reason = `More than one source entry has the value ${name} for the matching attribute displayName`;
          const kind: FailureKind = {
            code: 'DuplicateSourceEntries',
            category: 'nonServiceFailure',
            reason,
            recommendedAction: null,
          };
          const steps = [
            groupImportStep(group, 'Add'),
            groupScopingStep(group, true),
            exportStep(subject, 'create', 'failure'),
          ];
          const error = asError(kind, name, escrow(group, dueGroupRetries));
          write({ action: 'create', status: 'failure', subject, targetId: '', steps, modified: [], error }, group);
          return;
        }
        group.link = match.id;
      } else {
        if (!rules.createFlow) return;
        exportGroup(group, 'create', {
          targetId: '',
          modified: [
            { name: 'displayName', oldValue: null, newValue: name },
            { name: 'externalId', oldValue: null, newValue: group.id },
          ],
          apply(atMs) {
            const made = target.createGroup(name, group.id, atMs);
            group.link = made.id;
            return made;
          },
        });
      }
      if (group.link === null) return;
      everLinkedGroups += 1;
      for (const index of group.people) group.added.add(index);
    }
    const counterpart = target.groups.get(group.link);
    if (counterpart && (group.added.size > 0 || group.removed.size > 0)) workOnMembers(group, counterpart);
  };

  // -------------------------------------------------------------------------------------------------------- cycles

  const begin = (atMs: number, expectedRows: number, budgetMs: number): void => {
    const spacingMs = Math.min(1500, budgetMs / (expectedRows * 1.1 + 10));
    cycle = { id: random.guid(), beganMs: atMs, rows: 0, spacingMs, imported: 0, exports: 0, exported: 0, entitled: 0 };
  };

  const finish = (endedMs: number): void => {
    const execution: Execution = {
      activityId: cycle.id,
      beganMs: cycle.beganMs,
      endedMs,
      imported: cycle.imported,
      entitled: cycle.entitled,
      exports: cycle.exports,
      exported: cycle.exported,
      escrowed,
    };
    executions.last = execution;
    if (escrowed === 0) executions.lastSuccessful = execution;
    if (execution.exported > 0) executions.lastWithExports = execution;
  };

  /** Rows of things that changed without meaning: the phone number, the job title. */
  const writeChatter = (count: number): void => {
    for (let round = 0; round < count; round += 1) {
      const person = people[random.below(people.length)] as Person;
      if (person.reserved || person.deletedMs > 0 || company.touchedPeople.has(person.index)) continue;
      const state = sourceState(person, groups, rules.mode);
      if (state === 'in-scope' && person.link !== null) skip(person, state, 'RedundantExport');
      else if (state !== 'in-scope') skip(person, state, 'NotEffectivelyEntitled');
    }
  };

  /** More disables and deletes than the threshold: held back, and the job stops. provisioning-semantics.md 4. */
  const isHeldBack = (touched: readonly Person[], atMs: number): boolean => {
    if (touched.length <= rules.deletionThreshold) return false;
    const leaving = touched.filter((person) => {
      const account = person.link === null ? undefined : target.accounts.get(person.link);
      return account?.active === true && person.managed && sourceState(person, groups, rules.mode) !== 'in-scope';
    });
    if (leaving.length <= rules.deletionThreshold) return false;
    for (const person of leaving) {
      const subject = personSubject(person);
      const state = sourceState(person, groups, rules.mode);
      const steps = [importStep(person, state, 'Update'), scopingStep(person, { ...facts(person), status: 'success' })];
      const targetId = person.link ?? '';
      write({ action: 'stagedDelete', status: 'success', subject, targetId, steps, modified: [], error: null }, person);
    }
    guard = { stoppedMs: atMs, staged: leaving.length };
    return true;
  };

  return {
    rules,
    executions,
    get guard() {
      return guard;
    },
    counts: () => ({ users: everLinked, groups: everLinkedGroups }),

    runInitialCycle(atMs, { durationMs, share }) {
      begin(atMs, people.length + groups.length, durationMs - 2 * minuteMs);
      const until = Math.floor(people.length * share);
      for (let index = 0; index < until; index += 1) workOnPerson(people[index] as Person);
      company.touchedPeople.clear();
      if (share === 1) {
        for (const group of groups) workOnGroup(group);
        company.touchedGroups.clear();
      }
      finish(atMs + durationMs);
    },

    runCycle(atMs, { chatter }) {
      const indexes = new Set<number>();
      for (const [index, firstMs] of company.touchedPeople) {
        if (firstMs > atMs - replicationMs(index)) continue;
        company.touchedPeople.delete(index);
        indexes.add(index);
      }
      for (const index of dueRetries) if (people[index]?.escrow) indexes.add(index);
      const touched = [...indexes].map((index) => people[index] as Person);
      dueRetries.clear();
      begin(
        atMs,
        touched.length + company.touchedGroups.size + dueGroupRetries.size + chatter,
        longestCycleMs - minuteMs,
      );
      if (isHeldBack(touched, atMs)) {
        finish(moment() + 20_000);
        return;
      }
      for (const person of touched) workOnPerson(person);
      const touchedGroups = new Set(dueGroupRetries);
      dueGroupRetries.clear();
      for (const [index, firstMs] of company.touchedGroups) {
        if (firstMs <= atMs - replicationMs(index)) touchedGroups.add(index);
      }
      for (const index of touchedGroups) {
        company.touchedGroups.delete(index);
        workOnGroup(groups[index] as Group);
      }
      writeChatter(chatter);
      finish(Math.min(moment() + 20_000 + random.below(20_000), atMs + longestCycleMs));
    },
  };
};

/** Cycles begin this far apart. */
export const intervalMs = 40 * minuteMs;
export const cycleReserveMs = longestCycleMs;
/** Rough length of an initial cycle, between 20 minutes and 6 hours. provisioning-semantics.md 1. */
export const initialDurationMs = (people: number): number =>
  Math.min(6 * hourMs, Math.max(20 * minuteMs, Math.round(people * 0.03) * minuteMs));
