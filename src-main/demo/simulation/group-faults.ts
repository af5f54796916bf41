import type { FaultType, Soil } from './fault-book.ts';
import type { Group, Person } from './model.ts';
import { hourMs } from './time.ts';

/** Names of fault groups are their own, so that no other group means the same target group. */
const groupName = (soil: Soil, word: string): string =>
  `${word} ${String(soil.company.groups.length + 1)}${String(soil.random.below(90) + 10)}`;

/** Somebody entitled by a direct assignment, whatever the group does. */
const takeMember = (soil: Soil): Person => {
  const person = soil.takeLone();
  soil.company.assignPerson(person, null);
  return person;
};

const takeGroupWith = (soil: Soil, word: string): { group: Group; member: Person } => {
  const group = soil.formGroup(groupName(soil, word));
  const member = takeMember(soil);
  const colleague = takeMember(soil);
  soil.company.join(member, group, null);
  soil.company.join(colleague, group, null);
  return { group, member };
};

const targetOf = (soil: Soil, group: Group): ReturnType<Soil['target']['groups']['get']> =>
  group.link === null ? undefined : soil.target.groups.get(group.link);

const groups: readonly FaultType[] = [
  {
    name: 'G2',
    plant(soil) {
      const group = soil.formGroup(groupName(soil, 'Library'), { assigned: false });
      const sinceMs = group.createdMs;
      soil.add({ subject: { group }, kind: null, cause: 'G2', question: 'missing', sinceMs });
    },
  },
  {
    name: 'G3',
    plant(soil) {
      const group = soil.formGroup(`Tmp ${groupName(soil, 'workshop')}`);
      const sinceMs = group.createdMs;
      soil.add({ subject: { group }, kind: null, cause: 'G3', question: 'missing', sinceMs });
    },
  },
  {
    name: 'G4-missing',
    plant(soil) {
      const group = soil.formGroup(null);
      soil.add({
        subject: { group },
        kind: 'missing-match-value',
        cause: 'G4-missing',
        question: 'missing',
        sinceMs: group.createdMs,
      });
    },
  },
  {
    name: 'G4-duplicate',
    plant(soil) {
      const name = groupName(soil, 'Competition');
      const first = soil.formGroup(name);
      const second = soil.formGroup(name);
      const common = { kind: 'duplicate-match-value', sinceMs: second.createdMs } as const;
      soil.add({ ...common, subject: { group: first }, cause: null, question: 'as-it-should-be' });
      soil.add({ ...common, subject: { group: second }, cause: 'G4-duplicate', question: 'missing' });
    },
  },
  {
    name: 'G5',
    plant(soil) {
      const sinceMs = soil.when(2, 22);
      const group = soil.formGroup(groupName(soil, 'Site'), { assigned: false });
      group.trouble = { operation: 'create', mode: 'fails', failure: 0 };
      soil.agenda.plan(sinceMs, (ms) => soil.company.assignGroup(group, ms));
      soil.add({
        subject: { group },
        kind: 'group-missing-in-target',
        cause: 'G5',
        question: 'missing',
        sinceMs,
      });
    },
  },
  {
    name: 'G6, renamed',
    plant(soil) {
      const { group } = takeGroupWith(soil, 'Studio');
      const sinceMs = soil.when(1, 28);
      soil.agenda.plan(sinceMs, (ms) => {
        const counterpart = targetOf(soil, group);
        if (counterpart) soil.target.renameGroup(counterpart, `${counterpart.displayName} (old)`, ms);
      });
      soil.add({
        subject: { group },
        kind: 'attribute-drift',
        cause: 'G6',
        question: 'as-it-should-be',
        sinceMs,
      });
    },
  },
  {
    name: 'G6, made twice',
    plant(soil) {
      const group = soil.formGroup(groupName(soil, 'Atelier'));
      const sinceMs = soil.when(1, 28);
      soil.agenda.plan(sinceMs, (ms) => {
        const counterpart = targetOf(soil, group);
        if (!counterpart) return;
        soil.target.renameGroup(counterpart, `${counterpart.displayName} (old)`, ms);
        soil.target.createGroup(group.name ?? '', group.id, ms);
      });
      soil.add({
        subject: { group },
        kind: 'duplicate-in-target',
        cause: 'G6',
        question: 'as-it-should-be',
        sinceMs,
      });
    },
  },
  {
    name: 'group made by hand',
    plant(soil) {
      const sinceMs = soil.when(1, 40);
      const name = groupName(soil, 'Local team');
      soil.agenda.plan(sinceMs, (ms) => {
        const targetGroup = soil.target.createGroup(name, null, ms);
        soil.add({
          subject: { targetGroup },
          kind: 'group-orphan-in-target',
          cause: 'B2',
          question: 'still-active',
          sinceMs,
        });
      });
    },
  },
  {
    name: 'group unassigned',
    plant(soil) {
      const group = soil.formGroup(groupName(soil, 'Former team'));
      const sinceMs = soil.when(2, 25);
      soil.agenda.plan(sinceMs, (ms) => soil.company.unassignGroup(group, ms));
      soil.add({
        subject: { group },
        kind: 'group-orphan-in-target',
        cause: 'G2',
        question: 'still-active',
        sinceMs,
      });
    },
  },
  {
    name: 'group deleted',
    plant(soil) {
      const group = soil.formGroup(groupName(soil, 'Closed team'));
      group.trouble = { operation: 'delete', mode: 'fails', failure: 5 };
      const sinceMs = soil.when(2, 22);
      soil.agenda.plan(sinceMs, (ms) => soil.company.deleteGroup(group, ms));
      soil.add({
        subject: { group },
        kind: 'group-orphan-in-target',
        cause: 'B10-failure',
        question: 'still-active',
        sinceMs,
      });
    },
  },
];

