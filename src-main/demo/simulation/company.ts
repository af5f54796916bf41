import type { AuditTarget, AuditTrail } from './audit-trail.ts';
import type { Assignment, Group, Person } from './model.ts';
import { asAlias } from './names.ts';
import type { Random } from './random.ts';
import { displayName } from './rules.ts';

export const tenantDomain = 'studio-nord.example';
/** A second verified domain; guests come from it as well, so that two people can mean the same account. */
export const partnerDomain = 'atelier-sued.example';

export interface NewPerson {
  given: string;
  family: string;
  department: string | null;
  country: string;
  createdMs: number;
  guest?: boolean;
  /** Local part of the UPN; chosen from the name when absent. */
  alias?: string;
  domain?: string;
}

export interface NewGroup {
  name: string | null;
  createdMs: number;
  dynamicRule?: string;
  securityEnabled?: boolean;
  nested?: number[];
}

/** Everything that Entra knows of people and groups, and everything that happens to them there. */
export interface Company {
  readonly people: Person[];
  readonly groups: Group[];
  /** Newest first is not promised: changes in the order in which they happened. */
  readonly userChanges: { atMs: number; index: number }[];
  readonly groupChanges: { atMs: number; index: number }[];
  /** People and groups that the service has not looked at since their last change, with the time of the first one. */
  readonly touchedPeople: Map<number, number>;
  readonly touchedGroups: Map<number, number>;
  findPerson(idOrUpn: string): Person | null;
  findGroup(id: string): Group | null;
  /** Counts deletions and returns, so that lists of present people can be kept. */
  readonly generation: { people: number };

  hire(options: NewPerson, atMs: number | null): Person;
  form(options: NewGroup): Group;
  /** Membership, assignment: `atMs` null for what was so before the simulation began. */
  join(person: Person, group: Group, atMs: number | null): void;
  part(person: Person, group: Group, atMs: number): void;
  assignPerson(person: Person, atMs: number | null): void;
  unassignPerson(person: Person, atMs: number): void;
  assignGroup(group: Group, atMs: number | null): void;
  unassignGroup(group: Group, atMs: number): void;
  change(person: Person, values: Partial<PersonValues>, atMs: number): void;
  softDelete(person: Person, atMs: number, options: { keepsMemberships: boolean }): void;
  restore(person: Person, atMs: number): void;
  purge(person: Person, atMs: number): void;
  deleteGroup(group: Group, atMs: number): void;
  /** A UPN that nobody has, from a name. */
  freeUpn(given: string, family: string, domain: string): string;
}

export interface PersonValues {
  given: string;
  family: string;
  upn: string | null;
  mail: string;
  employeeId: string | null;
  department: string | null;
  enabled: boolean;
}

const auditName: Readonly<Record<keyof PersonValues, string>> = {
  given: 'GivenName',
  family: 'Surname',
  upn: 'UserPrincipalName',
  mail: 'Mail',
  employeeId: 'EmployeeId',
  department: 'Department',
  enabled: 'AccountEnabled',
};

