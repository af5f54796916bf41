import { listIds } from '../snapshot/snapshot-lists.ts';
import type { ConsoleView } from './console-view.ts';

const { users, 'deleted-users': deletedUsers, groups, 'group-members': groupMembers, assignments } = listIds;
const { 'scim-users': accounts, 'scim-groups': targetGroups } = listIds;

const current = (list: number): string =>
  `objects o JOIN current_versions c ON c.object_key = o.key WHERE o.list = ${list}`;
const field = (name: string): string => `c.json ->> '$.${name}'`;
const since = ['since_run', 'integer', 'c.since_run', 'Run that first saw the object as it is now'] as const;

/** The newest that is known of an object, also of one that is gone. */
const newest = (key: string): string =>
  `coalesce((SELECT v.json FROM current_versions v WHERE v.object_key = ${key}),
    (SELECT v.json FROM closed_versions v WHERE v.object_key = ${key} ORDER BY v.valid_to DESC LIMIT 1))`;
/** A deleted user is listed as such, under another number. */
const newestUser = `coalesce((SELECT v.json FROM current_versions v WHERE v.object_key = p.person_key),
  (SELECT v.json FROM objects d JOIN current_versions v ON v.object_key = d.key WHERE d.list = ${deletedUsers} AND d.id = po.id),
  ${newest('p.person_key')})`;

const entraFields: ConsoleView['columns'] = [
  ['entra_id', 'text', 'o.id', 'Object id in Entra'],
  ['user_principal_name', 'text', field('userPrincipalName'), 'Sign-in name'],
  ['mail', 'text', field('mail'), 'Mail address'],
  ['display_name', 'text', field('displayName'), 'Name'],
  ['enabled', 'integer', field('accountEnabled'), '1 when sign-in is allowed, 0 when it is blocked'],
  ['created_at', 'text', field('createdAt'), 'When it was made'],
  ['deleted_at', 'text', field('deletedAt'), 'When it was deleted'],
  ['attributes', 'json', `c.json -> '$.attributes'`, 'What mappings and scoping filters name, by the attribute'],
  since,
];

const person = `people p JOIN objects po ON po.key = p.person_key LEFT JOIN objects so ON so.key = p.scim_key`;
const side = `SELECT p.*, po.id AS own_id, po.list AS own_list, so.id AS scim_id,
  CASE po.list WHEN ${users} THEN ${newestUser} END AS user_json,
  CASE WHEN p.scim_key IS NOT NULL THEN ${newest('p.scim_key')} END AS account_json FROM ${person}`;

const members = `current_members m
  JOIN objects go ON go.key = m.group_key JOIN objects mo ON mo.key = m.member_key
  LEFT JOIN current_versions gv ON gv.object_key = CASE go.list
    WHEN ${groupMembers} THEN (SELECT g.key FROM objects g WHERE g.list = ${groups} AND g.id = go.id) ELSE go.key END
  LEFT JOIN current_versions mv ON mv.object_key = m.member_key`;