const members: readonly FaultType[] = [
  {
    name: 'M1',
    plant(soil) {
      const nested = soil.formGroup(groupName(soil, 'Inner circle'), { assigned: false });
      const group = soil.formGroup(groupName(soil, 'Outer circle'), { nested: [nested.index] });
      const member = takeMember(soil);
      soil.company.join(member, nested, null);
      const sinceMs = nested.createdMs;
      soil.add({ subject: { group, member }, kind: null, cause: 'M1', question: 'missing', sinceMs });
    },
  },
  {
    name: 'M2',
    plant(soil) {
      const group = soil.formGroup(groupName(soil, 'Newcomers'));
      const member = soil.takeLone();
      member.trouble = { operation: 'create', mode: 'fails', failure: 1 };
      const sinceMs = soil.when(2, 22);
      soil.agenda.plan(sinceMs, (ms) => soil.company.join(member, group, ms));
      soil.add({ subject: { group, member }, kind: null, cause: 'M2', question: 'missing', sinceMs });
      soil.add({
        subject: { person: member },
        kind: 'missing-in-target',
        cause: 'A11-failure',
        question: 'missing',
        sinceMs,
      });
    },
  },
  ...(['unresolved', 'fails'] as const).map((word): FaultType => ({
    name: word === 'unresolved' ? 'M3' : 'M8, not added',
    plant(soil) {
      const { group } = takeGroupWith(soil, 'Crew');
      const member = takeMember(soil);
      group.memberTrouble.set(member.index, word);
      const sinceMs = soil.when(1, 25);
      soil.agenda.plan(sinceMs, (ms) => soil.company.join(member, group, ms));
      soil.add({
        subject: { group, member },
        kind: 'member-missing',
        cause: word === 'unresolved' ? 'M3' : 'M8',
        question: 'missing',
        sinceMs,
      });
    },
  })),
  {
    name: 'M4',
    plant(soil) {
      const { group, member } = takeGroupWith(soil, 'Returners');
      const leftMs = soil.when(3, 25);
      const sinceMs = Math.min(leftMs + 26 * hourMs, soil.nowMs - 3 * hourMs);
      soil.agenda.plan(leftMs, (ms) => soil.company.softDelete(member, ms, { keepsMemberships: true }));
      soil.agenda.plan(sinceMs, (ms) => soil.company.restore(member, ms));
      soil.add({
        subject: { group, member },
        kind: 'member-missing',
        cause: 'M4',
        question: 'missing',
        sinceMs,
      });
    },
  },
  {
    name: 'M5',
    plant(soil) {
      const { group, member } = takeGroupWith(soil, 'Assembly');
      const sinceMs = soil.when(1, 25);
      soil.agenda.plan(sinceMs, () => {
        const counterpart = targetOf(soil, group);
        if (counterpart) counterpart.hidesMembers = true;
      });
      soil.add({ subject: { group, member }, kind: null, cause: 'M5', question: 'missing', sinceMs });
    },
  },
  {
    name: 'M6, removed',
    plant(soil) {
      const { group, member } = takeGroupWith(soil, 'Board');
      const sinceMs = soil.when(1, 28);
      soil.agenda.plan(sinceMs, (ms) => {
        const counterpart = targetOf(soil, group);
        if (counterpart && member.link !== null) soil.target.removeMember(counterpart, member.link, ms);
      });
      soil.add({
        subject: { group, member },
        kind: 'member-missing',
        cause: 'M6',
        question: 'missing',
        sinceMs,
      });
    },
  },
  {
    name: 'M6, added',
    plant(soil) {
      const { group } = takeGroupWith(soil, 'Jury');
      const member = takeMember(soil);
      const sinceMs = soil.when(1, 28);
      soil.agenda.plan(sinceMs, (ms) => {
        const counterpart = targetOf(soil, group);
        if (counterpart && member.link !== null) soil.target.addMember(counterpart, member.link, ms);
      });
      soil.add({
        subject: { group, member },
        kind: 'member-extra',
        cause: 'M6',
        question: 'still-active',
        sinceMs,
      });
    },
  },
  {
    name: 'M7',
    plant(soil) {
      const { group, member } = takeGroupWith(soil, 'Task force');
      const sinceMs = soil.soon();
      soil.agenda.plan(sinceMs, (ms) => soil.company.part(member, group, ms));
      soil.add({
        subject: { group, member },
        kind: 'member-extra',
        cause: 'M7',
        question: 'still-active',
        sinceMs,
        pending: true,
      });
    },
  },
  {
    name: 'M8, not removed',
    plant(soil) {
      const { group, member } = takeGroupWith(soil, 'Committee');
      const sinceMs = soil.when(1, 25);
      soil.agenda.plan(sinceMs, (ms) => {
        group.memberTrouble.set(member.index, 'fails');
        soil.company.part(member, group, ms);
      });
      soil.add({
        subject: { group, member },
        kind: 'member-extra',
        cause: 'M8',
        question: 'still-active',
        sinceMs,
      });
    },
  },
];

/** Every way in which a group or a membership can be wrong. provisioning-semantics.md 10. */
export const groupFaults: readonly FaultType[] = [...groups, ...members];