export const createCompany = (options: {
  random: Random;
  audit: AuditTrail;
  application: { id: string; name: string };
  /** Assignments from before the simulation carry this moment. */
  foundedMs: number;
}): Company => {
  const { random, audit } = options;
  const people: Person[] = [];
  const groups: Group[] = [];
  const byId = new Map<string, number>();
  const byUpn = new Map<string, number>();
  /** Names are never given twice: accounts of people who left, or married, keep theirs in UNIFI. */
  const taken = new Set<string>();
  const groupById = new Map<string, number>();
  const userChanges: Company['userChanges'] = [];
  const groupChanges: Company['groupChanges'] = [];
  const touchedPeople = new Map<number, number>();
  const touchedGroups = new Map<number, number>();
  const generation = { people: 0 };

  const asTarget = (person: Person): AuditTarget => ({
    id: person.id,
    type: 'User',
    name: displayName(person),
    upn: person.upn,
  });
  const groupTarget = (group: Group): AuditTarget => ({ id: group.id, type: 'Group', name: group.name });
  const applicationTarget: AuditTarget = {
    id: options.application.id,
    type: 'ServicePrincipal',
    name: options.application.name,
  };

  const touch = (person: Person, atMs: number | null): void => {
    if (!touchedPeople.has(person.index)) touchedPeople.set(person.index, atMs ?? 0);
    if (atMs === null) return;
    person.changedMs = atMs;
    userChanges.push({ atMs, index: person.index });
  };
  const touchGroup = (group: Group, atMs: number | null): void => {
    if (!touchedGroups.has(group.index)) touchedGroups.set(group.index, atMs ?? 0);
    if (atMs === null) return;
    group.changedMs = atMs;
    groupChanges.push({ atMs, index: group.index });
  };

  const freeUpn = (given: string, family: string, domain: string): string => {
    const stem = `${asAlias(given)}.${asAlias(family)}`;
    for (let number = 1; ; number += 1) {
      const upn = `${stem}${number === 1 ? '' : String(number)}@${domain}`;
      if (taken.has(upn)) continue;
      taken.add(upn);
      return upn;
    }
  };
  /** Guests' names are unique after the rewriting too, except by a fault. */
  const guestUpn = (alias: string, domain: string): string => `${alias}_${domain}#EXT#@${tenantDomain}`;

  const newAssignment = (atMs: number | null): Assignment => ({
    id: random.guid().replaceAll('-', '').slice(0, 22),
    createdMs: atMs ?? options.foundedMs,
  });

  const assignmentAudit = (
    principal: AuditTarget,
    word: 'Add app role assignment grant to user' | 'Remove app role assignment from user',
    atMs: number,
  ): void => {
    const activity =
      principal.type === 'User' ? word : word.replace('grant to user', 'to group').replace('user', 'group');
    audit.add({
      atMs,
      activity,
      category: principal.type === 'User' ? 'UserManagement' : 'GroupManagement',
      by: 'admin',
      targets: [applicationTarget, principal],
    });
  };

  /** A person who is in several groups is one change for the service; each group is one of its own. */
  const memberOf = (person: Person): Group[] => person.groups.map((index) => groups[index] as Group);

  return {
    people,
    groups,
    userChanges,
    groupChanges,
    touchedPeople,
    touchedGroups,
    generation,
    freeUpn,
    findPerson(idOrUpn) {
      const index = byId.get(idOrUpn.toLowerCase()) ?? byUpn.get(idOrUpn.toLowerCase());
      return index === undefined ? null : (people[index] ?? null);
    },
    findGroup(id) {
      const index = groupById.get(id.toLowerCase());
      return index === undefined ? null : (groups[index] ?? null);
    },

    hire(one, atMs) {
      const index = people.length;
      const guest = one.guest === true;
      const domain = one.domain ?? (guest ? partnerDomain : tenantDomain);
      const home = one.alias === undefined ? freeUpn(one.given, one.family, domain) : `${one.alias}@${domain}`;
      const upn = guest ? guestUpn(home.slice(0, home.indexOf('@')), domain) : home;
      const person: Person = {
        index,
        id: random.guid(),
        guest,
        createdMs: one.createdMs,
        given: one.given,
        family: one.family,
        upn,
        mail: home,
        employeeId: guest ? null : `SN-${String(10_000 + index)}`,
        department: one.department,
        country: one.country,
        employeeType: guest ? 'Partner' : 'Employee',
        enabled: true,
        deletedMs: 0,
        purgedMs: 0,
        groups: [],
        assignment: null,
        changedMs: 0,
        link: null,
        managed: false,
        loggedMs: 0,
        reserved: false,
        trouble: null,
        escrow: null,
      };
      people.push(person);
      byId.set(person.id, index);
      byUpn.set(upn.toLowerCase(), index);
      generation.people += 1;
      touch(person, atMs);
      if (atMs !== null) {
        audit.add({ atMs, activity: 'Add user', category: 'UserManagement', by: 'admin', targets: [asTarget(person)] });
      }
      return person;
    },

    form(one) {
      const group: Group = {
        index: groups.length,
        id: random.guid(),
        name: one.name,
        dynamicRule: one.dynamicRule ?? null,
        securityEnabled: one.securityEnabled ?? true,
        createdMs: one.createdMs,
        deletedMs: 0,
        people: new Set(),
        nested: one.nested ?? [],
        assignment: null,
        changedMs: 0,
        link: null,
        loggedMs: 0,
        added: new Set(),
        removed: new Set(),
        memberTrouble: new Map(),
        trouble: null,
        escrow: null,
      };
      groups.push(group);
      groupById.set(group.id, group.index);
      touchGroup(group, null);
      return group;
    },

    join(person, group, atMs) {
      if (group.people.has(person.index)) return;
      group.people.add(person.index);
      group.removed.delete(person.index);
      group.added.add(person.index);
      person.groups.push(group.index);
      touch(person, atMs);
      touchGroup(group, atMs);
      if (atMs === null) return;
      audit.add({
        atMs,
        activity: 'Add member to group',
        category: 'GroupManagement',
        by: group.dynamicRule === null ? 'admin' : 'dynamic-groups',
        targets: [asTarget(person), groupTarget(group)],
        changes: [
          { name: 'Group.ObjectID', oldValue: null, newValue: group.id },
          { name: 'Group.DisplayName', oldValue: null, newValue: group.name },
        ],
      });
    },

    part(person, group, atMs) {
      if (!group.people.delete(person.index)) return;
      group.added.delete(person.index);
      group.removed.add(person.index);
      person.groups = person.groups.filter((index) => index !== group.index);
      touch(person, atMs);
      touchGroup(group, atMs);
      audit.add({
        atMs,
        activity: 'Remove member from group',
        category: 'GroupManagement',
        by: group.dynamicRule === null ? 'admin' : 'dynamic-groups',
        targets: [asTarget(person), groupTarget(group)],
        changes: [
          { name: 'Group.ObjectID', oldValue: group.id, newValue: null },
          { name: 'Group.DisplayName', oldValue: group.name, newValue: null },
        ],
      });
    },

    assignPerson(person, atMs) {
      person.assignment = newAssignment(atMs);
      touch(person, atMs);
      if (atMs !== null) assignmentAudit(asTarget(person), 'Add app role assignment grant to user', atMs);
    },
    unassignPerson(person, atMs) {
      person.assignment = null;
      touch(person, atMs);
      assignmentAudit(asTarget(person), 'Remove app role assignment from user', atMs);
    },
    assignGroup(group, atMs) {
      group.assignment = newAssignment(atMs);
      touchGroup(group, atMs);
      for (const index of group.people) touch(people[index] as Person, atMs);
      if (atMs !== null) assignmentAudit(groupTarget(group), 'Add app role assignment grant to user', atMs);
    },
    unassignGroup(group, atMs) {
      group.assignment = null;
      touchGroup(group, atMs);
      for (const index of group.people) touch(people[index] as Person, atMs);
      assignmentAudit(groupTarget(group), 'Remove app role assignment from user', atMs);
    },

    change(person, values, atMs) {
      const changes = (Object.keys(values) as (keyof PersonValues)[]).map((key) => ({
        name: auditName[key],
        oldValue: person[key],
        newValue: values[key] ?? null,
      }));
      if (values.upn !== undefined) {
        if (person.upn !== null) byUpn.delete(person.upn.toLowerCase());
        if (values.upn !== null) byUpn.set(values.upn.toLowerCase(), person.index);
      }
      Object.assign(person, values);
      touch(person, atMs);
      const targets = [asTarget(person)];
      audit.add({ atMs, activity: 'Update user', category: 'UserManagement', by: 'admin', targets, changes });
    },

    softDelete(person, atMs, { keepsMemberships }) {
      const before = asTarget(person);
      person.deletedMs = atMs;
      if (person.upn !== null) {
        byUpn.delete(person.upn.toLowerCase());
        person.upn = `${person.id.replaceAll('-', '')}${person.upn}`;
        byUpn.set(person.upn.toLowerCase(), person.index);
      }
      // Graph lists deleted people as members of nothing; whether a return brings the memberships back is up to the case.
      for (const group of memberOf(person)) {
        group.people.delete(person.index);
        group.added.delete(person.index);
        group.removed.add(person.index);
        touchGroup(group, atMs);
      }
      if (!keepsMemberships) {
        person.groups = [];
        person.assignment = null;
      }
      generation.people += 1;
      touch(person, atMs);
      audit.add({ atMs, activity: 'Delete user', category: 'UserManagement', by: 'admin', targets: [before] });
    },

    restore(person, atMs) {
      person.deletedMs = 0;
      if (person.upn !== null) {
        byUpn.delete(person.upn.toLowerCase());
        person.upn = person.upn.slice(32);
        byUpn.set(person.upn.toLowerCase(), person.index);
      }
      for (const group of memberOf(person)) group.people.add(person.index);
      generation.people += 1;
      touch(person, atMs);
      const targets = [asTarget(person)];
      audit.add({ atMs, activity: 'Restore user', category: 'UserManagement', by: 'admin', targets });
    },

    purge(person, atMs) {
      const targets = [asTarget(person)];
      if (person.upn !== null) byUpn.delete(person.upn.toLowerCase());
      byId.delete(person.id);
      person.purgedMs = atMs;
      person.groups = [];
      person.assignment = null;
      generation.people += 1;
      touch(person, atMs);
      audit.add({ atMs, activity: 'Hard Delete user', category: 'UserManagement', by: 'directory', targets });
    },

    deleteGroup(group, atMs) {
      group.deletedMs = atMs;
      group.assignment = null;
      for (const index of group.people) {
        const person = people[index] as Person;
        person.groups = person.groups.filter((one) => one !== group.index);
        touch(person, atMs);
      }
      group.people.clear();
      groupById.delete(group.id);
      touchGroup(group, atMs);
      const targets = [groupTarget(group)];
      audit.add({ atMs, activity: 'Delete group', category: 'GroupManagement', by: 'admin', targets });
    },
  };
};
