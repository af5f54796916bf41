import type { VerdictActor } from '../../contract/models/investigation.ts';
import { setUpCheckTitles, setUpSteps, type SetUpCheckId, type SetUpStep } from '../../contract/models/set-up-check.ts';

/** What is known of a check before it is made anywhere. */
export interface SetUpCheckEntry {
  id: SetUpCheckId;
  step: SetUpStep;
  title: string;
  /** Why the step matters and what happens when it is wrong, in whole sentences. */
  meaning: string;
  /** Who usually has to act when it is wrong. */
  actor: VerdictActor;
  /** What to do when it is wrong, before it is known what exactly is. */
  fix: string;
  /** Document and section of the rule. */
  source: string;
}

type Entry = Pick<SetUpCheckEntry, 'meaning' | 'actor' | 'fix' | 'source'>;

const entries: Readonly<Record<SetUpCheckId, Entry>> = {
  'app-found': {
    meaning:
      'Everything else hangs on the enterprise application in Entra. One that was deleted and made again is another application: its assignments, job and mappings begin anew, and a connection to the old one sees nothing more.',
    actor: 'entra-admin',
    fix: 'Restore the application in Entra under "Deleted applications" within 30 days, or add UNIFI again and connect the new application under a new name.',
    source: 'graph-provisioning.md 2, row 2',
  },
  'app-enabled': {
    meaning:
      'An application that is disabled for sign-in lets nobody into UNIFI, however well their account is provisioned.',
    actor: 'entra-admin',
    fix: 'Set "Enabled for users to sign in" to Yes in the properties of the enterprise application.',
    source: 'UNIFI article, step "Add UNIFI from the gallery"',
  },
  'sso-saml': {
    meaning: 'Provisioning makes accounts; signing in to them needs single sign-on by SAML, as the article sets it up.',
    actor: 'entra-admin',
    fix: 'Choose SAML under "Single sign-on" of the enterprise application, and set it up as the article describes.',
    source: 'UNIFI article, single sign-on',
  },
  'sso-certificate': {
    meaning:
      'Entra signs every sign-in with a certificate that runs out after some years. On that day nobody gets into UNIFI any more, so it has to be renewed in time and given to UNIFI.',
    actor: 'entra-admin',
    fix: 'Make a new signing certificate, give it to UNIFI, and make it the active one.',
    source: 'UNIFI article, single sign-on',
  },
  'assignments-exist': {
    meaning:
      'Unless provisioning covers everyone, only people and groups that are assigned to the application are provisioned. Nobody assigned means nobody provisioned.',
    actor: 'entra-admin',
    fix: 'Assign the groups or users who should have an account under "Users and groups" of the enterprise application.',
    source: 'provisioning-semantics.md 2',
  },
  'assignments-usable': {
    meaning:
      'Of an assigned group only the direct members count, and only when the group is security-enabled. People in a group inside an assigned group, or in a Microsoft 365 group, are silently left out.',
    actor: 'group-owner',
    fix: 'Assign the inner groups themselves or make their people direct members, and replace groups that are not security-enabled by ones that are.',
    source: 'provisioning-semantics.md 2',
  },
  'job-exists': {
    meaning:
      'Without a provisioning job nothing is ever sent to UNIFI. A job that was removed and set up again has another id, and a connection to the old one sees nothing more.',
    actor: 'entra-admin',
    fix: 'Choose "Automatic" under "Provisioning" of the enterprise application, and set it up as the article describes; connect this program to the new job.',
    source: 'graph-provisioning.md 5',
  },
  'job-on': {
    meaning: 'A job that is switched off or paused sends nothing: newcomers stay out, leavers stay in.',
    actor: 'entra-admin',
    fix: 'Find out in the audit log who switched the job off or paused it and why, then start provisioning.',
    source: 'provisioning-semantics.md 8, A3',
  },
  'job-healthy': {
    meaning:
      'A job can be switched on and still do nothing: in quarantine, failing as a whole, silent or late. The state and the sentence are those of job health.',
    actor: 'entra-admin',
    fix: 'Do what job health says about the state that the job is in.',
    source: 'provisioning-semantics.md 11',
  },
  'single-job': {
    meaning:
      'Two jobs that write to the same UNIFI undo each other: each removes what the other one added. The article recommends a second application for tests; it has to point at a UNIFI of its own, or be off.',
    actor: 'entra-admin',
    fix: 'Switch off the job that is not meant to write to this UNIFI, or give it the address of another one.',
    source: 'provisioning-semantics.md 9, B14, and 12',
  },
  'tenant-url': {
    meaning:
      'The address in the provisioning settings decides which UNIFI the accounts go to. This program has to read the very same one, or it compares two different places.',
    actor: 'entra-admin',
    fix: 'Put the address that is wrong right: the tenant URL in the provisioning settings, or the SCIM address of this connection.',
    source: 'UNIFI article, step "Tenant URL"; scim-entra.md 1',
  },
  'credentials-work': {
    meaning:
      "A secret token that UNIFI no longer takes stops everything without a single row in the log. The check repeats Entra's own test from this computer, with the token stored here.",
    actor: 'unifi-admin',
    fix: 'Have a new secret token made in UNIFI, put it into the provisioning settings and into this connection, and test both.',
    source: 'scim-entra.md 1, "Test Connection"',
  },
  'notification-mail': {
    meaning: 'Entra sends one mail when the job enters quarantine. Without an address nobody hears of it.',
    actor: 'entra-admin',
    fix: 'Switch the notification on in the provisioning settings, and give the address of somebody who reads it.',
    source: 'graph-provisioning.md 6; provisioning-semantics.md 5',
  },
  'user-mapping-on': {
    meaning: 'When the mapping of users is off, no account is created, changed or switched off.',
    actor: 'entra-admin',
    fix: 'Set "Enabled" to Yes in the mapping of users under "Mappings" of the provisioning page.',
    source: 'provisioning-semantics.md 8, A6',
  },
  'group-mapping-on': {
    meaning: 'When the mapping of groups is off, no group and no membership reaches UNIFI.',
    actor: 'entra-admin',
    fix: 'Set "Enabled" to Yes in the mapping of groups under "Mappings" of the provisioning page.',
    source: 'provisioning-semantics.md 10',
  },
  'user-flows': {
    meaning:
      'Each of the three target object actions has its use: without "Create" newcomers get no account, without "Update" nothing changes and nobody is switched off, without "Delete" accounts of people who are gone for good stay.',
    actor: 'entra-admin',
    fix: 'Tick what is missing under "Target object actions" in the mapping of users; saving starts a new initial cycle.',
    source: 'provisioning-semantics.md 4 and 12',
  },
  'group-flows': {
    meaning:
      'Without "Create" new groups are missing, without "Update" members are neither added nor removed, without "Delete" groups that are gone stay.',
    actor: 'entra-admin',
    fix: 'Tick what is missing under "Target object actions" in the mapping of groups; saving starts a new initial cycle.',
    source: 'provisioning-semantics.md 4 and 12',
  },
  'attributes-mapped': {
    meaning: 'The article maps a few attributes of users and groups; one that is not mapped never reaches UNIFI.',
    actor: 'entra-admin',
    fix: 'Add the mappings that are missing as the article lists them.',
    source: 'provisioning-semantics.md 12',
  },
  'active-from-soft-deleted': {
    meaning:
      'Entra computes "IsSoftDeleted" when somebody is unassigned, blocked, filtered out or deleted, and the mapping of "active" turns it into switching the account off. Without that mapping, or when the job is told to leave accounts alone, leavers keep their access.',
    actor: 'entra-admin',
    fix: 'Map "active" from "IsSoftDeleted" as the article does, and let the job act on people who leave its scope.',
    source: 'provisioning-semantics.md 2 and 4',
  },
  'matching-filterable': {
    meaning:
      'Entra looks for an existing account by the matching attributes before it creates one. UNIFI can only look up "userName" of users and "displayName" of groups; with any other attribute nothing is found and everything fails or is doubled.',
    actor: 'entra-admin',
    fix: 'Match users by "userName" and groups by "displayName", and by nothing else.',
    source: 'provisioning-semantics.md 3 and 12',
  },
  'matching-unique': {
    meaning:
      'Everybody in scope needs a value of a matching attribute that nobody else has. Without a value nothing is provisioned; with a shared one two people fight for one account.',
    actor: 'entra-admin',
    fix: 'Fill in the value that is missing, and give each of those who share one a value of their own, where it is maintained.',
    source: 'provisioning-semantics.md 3 and 8, A10',
  },
  'scope-not-empty': {
    meaning:
      'A scoping filter that lets nobody pass switches provisioning off without looking like it, and people who had an account are switched off.',
    actor: 'entra-admin',
    fix: 'Correct or remove the clause that nobody passes, before Entra switches the accounts off.',
    source: 'provisioning-semantics.md 2',
  },
  'scope-clauses-valid': {
    meaning:
      'Some attributes cannot be used in a scoping filter, and every comparison is case-sensitive: such a clause is false for everybody, or for those whose value is written in another way.',
    actor: 'entra-admin',
    fix: 'Take out clauses on attributes that cannot be used, and write the values exactly as Entra holds them.',
    source: 'provisioning-semantics.md 2',
  },
  'deletion-guard': {
    meaning:
      'The guard against accidental deletion stops the job when one cycle would switch off or delete more than so many accounts. Without it a wrong click removes everybody.',
    actor: 'entra-admin',
    fix: 'Switch "Prevent accidental deletion" on in the provisioning settings, with a threshold that a usual day stays below.',
    source: 'provisioning-semantics.md 4',
  },
  permissions: {
    meaning:
      'Each permission and role of the person who signs in to this program switches something on. What is missing here is shown as not readable elsewhere, never as healthy.',
    actor: 'entra-admin',
    fix: 'Grant the permissions that the check names to the app registration, with admin consent, and the roles to the person who signs in.',
    source: 'graph-provisioning.md 2',
  },
};

/** Every check in the order of the article: the one place that says what an id means, who acts, and what to do. */
export const setUpCheckCatalogue: readonly SetUpCheckEntry[] = setUpSteps.flatMap(({ id: step, checks }) =>
  checks.map((id: SetUpCheckId): SetUpCheckEntry => ({ id, step, title: setUpCheckTitles[id], ...entries[id] })),
);
