import { investigateGroup } from '../../../../src-main/core/investigation/investigate-group.ts';
import { investigateMember } from '../../../../src-main/core/investigation/investigate-member.ts';
import type { GroupInput } from '../../../../src-main/core/investigation/group-case.ts';
import type { Finding } from '../../../../src-main/contract/models/finding.ts';
import type { Investigation } from '../../../../src-main/contract/models/investigation.ts';
import type { LogRowDetail } from '../../../../src-main/contract/models/provisioning-event.ts';
import type { CountedTargetGroup, GroupFacts, MembershipFacts } from '../../../../src-main/core/model/group-facts.ts';
import type { ObjectMapping, SyncSchema } from '../../../../src-main/core/model/synchronization.ts';
import type { SourceName } from '../../../../src-main/contract/models/run.ts';
import { assignment, finding, group, row, schema, smallCase, type CaseChanges } from './small-case.ts';

export const design = '22222222-0000-4000-8000-000000000001';
export const designTarget = (changes: Partial<CountedTargetGroup> = {}): CountedTargetGroup => ({
  id: 'g-1',
  displayName: 'Design',
  externalId: design,
  createdAt: '2024-02-01T09:00:00Z',
  lastModifiedAt: '2024-02-01T09:00:00Z',
  memberCount: 3,
  ...changes,
});

export const groupRow = (changes: Partial<LogRowDetail> = {}): LogRowDetail =>
  row({ subject: { type: 'group', entraId: design, scimId: 'g-1', name: 'Design', upn: null }, ...changes });

export const groupFinding = (kind: Finding['kind'], changes: Partial<Finding> = {}): Finding =>
  finding(kind, { subject: { type: 'group', entraId: design, scimId: 'g-1', name: 'Design' }, ...changes });

/** The job's schema with a mapping of groups beside that of users; groups whose name begins with "Tmp" are left out. */
export const groupSchema = (changes: Partial<ObjectMapping> = {}): SyncSchema => {
  const whole = schema();
  const [rule] = whole.rules;
  const [users] = rule?.mappings ?? [];
  if (!rule || !users) throw new Error('The small schema maps no users.');
  const attribute = (targetAttributeName: string, name: string, matchingPriority: number) => ({
    ...(users.attributeMappings[0] as ObjectMapping['attributeMappings'][number]),
    targetAttributeName,
    matchingPriority,
    source: { type: 'Attribute' as const, name, expression: null, parameters: [] },
  });
  const groups: ObjectMapping = {
    ...users,
    name: 'Groups',
    sourceObjectName: 'Group',
    targetObjectName: 'Group',
    scope: {
      groups: [
        { name: 'Lasting', clauses: [{ attribute: 'displayName', operator: 'NOT REGEX MATCH', values: ['^Tmp'] }] },
      ],
      inputFilterGroups: [],
    },
    attributeMappings: [attribute('displayName', 'displayName', 1), attribute('externalId', 'objectId', 0)],
    ...changes,
  };
  return { ...whole, rules: [{ ...rule, mappings: [users, groups] }] };
};

export interface GroupChanges extends Partial<Omit<GroupInput, 'facts'>> {
  facts?: Partial<GroupFacts>;
  unread?: SourceName[];
}

/** "Design": a security group, assigned, in UNIFI with three members; everything was read. */
export const smallGroup = ({ facts, unread = [], ...changes }: GroupChanges = {}): GroupInput => {
  const { person: _person, facts: _facts, findings: _findings, ...context } = smallCase({ unread });
  return {
    ...context,
    schema: groupSchema(),
    id: design,
    facts: {
      group: group(design, { displayName: 'Design' }),
      formerGroup: null,
      memberCount: 3,
      holders: [],
      assignments: [assignment(design)],
      namesakes: [],
      targets: [designTarget()],
      link: { targetId: 'g-1', at: '2024-02-01T09:00:00Z', logId: 'row' },
      audit: [],
      ...facts,
    },
    findings: [],
    past: [],
    rows: [],
    otherRows: [],
    ...changes,
  };
};

export const askGroup = (changes: GroupChanges = {}): Investigation => investigateGroup(smallGroup(changes));

export interface MemberChanges {
  group?: GroupChanges;
  person?: CaseChanges;
  facts?: Partial<MembershipFacts>;
}

/** Ada Brandt in "Design": a direct member in Entra who is not among the members in UNIFI. */
export const askMember = ({ group: groupChanges, person, facts }: MemberChanges = {}): Investigation =>
  investigateMember({
    group: smallGroup(groupChanges),
    person: smallCase({
      ...(groupChanges?.unread ? { unread: groupChanges.unread } : {}),
      ...(groupChanges?.job === undefined ? {} : { job: groupChanges.job }),
      ...(groupChanges?.jobStatus === undefined ? {} : { jobStatus: groupChanges.jobStatus }),
      ...person,
    }),
    facts: {
      isDirect: true,
      directSince: null,
      directUntil: null,
      isListed: false,
      listedUntil: null,
      returnedAt: null,
      ...facts,
    },
  });
