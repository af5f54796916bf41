import type { Evidence } from '../../contract/models/finding.ts';
import type { SourceState } from '../../contract/models/person.ts';
import type { AccountRecord, PersonRecord } from './records.ts';

const states: Record<SourceState, string> = {
  'in-scope': 'Enabled in Entra, and in scope',
  'filtered-out': 'Enabled in Entra and entitled, but the scoping filter leaves the person out',
  'not-entitled': 'Enabled in Entra, with no assignment to UNIFI',
  disabled: 'Disabled in Entra',
  'soft-deleted': 'Deleted in Entra, and still restorable',
  deleted: 'In no list of Entra any more',
  none: 'Unknown to Entra',
  unknown: 'Not to be told in Entra',
};

export const accountEvidence = ({ account }: AccountRecord): Evidence => {
  const activity = { true: 'active', false: 'inactive', null: 'of unknown activity' }[`${account.active ?? 'null'}`];
  return {
    source: 'scim-users',
    ref: account.id,
    at: account.lastModifiedAt ?? account.createdAt,
    text: `The account ${account.userName ?? account.id} in UNIFI is ${activity}.`,
  };
};

/** What a finding about a person rests on: the state in Entra, the assignment, the link, the account. */
export const personEvidence = (person: PersonRecord): Evidence[] => {
  const { user, assignment, through, link, account } = person;
  const evidence: Evidence[] = [
    {
      source: person.isDeleted ? 'deleted-users' : 'users',
      ref: user.id,
      at: user.deletedAt ?? user.createdAt,
      text: `${states[person.source]}.`,
    },
  ];
  if (assignment) {
    const way = through ? `through the group ${through.group.displayName ?? through.group.id}` : 'directly';
    evidence.push({ source: 'assignments', ref: assignment.id, at: assignment.createdAt, text: `Assigned ${way}.` });
  }
  if (link) {
    const text = `The provisioning log names the account ${link.targetId} for this person.`;
    evidence.push({ source: 'provisioning-log', ref: link.logId, at: link.at, text });
  }
  if (account) evidence.push(accountEvidence(account));
  else
    evidence.push({
      source: 'scim-users',
      ref: user.id,
      at: null,
      text: 'The list of accounts in UNIFI has none for this person.',
    });
  return evidence;
};
