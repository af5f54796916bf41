import type { Agenda } from './agenda.ts';
import type { Company } from './company.ts';
import { tenantDomain } from './company.ts';
import type { Founding } from './founding.ts';
import type { Group, Person } from './model.ts';
import { familyNames, givenNames } from './names.ts';
import type { Random } from './random.ts';
import { passesUserFilter } from './rules.ts';
import { dayMs, hourMs, minuteMs } from './time.ts';

/** Things that happen to people, per person and day. */
const rates = {
  join: 0.0016,
  move: 0.0016,
  marry: 0.0008,
  rename: 0.0004,
  leave: 0.0014,
  pause: 0.0008,
  project: 0.004,
  reassign: 0.0006,
};

const departmentNames = ['Design', 'Engineering', 'BIM', 'Visualisation', 'Projects', 'Finance', 'Human Resources'];
const retentionMs = 30 * dayMs;

export interface Life {
  /** Plans what happens on the day that begins at `dayMs`, between `fromMs` and `toMs`. */
  planDay(fromMs: number, toMs: number): void;
}

/**
 * The ordinary life of the company: nothing here leaves a disagreement behind once the next cycles have run. People
 * taken by a fault are left alone.
 */
export const createLife = (options: { company: Company; founding: Founding; agenda: Agenda; random: Random }): Life => {
  const { company, founding, agenda, random } = options;
  const { structure } = founding;

  const isFree = (person: Person): boolean =>
    !person.reserved && person.deletedMs === 0 && person.purgedMs === 0 && person.enabled;

  const anybody = (): Person | null => {
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const person = company.people[random.below(company.people.length)];
      if (person && isFree(person)) return person;
    }
    return null;
  };

  /** Later steps of a story happen only if the person is still there and nothing else began meanwhile. */
  const busy = new Set<number>();
  const story = (person: Person, steps: { atMs: number; run(atMs: number): void }[]): void => {
    busy.add(person.index);
    steps.forEach((step, number) => {
      agenda.plan(step.atMs, (atMs) => {
        step.run(atMs);
        if (number === steps.length - 1) busy.delete(person.index);
      });
    });
  };
  const withSomebody = (run: (person: Person) => void): void => {
    const person = anybody();
    if (person && !busy.has(person.index)) run(person);
  };

  const join = (atMs: number): void => {
    const drawn = founding.draw(random);
    const person = company.hire({ ...drawn, createdMs: atMs }, atMs);
    // Some get their assignment later than their account.
    story(person, [
      { atMs: atMs + Math.floor(random.between(1, 90) * minuteMs), run: (ms) => founding.settle(person, ms) },
    ]);
  };

  const leaveGroups = (person: Person, atMs: number): void => {
    for (const index of [...person.groups]) company.part(person, company.groups[index] as Group, atMs);
    if (person.assignment !== null) company.unassignPerson(person, atMs);
  };

  const move = (atMs: number): void =>
    withSomebody((person) => {
      if (person.guest) return;
      const department = random.pick(departmentNames);
      if (department === person.department) return;
      const before = structure.departmentGroups.get(person.department ?? '');
      company.change(person, { department }, atMs);
      // Dynamic membership takes its time, and so does the colleague who changes the others.
      const laterMs = atMs + Math.floor(random.between(3, 35) * minuteMs);
      story(person, [
        {
          atMs: laterMs,
          run(ms) {
            if (before) company.part(person, before, ms);
            if (person.assignment !== null) company.unassignPerson(person, ms);
            founding.settle(person, ms);
          },
        },
      ]);
    });

  const marry = (atMs: number): void =>
    withSomebody((person) => {
      const family = random.isTrue(0.25) ? `${person.family}-${random.pick(familyNames)}` : random.pick(familyNames);
      if (person.guest) {
        company.change(person, { family }, atMs);
        return;
      }
      const upn = company.freeUpn(person.given, family, tenantDomain);
      company.change(person, { family, upn, mail: upn }, atMs);
    });

  /** Another first name. */
  const rename = (atMs: number): void =>
    withSomebody((person) => {
      const given = random.pick(givenNames);
      if (given !== person.given) company.change(person, { given }, atMs);
    });

  const restore = (person: Person, memberships: { groups: Group[]; direct: boolean }, atMs: number): void => {
    company.restore(person, atMs);
    // What they belonged to is given back by hand, one by one: so the service notices.
    for (const group of memberships.groups) if (group.deletedMs === 0) company.join(person, group, atMs);
    if (memberships.direct) company.assignPerson(person, atMs);
  };

  const leave = (atMs: number): void =>
    withSomebody((person) => {
      const memberships = {
        groups: person.groups.map((index) => company.groups[index] as Group),
        direct: person.assignment !== null,
      };
      const kind = random.next();
      const deletedMs = kind < 0.3 ? atMs : atMs + Math.floor(random.between(kind < 0.75 ? 0.5 : 2, 6) * dayMs);
      const steps: { atMs: number; run(ms: number): void }[] = [];
      // Disabled first; or without an assignment first, which leaves the account disabled for ever.
      if (kind >= 0.3 && kind < 0.75) company.change(person, { enabled: false }, atMs);
      if (kind >= 0.75) leaveGroups(person, atMs);
      steps.push({ atMs: deletedMs, run: (ms) => company.softDelete(person, ms, { keepsMemberships: false }) });
      const fate = random.next();
      if (fate < 0.08) {
        const backMs = deletedMs + Math.floor(random.between(0.3, 8) * dayMs);
        steps.push({
          atMs: backMs,
          run(ms) {
            restore(person, memberships, ms);
            if (!person.enabled) company.change(person, { enabled: true }, ms);
          },
        });
      } else {
        const purgedMs =
          fate < 0.25 ? deletedMs + Math.floor(random.between(0.2, 12) * dayMs) : deletedMs + retentionMs;
        steps.push({ atMs: purgedMs, run: (ms) => company.purge(person, ms) });
      }
      story(person, steps);
    });

  const pause = (atMs: number): void =>
    withSomebody((person) => {
      company.change(person, { enabled: false }, atMs);
      const backMs = atMs + Math.floor(random.between(2 * hourMs, 9 * dayMs));
      story(person, [{ atMs: backMs, run: (ms) => company.change(person, { enabled: true }, ms) }]);
    });

  const project = (atMs: number): void =>
    withSomebody((person) => {
      const group = random.pick(structure.projects);
      if (group.people.has(person.index)) company.part(person, group, atMs);
      else if (passesUserFilter(person)) company.join(person, group, atMs);
    });

  const reassign = (atMs: number): void =>
    withSomebody((person) => {
      if (person.assignment === null) return;
      company.unassignPerson(person, atMs);
      const backMs = atMs + Math.floor(random.between(0.2, 72) * hourMs);
      story(person, [{ atMs: backMs, run: (ms) => company.assignPerson(person, ms) }]);
    });

  const happenings: { rate: number; run(atMs: number): void }[] = [
    { rate: rates.join, run: join },
    { rate: rates.move, run: move },
    { rate: rates.marry, run: marry },
    { rate: rates.rename, run: rename },
    { rate: rates.leave, run: leave },
    { rate: rates.pause, run: pause },
    { rate: rates.project, run: project },
    { rate: rates.reassign, run: reassign },
  ];

  return {
    planDay(fromMs, toMs) {
      const share = (toMs - fromMs) / dayMs;
      for (const { rate, run } of happenings) {
        const count = random.poisson(rate * company.people.length * share);
        for (let index = 0; index < count; index += 1) agenda.plan(Math.floor(random.between(fromMs, toMs)), run);
      }
    },
  };
};
