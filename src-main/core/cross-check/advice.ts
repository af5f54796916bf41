import type { Finding, FindingReason } from '../../contract/models/finding.ts';

type Facts = Pick<Finding, 'kind' | 'state' | 'subject' | 'member' | 'attribute' | 'difference' | 'reason'>;

const wait = 'Wait: Entra has not had the time yet to carry this change over; check again later.';

const goneAdvice: Partial<Record<FindingReason, string>> = {
  disabled: 'is disabled in Entra but can still use UNIFI: have the account deactivated in UNIFI, and read the',
  'soft-deleted': 'was deleted in Entra but can still use UNIFI: have the account deactivated in UNIFI, and read the',
  deleted: 'no longer exists in Entra but can still use UNIFI: have the account deactivated in UNIFI, and read the',
};

/** One sentence saying what to do, in the words of a helpdesk. Pending findings need nothing but time. */
export const adviceFor = (finding: Facts): string => {
  if (finding.state === 'pending') return wait;
  const name = finding.subject.name;
  const member = finding.member?.name ?? 'the member';
  const log = "person's rows in the provisioning log for why Entra did not do it";
  switch (finding.kind) {
    case 'missing-in-target':
      return `${name} should have an account in UNIFI and has none: read the newest row about this person in the provisioning log, put its cause right, then provision the person on demand.`;
    case 'inactive-in-target':
      return `${name} should be able to work in UNIFI, but the account is switched off there: have it activated in UNIFI, or restart provisioning so that Entra does it.`;
    case 'active-not-entitled':
      return finding.reason === 'filtered-out'
        ? `${name} does not pass the scoping filter but can still use UNIFI: correct the attributes that the filter asks for, or have the account deactivated in UNIFI.`
        : `${name} is not assigned to UNIFI in Entra but can still use it: assign the person, or have the account deactivated in UNIFI.`;
    case 'active-source-gone':
      return `${name} ${goneAdvice[finding.reason ?? 'deleted'] ?? goneAdvice.deleted ?? ''} ${log}.`;
    case 'orphan-in-target':
      return `The account ${name} belongs to nobody in Entra: ask in UNIFI who uses it, and have it deactivated when nobody needs it.`;
    case 'attribute-drift':
      if (finding.difference === 'source-empty') {
        return `${name} has a value for ${finding.attribute ?? 'an attribute'} in UNIFI but none in Entra: fill it in Entra, or have it removed in UNIFI by hand, since Entra never sends an empty value.`;
      }
      return `Correct ${finding.attribute ?? 'the attribute'} of ${name} in Entra if UNIFI is right; otherwise provision the person on demand so that Entra writes its value again.`;
    case 'duplicate-in-target':
      return `${name} has more than one ${finding.subject.type === 'group' ? 'group' : 'active account'} in UNIFI: keep the one that Entra manages and have the others removed there.`;
    case 'duplicate-match-value':
      return `${name} shares the value that identifies it in UNIFI with others: give each of them a value of its own in Entra.`;
    case 'missing-match-value':
      return `${name} lacks the value by which UNIFI is searched: fill it in Entra.`;
    case 'stale-link':
      return `Entra still points to an account of ${name} that is not the right one any more: restart provisioning with a full match so that it finds the present account.`;
    case 'group-missing-in-target':
      return `The group ${name} should be in UNIFI and is not: read the newest row about it in the provisioning log and put its cause right.`;
    case 'group-orphan-in-target':
      return `No assigned group of Entra stands behind the group ${name} in UNIFI: assign its group, or have it removed in UNIFI when nobody needs it.`;
    case 'member-missing':
      return `${member} is a member of ${name} in Entra but not in UNIFI: remove and add the member in Entra, or restart provisioning.`;
    case 'member-extra':
      return `${member} is a member of ${name} in UNIFI but not in Entra: have the member removed in UNIFI, or add it in Entra if it should be one.`;
  }
};
