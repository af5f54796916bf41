import type { PurgedTable } from '../../contract/models/purge.ts';

/** What the tables of a history hold, for people who never saw one. */
const holds: Readonly<Record<string, string>> = {
  objects: 'ids of objects',
  current_versions: 'users, accounts, groups and assignments as they are',
  closed_versions: 'users, accounts, groups and assignments as they were',
  current_members: 'memberships',
  closed_members: 'former memberships',
  people: 'states of people',
  closed_people: 'former states of people',
  person_names: 'names to sort by',
  closed_names: 'former names to sort by',
  person_search: 'full-text index of people',
  findings: 'findings',
  finding_subjects: 'whom findings concern',
  finding_states: 'when findings opened and ended',
  closed_findings: 'findings as they were',
  closed_verifications: 'when findings were verified',
  evaluations: 'what could not be evaluated',
  log_rows: 'rows of the provisioning log',
  log_bodies: 'rows of the provisioning log as received',
  log_search: 'full-text index of the log',
  links: 'links between users and accounts',
  scope_hints: 'what the log says about the scope',
  issues: 'issues of the log',
  issue_subjects: 'whom issues affect',
  issue_mutes: 'muted issues',
  audit_events: 'events of the audit log',
  documents: 'versions of the set-up',
  run_sources: 'what collections got',
  kept_aside: 'entries that were not understood',
  log_imports: 'imported files',
  imported_rows: 'marks of imported rows',
};

/** Counts of a purge with words. */
export const describeTables = (tables: readonly Omit<PurgedTable, 'holds'>[]): PurgedTable[] =>
  tables.map(({ table, deleted, changed }) => ({ table, holds: holds[table] ?? table, deleted, changed }));

/** What a receipt has to say beside its counts: what stays, and what no program can reach. */
export const purgeNotes: readonly string[] = [
  'Keyed hashes of the ids and addresses stay, so that the next collection does not bring the person back. The key lies apart from the history (purge.key of the data directory); without it they say nothing.',
  'Names are not hashed, since others bear them. A name alone, inside a text that Entra or UNIFI sends about somebody else later, is not recognised.',
  'Pseudonyms in redacted reports and case files come from one key of this computer (redaction.key); nothing is kept per person, so there was nothing to delete for one. Whoever has that key can still tell which pseudonym belongs to a known id.',
  'Files that were written before are outside: reports, exports, case files and backups, also those in the folders "reports" and "backups" of the data directory, and what others did with them. Delete those that name the person. When one of these backups is restored here, the purge is done again.',
  'The purge holds for this history. Entra and UNIFI themselves, and histories of other connections, were not touched.',
];
