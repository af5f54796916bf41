import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { is } from '../health/job-facts.ts';
import type { MappingSource } from '../model/synchronization.ts';
import { evidence } from './case-base.ts';
import { otherAccess, otherMaster } from './path-notes.ts';
import type { PersonCase } from './person-case.ts';
import { stoppedJobRule } from './job-rules.ts';
import { rowEvidence, rowVerdict } from './log-rules.ts';
import { heldBack, leftAlone, notYet } from './removal-rules.ts';
import { unexplainedPresence } from './unexplained.ts';
import { cause, note, ruledOut, type Rule, type Ruling } from './rule.ts';
import { stoppage } from './stoppage.ts';

/** A row that took the access away, as far as Entra knows. */
export const removesAccess = (row: LogRowDetail): boolean => {
  if (row.status !== 'success') return false;
  if (is(row.action, 'disable') || is(row.action, 'delete')) return true;
  return row.modifiedProperties.some(({ name, newValue }) => is(name, 'active') && is(newValue ?? '', 'false'));
};

export const shouldBeActive: Rule<PersonCase> = {
  id: 'B1',
  title: 'Should the person be active?',
  needs: [],
  uses: ['users', 'assignments', 'groups', 'schema', 'provisioning-log'],
  decide(person) {
    const { source, name, further, scopeSeen } = person;
    const seen = scopeSeen ? [scopeSeen.evidence] : [];
    if (source !== 'in-scope') {
      const text = 'Entra does not ask for an active account for this person.';
      return ruledOut(evidence('users', person.user?.id, text), ...seen);
    }
    if (!further) return ruledOut(evidence('users', person.user?.id, 'Enabled, assigned and in scope.'), ...seen);
    const others = further.related.map((other) => (other.name === name ? (other.scimId ?? name) : other.name));
    return cause(
      {
        cause: 'B1',
        sentence: `${name} is rightly active in UNIFI, but has more than one active account there (${others.join(', ') || 'a second one'}).`,
      },
      ...further.evidence,
      ...seen,
    );
  },
};

const localAccount: Rule<PersonCase> = {
  id: 'B2',
  title: 'Does anybody in Entra belong to the account?',
  needs: ['users', 'deleted-users', 'scim-users'],
  decide(person) {
    if (person.existence !== 'none')
      return ruledOut(
        evidence('users', person.user?.id ?? person.person.id, 'The account belongs to a user of Entra.'),
      );
    return cause(
      {
        cause: 'B2',
        sentence: `The account ${person.account?.userName ?? person.name} in UNIFI belongs to nobody in Entra: it was made in UNIFI itself, and Entra never managed it.`,
      },
      evidence(
        'scim-users',
        person.account?.id,
        'No user of Entra has this user name, and the log names none for it.',
        person.account?.createdAt ?? null,
      ),
    );
  },
};

const namesSoftDeleted = (source: MappingSource | null): boolean =>
  source !== null &&
  (/\bIsSoftDeleted\b/iu.test(`${source.name ?? ''} ${source.expression ?? ''}`) ||
    source.parameters.some(({ value }) => namesSoftDeleted(value)));

/** Without a job there is no mapping to blame. */
const withMapping =
  (decide: Rule<PersonCase>['decide']): Rule<PersonCase>['decide'] =>
  (person): Ruling => {
    if (stoppage(person.job) === 'no-job')
      return note(evidence('jobs', null, 'There is no job whose mapping could be looked at.'));
    return person.isComplete('schema') ? decide(person) : { outcome: 'blind', source: 'schema', evidence: [] };
  };

const activeMapping: Rule<PersonCase> = {
  id: 'B5',
  title: 'Does the job tell UNIFI who is active?',
  needs: [],
  uses: ['schema'],
  decide: withMapping((person) => {
    const active = person.mapping?.attributeMappings.find(({ targetAttributeName }) =>
      is(targetAttributeName, 'active'),
    );
    if (active && namesSoftDeleted(active.source))
      return ruledOut(evidence('schema', 'active', 'Whether somebody is active is mapped.'));
    return cause(
      {
        cause: 'B5',
        sentence: `${person.complaint} because the provisioning job never tells UNIFI that somebody lost the access: the mapping for it is missing.`,
      },
      evidence('schema', 'active', 'Nothing maps the computed value IsSoftDeleted to "active".'),
    );
  }),
};

const flows: Rule<PersonCase> = {
  id: 'B6',
  title: 'Is the job allowed to update and delete?',
  needs: [],
  uses: ['schema'],
  decide: withMapping((person) => {
    const flow = person.mapping?.enabled ? person.mapping.flowTypes : { add: false, update: false, delete: false };
    const isGone = person.existence === 'gone';
    if (isGone ? flow.delete : flow.update)
      return ruledOut(evidence('schema', person.mapping?.name, 'The needed action is switched on.'));
    const action = isGone ? 'Delete' : 'Update';
    const may = isGone ? 'delete accounts' : 'change accounts, and so cannot switch them off';
    return cause(
      {
        cause: isGone ? 'B6-delete' : 'B6-update',
        sentence: `${person.complaint} because the provisioning job may not ${may}.`,
      },
      evidence('schema', person.mapping?.name, `"${action}" is switched off for users.`),
    );
  }),
};

