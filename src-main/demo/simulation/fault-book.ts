import type { FindingKind } from '../../contract/models/finding.ts';
import type { TruthEntry } from '../../contract/models/demo.ts';
import type { Agenda } from './agenda.ts';
import type { Company } from './company.ts';
import type { Disagreement, Disagreements } from './disagreements.ts';
import type { Founding } from './founding.ts';
import type { Account, Group, Person, TargetGroup } from './model.ts';
import type { Random } from './random.ts';
import { displayName } from './rules.ts';
import type { TargetDirectory } from './target.ts';
import { dayMs, hourMs, isoSeconds, minuteMs } from './time.ts';

type Question = TruthEntry['question'];

/** One injected fault, about one person, account, group or membership. */
export interface Fault {
  subject:
    | { person: Person }
    | { account: Account }
    | { group: Group }
    | { targetGroup: TargetGroup }
    | { group: Group; member: Person };
  /** Null: nothing that the cross-check reports. */
  kind: FindingKind | null;
  cause: string | null;
  question: Question;
  sinceMs: number;
  /** The service may still put it right by itself. */
  pending?: boolean;
}

/** What a fault needs to be planted. People taken here belong to it alone. */
export interface Soil {
  readonly company: Company;
  readonly target: TargetDirectory;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly founding: Founding;
  readonly nowMs: number;
  /** Before it the first cycle runs, and nothing happens. */
  readonly lifeFromMs: number;
  /** People who must not be put where their department is. */
  readonly unsettled: Set<number>;
  /** Somebody whom the job provisions, by a department group. */
  takeInScope(): Person;
  /** Somebody who passes the filter and is entitled by nothing yet. */
  takeLone(): Person;
  /** Somebody of the finance department: assigned, and filtered out. */
  takeFiltered(): Person;
  /** Somebody of a department that nobody assigns. */
  takeOutsider(): Person;
  /** A security-enabled, assigned group of its own, without members. */
  formGroup(name: string | null, options?: { assigned?: boolean; nested?: number[] }): Group;
  /** A moment in the past that the log and the audit reach; at least `leastDays` ago where the history allows it. */
  when(leastDays: number, mostDays: number): number;
  /** A moment that the last cycle could not see. */
  soon(): number;
  /** True when the simulation is longer than the log's retention. */
  readonly hasUnloggedPast: boolean;
  unloggedMoment(): number;
  add(fault: Fault): void;
  /** People whom no fault has taken. */
  freePeople(): number;
  /** An account by which the service knows this person. */
  accountOf(person: Person): Account | null;
}

export interface FaultType {
  name: string;
  plant(soil: Soil): void;
  isPossible?(soil: Soil): boolean;
}

export const createSoil = (options: {
  company: Company;
  target: TargetDirectory;
  agenda: Agenda;
  random: Random;
  founding: Founding;
  lifeFromMs: number;
  nowMs: number;
  add(fault: Fault): void;
}): Soil => {
  const { company, random, nowMs, lifeFromMs } = options;
  const order = random.shuffle(company.people.map(({ index }) => index));
  const unsettled = new Set<number>();

  let free = company.people.filter((person) => !person.guest && !person.reserved).length;

  const take = (fits: (person: Person) => boolean): Person => {
    for (let place = 0; place < order.length; place += 1) {
      const person = company.people[order[place] as number] as Person;
      if (person.reserved || !fits(person)) continue;
      person.reserved = true;
      free -= 1;
      order.splice(place, 1);
      return person;
    }
    throw new Error('The demo company has too few people for its faults.');
  };
  const isMember = (person: Person): boolean => !person.guest;
  const moved = (person: Person, department: string): Person => {
    person.department = department;
    return person;
  };
  const scoped = ['Design', 'Engineering', 'BIM', 'Visualisation'];
  const outside = ['Human Resources', 'Facilities', 'Legal'];

  return {
    ...options,
    unsettled,
    takeInScope: () => moved(take(isMember), scoped[random.below(scoped.length)] as string),
    takeLone() {
      const person = moved(take(isMember), 'Projects');
      unsettled.add(person.index);
      return person;
    },
    takeFiltered: () => moved(take(isMember), 'Finance'),
    takeOutsider: () => moved(take(isMember), outside[random.below(outside.length)] as string),
    formGroup(name, { assigned = true, nested = [] } = {}) {
      const group = company.form({ name, nested, createdMs: lifeFromMs - Math.floor(random.between(30, 400) * dayMs) });
      if (assigned) company.assignGroup(group, null);
      return group;
    },
    when(leastDays, mostDays) {
      const latest = nowMs - Math.max(leastDays * dayMs, 4 * hourMs);
      const earliest = Math.max(nowMs - mostDays * dayMs, lifeFromMs + hourMs);
      return Math.floor(
        latest > earliest ? random.between(earliest, latest) : random.between(lifeFromMs, nowMs - 4 * hourMs),
      );
    },
    freePeople: () => free,
    soon: () => Math.floor(nowMs - random.between(1, 7) * minuteMs),
    hasUnloggedPast: nowMs - lifeFromMs > 33 * dayMs,
    unloggedMoment: () => Math.floor(random.between(lifeFromMs + hourMs, nowMs - 31 * dayMs)),
    accountOf: (person) => (person.link === null ? null : (options.target.accounts.get(person.link) ?? null)),
  };
};

