import type { Company } from './company.ts';
import { failureKind, type CycleJournal } from './cycle-journal.ts';
import type { FailureKind } from './failures.ts';
import type { JobRules } from './job-rules.ts';
import type { RowContent, Step } from './log-rows.ts';
import type { Group, Person, TargetGroup } from './model.ts';
import { isGroupInScope, passesGroupFilter } from './rules.ts';
import {
  exportStep,
  groupImportStep,
  groupScopingStep,
  groupSubject,
  personSubject,
  reportable,
  skipStep,
} from './steps.ts';
import type { TargetDirectory } from './target.ts';

/** The service's work on groups and their members. */
export interface GroupProvisioning {
  workOn(group: Group): void;
  readonly dueRetries: Set<number>;
  everLinked(): number;
}

/** Groups are matched by name; members are references, resolved after the people. provisioning-semantics.md 1 and 10. */
export const createGroupProvisioning = (options: {
  company: Company;
  target: TargetDirectory;
  rules: JobRules;
  journal: CycleJournal;
}): GroupProvisioning => {
  const { company, target, rules, journal } = options;
  const { people, groups } = company;
  const dueRetries = new Set<number>();
  let everLinked = 0;

  const exportGroup = (
    group: Group,
    operation: 'create' | 'update' | 'delete',
    work: { targetId: string; modified: RowContent['modified']; apply(atMs: number): TargetGroup | null },
  ): void => {
    const subject = groupSubject(group);
    journal.cycle.exports += 1;
    const failing = group.trouble?.operation === operation && group.trouble.mode === 'fails' ? group.trouble : null;
    const status = failing ? 'failure' : 'success';
    const error = failing
      ? journal.error(failureKind(failing.failure), reportable(subject), journal.escrow(group, dueRetries))
      : null;
    let { targetId } = work;
    if (!failing) {
      journal.cycle.exported += 1;
      journal.relieve(group);
      targetId = work.apply(journal.moment())?.id ?? targetId;
    }
    const change = { create: 'Add', update: 'Update', delete: 'Delete' } as const;
    const steps = [
      groupImportStep(group, change[operation]),
      groupScopingStep(group, true),
      exportStep(subject, operation, status),
    ];
    journal.write(
      { action: operation, status, subject, targetId, steps, modified: failing ? [] : work.modified, error },
      group,
    );
  };

  const skipGroup = (group: Group, reason: string): void => {
    const subject = groupSubject(group);
    const passes = passesGroupFilter(group);
    journal.write(
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
      : journal.error(failureKind(0), name, { firstMs: journal.moment(), retries: 0 });
    const last: Step = isReference
      ? {
          name: 'EntryReferenceResolution',
          type: 'referenceResolution',
          status: 'failure',
          description: `Failed to resolve the member '${personSubject(person).upn ?? person.id}' of Group '${name}'`,
          details: { ReportableIdentifier: name },
        }
      : exportStep(subject, 'update', 'failure');
    journal.write(
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

  const workOn = (group: Group): void => {
    if (!rules.groupMapping) return;
    journal.cycle.imported += 1;
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
          const error = journal.error(kind, name, journal.escrow(group, dueRetries));
          journal.write(
            { action: 'create', status: 'failure', subject, targetId: '', steps, modified: [], error },
            group,
          );
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
      everLinked += 1;
      for (const index of group.people) group.added.add(index);
    }
    const counterpart = target.groups.get(group.link);
    if (counterpart && (group.added.size > 0 || group.removed.size > 0)) workOnMembers(group, counterpart);
  };

  return { workOn, dueRetries, everLinked: () => everLinked };
};