const everLinked: Rule<PersonCase> = {
  id: 'B8',
  title: 'Did this job ever manage the account?',
  needs: ['provisioning-log'],
  decide(person) {
    const { account, rows, logFrom } = person;
    const linked = rows.find((row) => row.status === 'success' && row.subject.scimId === account?.id);
    if (linked) return ruledOut(rowEvidence(linked));
    if (person.person.joinedBy === 'link')
      return ruledOut(evidence('provisioning-log', null, 'The log names the account for this person.'));
    const made = timeOf(account?.createdAt);
    const from = timeOf(logFrom);
    const born = evidence('scim-users', account?.id, 'The account was made in UNIFI.', account?.createdAt ?? null);
    if (made === null || from === null || made < from) return note(born);
    return cause(
      {
        cause: 'B8',
        sentence: `${person.complaint} because the account was made in UNIFI itself: Entra never managed it, and will not touch it.`,
      },
      born,
      evidence('provisioning-log', null, 'Since then no success in the log names the account.', logFrom),
    );
  },
};

const removalLeft: Rule<PersonCase> = {
  id: 'B9',
  title: 'Is a deletion still owed?',
  needs: [],
  decide: ({ existence }) =>
    note(
      evidence(
        'users',
        null,
        existence === 'present'
          ? 'The person still exists in Entra: the account is to be switched off, not deleted.'
          : 'The person was deleted in Entra: the account is to be switched off, and deleted after 30 days.',
      ),
    ),
};

/** The last row that tried to take the access away; skips say nothing about that. */
const lastRemoval = ({ rowsSince }: PersonCase): LogRowDetail | null =>
  rowsSince.find((row) => row.status === 'failure' || removesAccess(row)) ?? null;

/** UNIFI's own time of a change made by Entra lies near the time of the row. */
const slackMs = 10 * 60_000;

const wasChangedAfter = (person: PersonCase, row: LogRowDetail): boolean => {
  const changed = timeOf(person.account?.lastModifiedAt);
  const written = timeOf(row.at);
  return changed !== null && written !== null && changed > written + slackMs;
};

const removalTried: Rule<PersonCase> = {
  id: 'B10',
  title: 'What happened when Entra took the access away?',
  needs: ['provisioning-log'],
  decide(person) {
    const row = lastRemoval(person);
    // In its initial cycle the job has not come to anybody yet, and the log says no more.
    const hasWorked = timeOf(person.job?.status.steadyStateFirstAchievedAt) !== null;
    if (!row && hasWorked && person.isBeforeLog && person.timing.state === 'open' && stoppage(person.job) === null) {
      const reach = evidence('provisioning-log', null, 'The stored log begins here, after the change.', person.logFrom);
      const from = timeOf(person.logFrom);
      const begin = from === null ? 'tells nothing' : `reaches back only to ${describeMoment(from, person.nowMs)}`;
      const instead = {
        why: `the provisioning log ${begin}, and the access was taken away before`,
        steps: [
          'Have the account switched off in UNIFI by hand.',
          'Restart provisioning, so that Entra looks at everybody again and the log shows what happens.',
        ],
      };
      return { outcome: 'blind', source: 'provisioning-log', evidence: [reach], instead };
    }
    if (!row) return ruledOut(evidence('provisioning-log', null, 'The log shows no attempt since the last change.'));
    if (row.status === 'failure') return cause(rowVerdict(person, 'B10-failure', row), rowEvidence(row));
    if (wasChangedAfter(person, row)) return note(rowEvidence(row));
    const moment = describeMoment(timeOf(row.at) ?? person.nowMs, person.nowMs);
    return cause(
      {
        cause: 'B10-ignored',
        sentence: `${person.complaint} although Entra took the access away on ${moment} and UNIFI confirmed it: UNIFI did not carry it out.`,
      },
      rowEvidence(row),
      evidence(
        'scim-users',
        person.account?.id,
        'The account is active, and was not changed afterwards.',
        person.account?.lastModifiedAt ?? null,
      ),
    );
  },
};

const reactivated: Rule<PersonCase> = {
  id: 'B11',
  title: 'Was the account switched on again in UNIFI?',
  needs: ['provisioning-log', 'scim-users'],
  decide(person) {
    const row = lastRemoval(person);
    if (!row || !removesAccess(row) || !wasChangedAfter(person, row)) {
      return ruledOut(
        evidence('scim-users', person.account?.id, 'Nothing shows that.', person.account?.lastModifiedAt ?? null),
      );
    }
    const changed = timeOf(person.account?.lastModifiedAt) ?? person.nowMs;
    return cause(
      {
        cause: 'B11',
        sentence: `${person.complaint} because somebody switched the account on again in UNIFI on ${describeMoment(changed, person.nowMs)}, after Entra had switched it off; Entra does not notice such changes.`,
        certainty: 'likely',
      },
      rowEvidence(row),
      evidence(
        'scim-users',
        person.account?.id,
        'The account was changed in UNIFI afterwards.',
        person.account?.lastModifiedAt ?? null,
      ),
    );
  },
};

/** Tree B: why somebody who should not be is still active. provisioning-semantics.md 9. */
export const stillActiveRules: readonly Rule<PersonCase>[] = [
  shouldBeActive,
  localAccount,
  stoppedJobRule,
  leftAlone,
  activeMapping,
  flows,
  heldBack,
  everLinked,
  removalLeft,
  removalTried,
  reactivated,
  otherAccess,
  notYet,
  otherMaster,
  unexplainedPresence('Have the account switched off in UNIFI by hand.'),
];
