import { noMembers } from '../model/members.ts';
import type { Finding } from '../../contract/models/finding.ts';
import type { Person } from '../../contract/models/person.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import { createGroups } from '../cross-check/join-groups.ts';
import type { AuditEvent } from '../model/directory.ts';
import type { MembershipFacts } from '../model/group-facts.ts';
import { rowsSinceChange, type CaseBase } from './case-base.ts';
import { datedChanges, describeTiming, dueText } from './case-timing.ts';
import type { GroupCase } from './group-case.ts';
import type { PersonCase } from './person-case.ts';

/** One person in one group. */
export interface MemberInput {
  group: GroupCase;
  person: PersonCase;
  facts: MembershipFacts;
}

/** A membership with everything decided that several rules look at. */
export interface MemberCase extends CaseBase {
  group: GroupCase;
  person: PersonCase;
  facts: MembershipFacts;
  member: Person;
  /** Groups between the person and the group, innermost first; null: the person is in none of them. */
  nested: readonly string[] | null;
  /** Rows of the group that name this member, newest first. */
  memberRows: readonly LogRowDetail[];
  /** Events that gave or took this membership, newest first. */
  membershipEvents: readonly AuditEvent[];
  /** The newest success that put the member into UNIFI's group, and the newest that took it out. */
  wroteIn: LogRowDetail | null;
  wroteOut: LogRowDetail | null;
}

/** Whether an event took a membership away; what is no removal gave it. */
export const isRemoval = ({ activity }: AuditEvent): boolean => /\bremove\b/iu.test(activity);

const mentions = (text: string | null | undefined, ids: readonly string[]): boolean =>
  text !== null && text !== undefined && ids.some((id) => text.toLowerCase().includes(id));

const namesMember = (row: LogRowDetail, ids: readonly string[]): boolean =>
  row.modifiedProperties.some(
    ({ name, oldValue, newValue }) =>
      name.toLowerCase() === 'members' && (mentions(oldValue, ids) || mentions(newValue, ids)),
  ) ||
  mentions(row.errorReason, ids) ||
  row.steps.some(({ description, status }) => status === 'failure' && mentions(description, ids));

/** The newest success whose `members` hold the member before, or after. */
const written = (
  rows: readonly LogRowDetail[],
  ids: readonly string[],
  side: 'oldValue' | 'newValue',
): LogRowDetail | null =>
  rows.find(
    ({ status, modifiedProperties }) =>
      status === 'success' &&
      modifiedProperties.some((one) => one.name.toLowerCase() === 'members' && mentions(one[side], ids)),
  ) ?? null;

const namesBoth = (event: AuditEvent, groupId: string, userId: string): boolean => {
  const texts = [
    ...event.targets.map(({ id }) => id),
    ...event.properties.flatMap(({ oldValue, newValue }) => [oldValue, newValue]),
  ];
  return texts.some((text) => mentions(text, [groupId])) && texts.some((text) => mentions(text, [userId]));
};

/** Decides everything about a membership that several rules look at. */
export const openMemberCase = ({ group, person, facts }: MemberInput): MemberCase => {
  const groupId = group.group?.id ?? null;
  const userId = person.person.entra?.id ?? null;
  const ids = [userId, person.account?.id, person.user?.userPrincipalName]
    .filter((id) => typeof id === 'string')
    .map((id) => id.toLowerCase());
  const events = [...new Map([...group.facts.audit, ...person.facts.audit].map((one) => [one.id, one])).values()];
  const own = (finding: Finding): boolean =>
    finding.member !== undefined &&
    (finding.member.entraId === null
      ? finding.member.scimId !== null && finding.member.scimId === (person.account?.id ?? person.person.scim?.id)
      : finding.member.entraId === userId);
  const changes = datedChanges(group, events);
  const record =
    group.record ??
    (group.group ? (createGroups([group.group], noMembers, new Map()).get(group.group.id) ?? null) : null);
  const timing = describeTiming(
    group.findings.filter(own),
    record ? changes.ofMembership(record, person.record) : changes.immediate,
    group,
  );
  const name = `${person.name} in ${group.name}`;
  const place = `in ${group.name} in UNIFI`;
  const above = person.facts.groups.find(({ id }) => id === groupId);
  const due = dueText(timing, group.nowMs);
  return {
    ...group,
    group,
    person,
    facts,
    member: person.person,
    name,
    due,
    complaint: facts.isListed ? `${person.name} is still ${place}` : `${person.name} is not ${place}`,
    words: { person: person.name, group: group.words.group ?? group.name, due },
    nested: above && above.through.length > 0 ? above.through : null,
    memberRows: group.rows.filter((row) => namesMember(row, ids)),
    wroteIn: written(group.rows, ids, 'newValue'),
    wroteOut: written(group.rows, ids, 'oldValue'),
    membershipEvents: events
      .filter(
        (event) =>
          /\bmember\b/iu.test(event.activity) &&
          groupId !== null &&
          userId !== null &&
          namesBoth(event, groupId.toLowerCase(), userId.toLowerCase()),
      )
      .sort((one, other) => (one.at < other.at ? 1 : -1)),
    timing,
    ...rowsSinceChange(timing, group.rows, group.logFrom),
    isShaky: group.isShaky || person.isShaky,
  };
};
