/**
 * What redaction makes of a column: `keep` nothing; `id`, `name`, `address`, `value` a pseudonym; `prose` pseudonyms
 * inside a sentence; `actor` an address or a name; the others are documents, each with what its keys mean.
 */
export type ColumnRule =
  | 'keep'
  | 'id'
  | 'name'
  | 'address'
  | 'value'
  | 'actor'
  | 'prose'
  | 'log'
  | 'object'
  | 'finding'
  | 'audit-targets'
  | 'audit-properties'
  | 'set-up'
  | 'file-names'
  | 'finding-order'
  | 'finding-words';

export interface CaseTableRule {
  name: string;
  /** Version of the schema with which the table, or some of its columns, came; left out: the first one. */
  since?: number;
  columnsSince?: Readonly<Record<string, number>>;
  /** Columns that the rows are sorted by: the same rows give the same sum. */
  order: string;
  columns: Readonly<Record<string, ColumnRule>>;
  /** Rows that belong to one person or finding; left out: all of them. */
  ofSubjects?: string;
}

const keys = 'SELECT key FROM temp.case_keys';
const ids = 'SELECT id FROM temp.case_ids';
const log = 'SELECT seq FROM temp.case_log';
const findings = 'SELECT id FROM temp.case_findings';
const issuesHere = 'SELECT issue_key FROM log_rows WHERE issue_key IS NOT NULL AND seq IN';

const version = { json: 'object' } as const;
const findingColumns = {
  kind: 'keep',
  state: 'keep',
  severity: 'keep',
  sort_key: 'finding-order',
  search_text: 'finding-words',
  json: 'finding',
} as const;

/**
 * Every table of a history that a case file takes over, in the order in which rows may name each other. Not here:
 * `delta_links` (they are Graph's, and of no use to anybody else), `kept_aside` (texts that nobody understood cannot be
 * redacted), full-text indices, counts by the hour and the targets of audit events, which are made from the rows again;
 * purges and the hashes of who was purged, which never leave; notes of care, which are about the file.
 */
