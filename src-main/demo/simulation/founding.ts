import type { Company, NewPerson } from './company.ts';
import { partnerDomain, tenantDomain } from './company.ts';
import type { Group, Person } from './model.ts';
import { countries, familyNames, givenNames, projectNames } from './names.ts';
import type { Random } from './random.ts';
import { dayMs } from './time.ts';

/** Departments with their share of the staff, and how their people come to UNIFI. */
const departments = [
  { name: 'Design', share: 0.22, way: 'dynamic' },
  { name: 'Engineering', share: 0.22, way: 'dynamic' },
  { name: 'BIM', share: 0.1, way: 'dynamic' },
  { name: 'Visualisation', share: 0.06, way: 'dynamic' },
  { name: 'Projects', share: 0.18, way: 'static' },
  { name: 'Finance', share: 0.08, way: 'static' },
  { name: 'Human Resources', share: 0.05, way: 'none' },
  { name: 'Facilities', share: 0.05, way: 'none' },
  { name: 'Legal', share: 0.04, way: 'none' },
] as const;

export type Department = (typeof departments)[number]['name'];

/** The groups that have a part in the company's life. */
export interface Structure {
  /** Group that a department's people belong to, if any. */
  departmentGroups: Map<string, Group>;
  partners: Group;
  /** Members come and go here; every member is entitled by another group as well. */
  projects: Group[];
  /** Assigned; its only members are in the nested group. */
  consultants: Group;
  nested: Group;
  /** Assigned, but not security-enabled. */
  guild: Group;
  /** Not assigned. */
  allStaff: Group;
  /** Assigned, but the group filter leaves it out. */
  temporary: Group;
}

export interface Founding {
  structure: Structure;
  /** A new colleague's data, drawn by chance. */
  draw(random: Random): Omit<NewPerson, 'createdMs'>;
  /** Puts a person where people of their department are. */
  settle(person: Person, atMs: number | null): void;
}

const guestShare = 0.06;
/** Half of the project department comes by direct assignment. */
const isDirect = (person: Person): boolean => person.department === 'Projects' && person.index % 2 === 0;

export const foundCompany = (options: {
  company: Company;
  random: Random;
  people: number;
  startMs: number;
}): Founding => {
  const { company, random, startMs } = options;
  const formed = (): number => startMs - Math.floor(random.between(200, 1500)) * dayMs;

  const departmentGroups = new Map<string, Group>();
  for (const { name, way } of departments) {
    if (way === 'none') continue;
    const dynamicRule = way === 'dynamic' ? `user.department -eq "${name}"` : undefined;
    const group = company.form({
      name: way === 'dynamic' ? `${name} (all)` : `UNIFI ${name}`,
      createdMs: formed(),
      ...(dynamicRule === undefined ? {} : { dynamicRule }),
    });
    company.assignGroup(group, null);
    departmentGroups.set(name, group);
  }
  const formAssigned = (name: string, more: { securityEnabled?: boolean; nested?: number[] } = {}): Group => {
    const group = company.form({ name, createdMs: formed(), ...more });
    company.assignGroup(group, null);
    return group;
  };
  const nested = company.form({ name: 'Consultants EMEA', createdMs: formed() });
  const structure: Structure = {
    departmentGroups,
    partners: formAssigned('UNIFI Partners'),
    consultants: formAssigned('UNIFI Consultants', { nested: [nested.index] }),
    nested,
    guild: formAssigned('Visualisation Guild', { securityEnabled: false }),
    temporary: formAssigned('Tmp competition team'),
    allStaff: company.form({ name: 'All staff', createdMs: formed(), dynamicRule: 'user.employeeType -eq "Employee"' }),
    projects: Array.from({ length: Math.max(6, Math.round(options.people / 60)) }, (_, number) =>
      formAssigned(`Project ${projectNames[number % projectNames.length] ?? ''} ${String(1001 + number)}`),
    ),
  };

  const draw = (chance: Random): Omit<NewPerson, 'createdMs'> => {
    const given = chance.pick(givenNames);
    const family = chance.pick(familyNames);
    const country = chance.pick(countries);
    if (chance.isTrue(guestShare)) {
      return { given, family, country, department: null, guest: true, domain: partnerDomain };
    }
    let share = chance.next();
    const department = departments.find((one) => (share -= one.share) < 0) ?? departments[0];
    return { given, family, country, department: department.name, domain: tenantDomain };
  };

  const settle = (person: Person, atMs: number | null): void => {
    if (person.guest) {
      company.join(person, structure.partners, atMs);
      return;
    }
    if (atMs === null || person.index % 3 === 0) company.join(person, structure.allStaff, atMs);
    const group = departmentGroups.get(person.department ?? '');
    if (isDirect(person)) company.assignPerson(person, atMs);
    else if (group) company.join(person, group, atMs);
  };

  for (let count = 0; count < options.people; count += 1) {
    company.hire({ ...draw(random), createdMs: startMs - Math.floor(random.between(5, 2000) * dayMs) }, null);
  }
  return { structure, draw, settle };
};
