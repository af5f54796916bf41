import type { Agenda } from './agenda.ts';
import type { Company } from './company.ts';
import { createCycleJournal } from './cycle-journal.ts';
import { createGroupProvisioning } from './group-provisioning.ts';
import type { JobRules } from './job-rules.ts';
import type { LogFile } from './log-file.ts';
import type { RowContent } from './log-rows.ts';
import type { Group, Person } from './model.ts';
import { createPersonProvisioning } from './person-provisioning.ts';
import type { Random } from './random.ts';
import { isEntitled, passesUserFilter, sourceState } from './rules.ts';
import { importStep, personSubject, scopingStep } from './steps.ts';
import type { TargetDirectory } from './target.ts';
import { hourMs, minuteMs } from './time.ts';

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

/** The provisioning service: initial cycle, incremental cycles, deletion guard. provisioning-semantics.md 1 and 4. */
export const createProvisioningService = (options: {
  company: Company;
  target: TargetDirectory;
  agenda: Agenda;
  random: Random;
  rules: JobRules;
  log: LogFile;
  writeRow(content: RowContent): string;
  keepFromMs: number;
}): ProvisioningService => {
  const { company, target, random, rules } = options;
  const { people, groups } = company;
  const journal = createCycleJournal(options);
  const persons = createPersonProvisioning({ company, target, random, rules, journal });
  const memberships = createGroupProvisioning({ company, target, rules, journal });
  const executions: ProvisioningService['executions'] = { last: null, lastSuccessful: null, lastWithExports: null };
  let guard: ProvisioningService['guard'] = null;

  const finish = (endedMs: number): void => {
    const execution: Execution = {
      activityId: journal.cycle.id,
      beganMs: journal.cycle.beganMs,
      endedMs,
      imported: journal.cycle.imported,
      entitled: journal.cycle.entitled,
      exports: journal.cycle.exports,
      exported: journal.cycle.exported,
      escrowed: journal.escrowed,
    };
    executions.last = execution;
    if (journal.escrowed === 0) executions.lastSuccessful = execution;
    if (execution.exported > 0) executions.lastWithExports = execution;
  };

  /** Rows of things that changed without meaning: the phone number, the job title. */
  const writeChatter = (count: number): void => {
    for (let round = 0; round < count; round += 1) {
      const person = people[random.below(people.length)] as Person;
      if (person.reserved || person.deletedMs > 0 || company.touchedPeople.has(person.index)) continue;
      const state = sourceState(person, groups, rules.mode);
      if (state === 'in-scope' && person.link !== null) persons.skip(person, state, 'RedundantExport');
      else if (state !== 'in-scope') persons.skip(person, state, 'NotEffectivelyEntitled');
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
      const steps = [
        importStep(person, state, 'Update'),
        scopingStep(person, {
          assigned: isEntitled(person, groups, { syncAll: false }),
          passes: passesUserFilter(person),
          status: 'success',
        }),
      ];
      const targetId = person.link ?? '';
      journal.write(
        { action: 'stagedDelete', status: 'success', subject, targetId, steps, modified: [], error: null },
        person,
      );
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
    counts: () => ({ users: persons.everLinked(), groups: memberships.everLinked() }),

    runInitialCycle(atMs, { durationMs, share }) {
      journal.begin(atMs, { expectedRows: people.length + groups.length, budgetMs: durationMs - 2 * minuteMs });
      const until = Math.floor(people.length * share);
      for (let index = 0; index < until; index += 1) persons.workOn(people[index] as Person);
      company.touchedPeople.clear();
      if (share === 1) {
        for (const group of groups) memberships.workOn(group);
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
      for (const index of persons.dueRetries) if (people[index]?.escrow) indexes.add(index);
      const touched = [...indexes].map((index) => people[index] as Person);
      persons.dueRetries.clear();
      const expectedRows = touched.length + company.touchedGroups.size + memberships.dueRetries.size + chatter;
      journal.begin(atMs, { expectedRows, budgetMs: longestCycleMs - minuteMs });
      if (isHeldBack(touched, atMs)) {
        finish(journal.moment() + 20_000);
        return;
      }
      for (const person of touched) persons.workOn(person);
      const touchedGroups = new Set(memberships.dueRetries);
      memberships.dueRetries.clear();
      for (const [index, firstMs] of company.touchedGroups) {
        if (firstMs <= atMs - replicationMs(index)) touchedGroups.add(index);
      }
      for (const index of touchedGroups) {
        company.touchedGroups.delete(index);
        memberships.workOn(groups[index] as Group);
      }
      writeChatter(chatter);
      finish(Math.min(journal.moment() + 20_000 + random.below(20_000), atMs + longestCycleMs));
    },
  };
};

/** Cycles begin this far apart. */
export const intervalMs = 40 * minuteMs;
export const cycleReserveMs = longestCycleMs;
/** Rough length of an initial cycle, between 20 minutes and 6 hours. provisioning-semantics.md 1. */
export const initialDurationMs = (people: number): number =>
  Math.min(6 * hourMs, Math.max(20 * minuteMs, Math.round(people * 0.03) * minuteMs));