/** What Entra and UNIFI hold now, and what the newest cross-check made of it. */
export const peopleViews: readonly ConsoleView[] = [
  {
    name: 'v_people',
    about: 'Everybody whom the newest cross-check saw: one row with both sides.',
    columns: [
      [
        'person_id',
        'text',
        `CASE b.own_list WHEN ${users} THEN b.own_id ELSE 'scim:' || b.own_id END`,
        'Entra object id, else scim: and the SCIM id',
      ],
      [
        'name',
        'text',
        `coalesce(b.user_json ->> '$.displayName', b.user_json ->> '$.userPrincipalName',
          b.account_json ->> '$.displayName', b.account_json ->> '$.userName', b.own_id)`,
        'Name in Entra, else in UNIFI, else an id',
      ],
      ['entra_id', 'text', `CASE b.own_list WHEN ${users} THEN b.own_id END`, 'Object id in Entra'],
      ['user_principal_name', 'text', `b.user_json ->> '$.userPrincipalName'`, 'Sign-in name in Entra'],
      ['mail', 'text', `b.user_json ->> '$.mail'`, 'Mail address in Entra'],
      ['enabled', 'integer', `b.user_json ->> '$.accountEnabled'`, '1 when Entra allows the sign-in'],
      ['deleted_at', 'text', `b.user_json ->> '$.deletedAt'`, 'When the Entra user was deleted'],
      ['scim_id', 'text', 'b.scim_id', 'Id of the account in UNIFI'],
      ['user_name', 'text', `b.account_json ->> '$.userName'`, 'User name in UNIFI'],
      ['external_id', 'text', `b.account_json ->> '$.externalId'`, 'externalId in UNIFI'],
      ['active', 'integer', `b.account_json ->> '$.active'`, '1 when the account in UNIFI is active; nothing: unknown'],
      ['joined_by', 'text', 'b.joined_by', 'How both sides were joined: link, match-value, external-id'],
      [
        'source_state',
        'text',
        'b.source_state',
        'In Entra: in-scope, filtered-out, not-entitled, disabled, soft-deleted, deleted, none, unknown',
      ],
      ['target_state', 'text', 'b.target_state', 'In UNIFI: active, inactive, absent, unknown'],
      [
        'open_findings',
        'integer',
        `(SELECT count(DISTINCT s.finding_number) FROM finding_subjects s JOIN findings f ON f.number = s.finding_number
          WHERE s.subject_key IN (b.person_key, b.scim_key) AND f.state <> 'resolved')`,
        'Findings about the person that are open or pending',
      ],
      ['since_run', 'integer', 'b.since_run', 'Run whose cross-check first found the person in this state'],
    ],
    from: `(${side}) b`,
  },
  {
    name: 'v_users',
    about: 'Users of Entra as listed now.',
    columns: entraFields,
    from: current(users),
  },
  {
    name: 'v_deleted_users',
    about: 'Users of Entra that were deleted and can still be restored.',
    columns: entraFields,
    from: current(deletedUsers),
  },
  {
    name: 'v_accounts',
    about: 'Accounts in UNIFI as listed now.',
    columns: [
      ['scim_id', 'text', 'o.id', 'Id in UNIFI'],
      ['user_name', 'text', field('userName'), 'User name'],
      ['external_id', 'text', field('externalId'), 'externalId, which Entra writes'],
      ['active', 'integer', field('active'), '1 when active, 0 when switched off; nothing: unknown'],
      ['display_name', 'text', field('displayName'), 'Name'],
      ['created_at', 'text', field('createdAt'), 'When it was made'],
      ['modified_at', 'text', field('lastModifiedAt'), 'When it was last changed'],
      ['attributes', 'json', `c.json -> '$.attributes'`, 'Mapped attributes by their SCIM path'],
      since,
    ],
    from: current(accounts),
  },
  {
    name: 'v_groups',
    about: 'Groups of both sides as listed now.',
    columns: [
      ['side', 'text', `CASE o.list WHEN ${groups} THEN 'entra' ELSE 'unifi' END`, 'entra or unifi'],
      ['group_id', 'text', 'o.id', 'Object id in Entra, or id in UNIFI'],
      ['name', 'text', field('displayName'), 'Name'],
      ['external_id', 'text', field('externalId'), 'externalId, in UNIFI only'],
      ['security_enabled', 'integer', field('securityEnabled'), '1 for a security group, in Entra only'],
      ['group_types', 'json', `c.json -> '$.groupTypes'`, 'Kinds, in Entra only'],
      [
        'members',
        'integer',
        `(SELECT count(*) FROM current_members m WHERE m.group_key = CASE o.list WHEN ${groups}
          THEN (SELECT g.key FROM objects g WHERE g.list = ${groupMembers} AND g.id = o.id) ELSE o.key END)`,
        'Direct members that were read',
      ],
      ['created_at', 'text', field('createdAt'), 'When it was made'],
      since,
    ],
    from: `objects o JOIN current_versions c ON c.object_key = o.key WHERE o.list IN (${groups}, ${targetGroups})`,
  },
  {
    name: 'v_members',
    about: 'Direct members of the groups of both sides.',
    columns: [
      ['side', 'text', `CASE go.list WHEN ${groupMembers} THEN 'entra' ELSE 'unifi' END`, 'entra or unifi'],
      ['group_id', 'text', 'go.id', 'Id of the group'],
      ['group_name', 'text', `gv.json ->> '$.displayName'`, 'Name of the group'],
      ['member_id', 'text', 'mo.id', 'Id of the member'],
      ['member_type', 'text', `CASE mo.list WHEN ${groups} THEN 'group' ELSE 'user' END`, 'user or group'],
      ['member_name', 'text', `mv.json ->> '$.displayName'`, 'Name of the member, when it is listed'],
      ['since_run', 'integer', 'm.since_run', 'Run that first saw the membership'],
    ],
    from: members,
  },
  {
    name: 'v_assignments',
    about: 'Who is assigned to the enterprise application now.',
    columns: [
      ['assignment_id', 'text', 'o.id', 'Id of the assignment'],
      ['principal_id', 'text', field('principalId'), 'Entra object id of the user or group'],
      ['principal_type', 'text', field('principalType'), 'User, Group, ServicePrincipal'],
      ['principal_name', 'text', field('principalName'), 'Name of the user or group'],
      ['app_role_id', 'text', field('appRoleId'), 'Id of the application role'],
      ['created_at', 'text', field('createdAt'), 'When it was assigned'],
      since,
    ],
    from: current(assignments),
  },
];