export const caseTables: readonly CaseTableRule[] = [
  { name: 'runs', order: 'id', columns: { id: 'keep', started_at: 'keep', ended_at: 'keep' } },
  {
    name: 'run_sources',
    order: 'source, run_id',
    columns: {
      run_id: 'keep',
      source: 'keep',
      status: 'keep',
      items: 'keep',
      pages: 'keep',
      requests: 'keep',
      throttled_ms: 'keep',
      malformed: 'keep',
      covered_from_at: 'keep',
      covered_to_at: 'keep',
      started_at: 'keep',
      ended_at: 'keep',
      failure: 'set-up',
      withheld: 'keep',
    },
    columnsSince: { withheld: 2 },
  },
  {
    name: 'horizons',
    since: 2,
    order: 'kind',
    columns: { kind: 'keep', run_id: 'keep', at: 'keep' },
  },
  { name: 'log_gaps', order: 'from_at, to_at', columns: { from_at: 'keep', to_at: 'keep' } },
  { name: 'log_classes', order: 'id', columns: { id: 'keep', status: 'keep', action: 'keep', benign: 'keep' } },
  {
    name: 'log_rows',
    order: 'seq',
    columns: {
      seq: 'keep',
      id: 'id',
      at: 'keep',
      class_id: 'keep',
      subject_type: 'keep',
      source_id: 'id',
      source_name: 'name',
      source_upn: 'address',
      target_id: 'id',
      target_name: 'name',
      error_code: 'keep',
      reason: 'prose',
      cycle_id: 'id',
      change_id: 'id',
      issue_key: 'keep',
    },
    ofSubjects: `seq IN (${log})`,
  },
  {
    name: 'log_bodies',
    order: 'seq',
    columns: { seq: 'keep', raw: 'log' },
    ofSubjects: `seq IN (${log})`,
  },
  {
    name: 'links',
    order: 'source_id, target_id',
    columns: { source_id: 'id', target_id: 'id', seq: 'keep', at: 'keep', log_id: 'id' },
    ofSubjects: `source_id IN (${ids})`,
  },
  {
    name: 'scope_hints',
    order: 'source_id',
    columns: { source_id: 'id', hint: 'keep', seq: 'keep' },
    ofSubjects: `source_id IN (${ids})`,
  },
  {
    name: 'snapshot_lists',
    order: 'id',
    columns: { id: 'keep', name: 'keep', first_full_run: 'keep', item_count: 'keep' },
  },
  {
    name: 'list_counts',
    order: 'list, run_id',
    columns: { list: 'keep', run_id: 'keep', item_count: 'keep' },
    ofSubjects: 'false',
  },
  {
    name: 'objects',
    order: 'key',
    columns: { key: 'keep', list: 'keep', id: 'id' },
    ofSubjects: `key IN (${keys})`,
  },
  {
    name: 'current_versions',
    order: 'object_key',
    columns: { object_key: 'keep', since_run: 'keep', ...version },
    ofSubjects: `object_key IN (${keys})`,
  },
  {
    name: 'closed_versions',
    order: 'object_key, valid_from',
    columns: { object_key: 'keep', valid_from: 'keep', valid_to: 'keep', ...version },
    ofSubjects: `object_key IN (${keys})`,
  },
  {
    name: 'current_members',
    order: 'group_key, member_key',
    columns: { group_key: 'keep', member_key: 'keep', since_run: 'keep' },
    ofSubjects: `group_key IN (${keys}) AND member_key IN (${keys})`,
  },
  {
    name: 'closed_members',
    order: 'group_key, member_key, valid_from',
    columns: { group_key: 'keep', member_key: 'keep', valid_from: 'keep', valid_to: 'keep' },
    ofSubjects: `group_key IN (${keys}) AND member_key IN (${keys})`,
  },
  {
    name: 'documents',
    order: 'name, since_run',
    columns: { name: 'keep', since_run: 'keep', seen_run: 'keep', version: 'keep', json: 'set-up' },
  },
  {
    name: 'audit_events',
    order: 'id',
    columns: {
      id: 'id',
      at: 'keep',
      at_ms: 'keep',
      activity: 'keep',
      category: 'keep',
      result: 'keep',
      initiated_by: 'actor',
      targets: 'audit-targets',
      properties: 'audit-properties',
    },
    ofSubjects: `id IN (SELECT event_id FROM audit_targets WHERE target_id IN (${ids}))`,
  },
  {
    name: 'person_names',
    order: 'person_key',
    columns: { person_key: 'keep', sort_name: 'name' },
    ofSubjects: `person_key IN (${keys})`,
  },
  {
    name: 'closed_names',
    order: 'person_key, valid_to',
    columns: { person_key: 'keep', valid_to: 'keep', sort_name: 'name' },
    ofSubjects: `person_key IN (${keys})`,
  },
  {
    name: 'people',
    order: 'person_key',
    columns: {
      person_key: 'keep',
      scim_key: 'keep',
      joined_by: 'keep',
      source_state: 'keep',
      target_state: 'keep',
      since_run: 'keep',
    },
    ofSubjects: `person_key IN (${keys})`,
  },
  {
    name: 'closed_people',
    order: 'person_key, valid_from',
    columns: {
      person_key: 'keep',
      valid_from: 'keep',
      valid_to: 'keep',
      scim_key: 'keep',
      joined_by: 'keep',
      source_state: 'keep',
      target_state: 'keep',
    },
    ofSubjects: `person_key IN (${keys})`,
  },
  { name: 'evaluations', order: 'run_id', columns: { run_id: 'keep', at: 'keep', not_evaluated: 'set-up' } },
  {
    name: 'findings',
    order: 'number',
    columns: { number: 'keep', id: 'id', ...findingColumns },
    ofSubjects: `id IN (${findings})`,
  },
  {
    name: 'finding_subjects',
    order: 'subject_key, finding_number',
    columns: { subject_key: 'keep', finding_number: 'keep' },
    ofSubjects: `subject_key IN (${keys}) AND finding_number IN (SELECT number FROM findings WHERE id IN (${findings}))`,
  },
  {
    name: 'finding_states',
    order: 'finding_id, run_id',
    columns: { finding_id: 'id', run_id: 'keep', state: 'keep' },
    ofSubjects: `finding_id IN (${findings})`,
  },
  {
    name: 'closed_findings',
    order: 'finding_id, valid_to',
    columns: { finding_id: 'id', valid_to: 'keep', ...findingColumns },
    ofSubjects: `finding_id IN (${findings})`,
  },
  {
    name: 'closed_verifications',
    order: 'finding_id, valid_to',
    columns: { finding_id: 'id', valid_to: 'keep', verified: 'keep', last_seen: 'keep' },
    ofSubjects: `finding_id IN (${findings})`,
  },
  {
    name: 'log_imports',
    order: 'id',
    columns: { id: 'keep', at: 'keep', files: 'file-names', format: 'keep' },
  },
  {
    name: 'imported_rows',
    order: 'log_id',
    columns: { log_id: 'id', import_id: 'keep' },
    ofSubjects: `log_id IN (SELECT id FROM log_rows WHERE seq IN (${log}))`,
  },
  {
    name: 'issues',
    order: 'issue_key',
    columns: {
      issue_key: 'keep',
      error_code: 'keep',
      attribute: 'keep',
      reason: 'prose',
      newest_log_id: 'id',
      row_count: 'keep',
      first_at: 'keep',
      last_at: 'keep',
      people: 'keep',
      groups: 'keep',
      recovered: 'keep',
    },
    ofSubjects: `issue_key IN (${issuesHere} (${log}))`,
  },
  {
    name: 'issue_hours',
    order: 'issue_key, hour',
    columns: { issue_key: 'keep', hour: 'keep', row_count: 'keep' },
    ofSubjects: `issue_key IN (${issuesHere} (${log}))`,
  },
  {
    name: 'issue_subjects',
    order: 'issue_key, subject',
    columns: {
      issue_key: 'keep',
      subject: 'id',
      subject_type: 'keep',
      first_seq: 'keep',
      last_seq: 'keep',
      good_seq: 'keep',
    },
    ofSubjects: `subject IN (${ids})`,
  },
  {
    name: 'issue_mutes',
    order: 'issue_key',
    columns: {
      issue_key: 'keep',
      muted_at: 'keep',
      muted_by: 'name',
      note: 'prose',
      affected: 'keep',
      rows_per_week: 'keep',
    },
    ofSubjects: `issue_key IN (${issuesHere} (${log}))`,
  },
];

/** Tables that a case file makes from its rows, or leaves empty, each with the reason in the comment of `caseTables`. */
export const madeAgain: readonly string[] = [
  'log_search',
  'person_search',
  'log_counts',
  'audit_targets',
  'delta_links',
  'kept_aside',
  'log_positions',
  'purges',
  'purge_hashes',
  'care_notes',
];

/** The tables as a case file of a version has them. */
export const caseTablesOf = (version: number): CaseTableRule[] =>
  caseTables
    .filter(({ since = 1 }) => since <= version)
    .map((table) => ({
      ...table,
      columns: Object.fromEntries(
        Object.entries(table.columns).filter(([column]) => (table.columnsSince?.[column] ?? 1) <= version),
      ),
    }));