const personSubject = (person: Person, scimId: string | null): TruthEntry['subject'] => ({
  type: 'user',
  entraId: person.id,
  scimId: scimId ?? person.link,
  name: displayName(person),
});

const subjectOf = (fault: Fault, scimId: string | null): TruthEntry['subject'] => {
  const { subject } = fault;
  if ('person' in subject) return personSubject(subject.person, scimId);
  if ('account' in subject) {
    return { type: 'user', entraId: null, scimId: subject.account.id, name: subject.account.display };
  }
  if ('targetGroup' in subject) {
    const { id, displayName: name } = subject.targetGroup;
    return { type: 'group', entraId: null, scimId: id, name };
  }
  const { group } = subject;
  return { type: 'group', entraId: group.id, scimId: scimId ?? group.link, name: group.name ?? group.id };
};

const memberOf = (person: Person | null, accountId: string | null): NonNullable<TruthEntry['member']> => ({
  entraId: person?.id ?? null,
  scimId: accountId ?? person?.link ?? null,
  name: person ? displayName(person) : (accountId ?? ''),
});

/** The disagreements that this fault causes at this moment; none when the service has healed it. */
const findingsOf = (fault: Fault, now: Disagreements): Disagreement[] => {
  const { subject } = fault;
  if ('person' in subject) return now.ofPerson(subject.person);
  if ('account' in subject) {
    const { account } = subject;
    const isOrphan = now.orphanAccounts().includes(account);
    return isOrphan ? [{ kind: 'orphan-in-target', scimId: account.id }] : [];
  }
  if ('targetGroup' in subject) {
    const { targetGroup } = subject;
    const isOrphan = now.orphanGroups().includes(targetGroup);
    return isOrphan ? [{ kind: 'group-orphan-in-target', scimId: targetGroup.id }] : [];
  }
  const found = now.ofGroup(subject.group);
  if (!('member' in subject)) return found.filter(({ member }) => member === undefined);
  return found.filter(({ member }) => member?.person === subject.member);
};

/** Lines of the truth file for one fault, as things stand. */
export const truthOf = (fault: Fault, now: Disagreements): TruthEntry[] => {
  const base = { cause: fault.cause, since: isoSeconds(fault.sinceMs), question: fault.question };
  const found = findingsOf(fault, now);
  const member = 'member' in fault.subject ? fault.subject.member : null;
  if (found.length === 0) {
    if (fault.kind !== null) return [];
    const entry: TruthEntry = { subject: subjectOf(fault, null), ...base, kind: null };
    return [member ? { ...entry, member: memberOf(member, null) } : entry];
  }
  return found.map((one) => ({
    subject: subjectOf(fault, one.scimId),
    ...(one.member ? { member: memberOf(one.member.person, one.member.accountId) } : {}),
    ...(one.attribute === undefined ? {} : { attribute: one.attribute }),
    kind: one.kind,
    ...base,
    ...(fault.pending === true ? { pending: true } : {}),
  }));
};
