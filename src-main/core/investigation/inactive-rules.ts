import { describeMoment, timeOf } from '../health/describe-time.ts';
import { evidence } from './case-base.ts';
import { everythingRead } from './path-notes.ts';
import type { PersonCase } from './person-case.ts';
import { jobRules } from './job-rules.ts';
import { lastAttempt, noRow, rowEvidence } from './log-rules.ts';
import { unexplainedAbsence } from './unexplained.ts';
import { cause, ruledOut, type Rule } from './rule.ts';
import { removesAccess } from './still-active-rules.ts';

/** I1: switched off in UNIFI after Entra's last write, to which Entra is blind. provisioning-semantics.md 1, "blindness". */
const switchedOffByHand: Rule<PersonCase> = {
  id: 'I1',
  title: 'Was the account switched off in UNIFI itself?',
  needs: ['provisioning-log', 'scim-users'],
  decide(person: PersonCase) {
    const { account, rows, name, nowMs } = person;
    const changed = timeOf(account?.lastModifiedAt);
    const row = rows.find((one) => one.status === 'success');
    const written = timeOf(row?.at);
    const isLater = changed !== null && written !== null && changed > written;
    if (!account || !row || !isLater || removesAccess(row)) {
      return ruledOut(
        evidence(
          'scim-users',
          account?.id,
          "Nothing shows that UNIFI switched it off after Entra's last write.",
          account?.lastModifiedAt ?? null,
        ),
      );
    }
    return cause(
      {
        cause: 'I1',
        sentence: `The UNIFI account of ${name} is switched off because somebody did that in UNIFI on ${describeMoment(changed, nowMs)}; Entra does not notice such changes.`,
        certainty: 'likely',
      },
      rowEvidence(row),
      evidence('scim-users', account.id, 'The account was changed in UNIFI afterwards.', account.lastModifiedAt),
    );
  },
};

/** Why an account that should be active is not. */
export const inactiveRules: readonly Rule<PersonCase>[] = [
  everythingRead,
  ...jobRules,
  lastAttempt,
  switchedOffByHand,
  noRow,
  unexplainedAbsence,
];
