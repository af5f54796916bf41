import { findingKinds, findingStates, severities, type Finding } from '../../../contract/models/finding.ts';
import type { DirectoryUser } from '../../../core/model/directory.ts';
import type { TargetUser } from '../../../core/model/target.ts';
import { internKey } from '../object-keys.ts';
import { foldText } from '../search-text.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

interface StoredFinding {
  number: number;
  id: string;
  state: string;
  json: string;
}

const stored = 'SELECT number, id, state, json FROM findings';
const insert = `INSERT INTO findings (id, kind, state, severity, sort_key, search_text, json)
  VALUES (@id, @kind, @state, @severity, @sort_key, @search_text, @json) RETURNING number`;
const update = `UPDATE findings SET kind = @kind, state = @state, severity = @severity, sort_key = @sort_key,
  search_text = @search_text, json = @json WHERE id = @id RETURNING number`;
const noteState = 'INSERT OR REPLACE INTO finding_states (finding_id, run_id, state) VALUES (?, ?, ?)';
const dropSubjects = 'DELETE FROM finding_subjects WHERE finding_number = ?';
const addSubject = 'INSERT OR IGNORE INTO finding_subjects (subject_key, finding_number) VALUES (?, ?)';
const dropFinding = 'DELETE FROM findings WHERE number = ?';
const version = 'SELECT json FROM current_versions WHERE object_key = ?';

/** Open before pending before resolved, the worst first, kinds in the contract's order, then by name. */
const sortKey = (finding: Finding): string => {
  const state = ['open', 'pending', 'resolved'].indexOf(finding.state);
  const kind = String(findingKinds.indexOf(finding.kind)).padStart(2, '0');
  const name = foldText(finding.subject.name.toWellFormed()).replaceAll('\u0000', '');
  return `${state}${severities.indexOf(finding.severity)}${kind} ${name}\u0001${finding.id}`;
};

const subjectKeys = (statements: Statements, finding: Finding): number[] => {
  const [entraList, scimList] =
    finding.subject.type === 'user' ? [listIds.users, listIds['scim-users']] : [listIds.groups, listIds['scim-groups']];
  const { subject, member } = finding;
  const ids: [number, string | null | undefined][] = [
    [entraList, subject.entraId],
    [scimList, subject.scimId],
    [listIds.users, member?.entraId],
    [listIds['scim-users'], member?.scimId],
  ];
  return ids.flatMap(([list, id]) => (id ? [internKey(statements, list, id)] : []));
};

/** Names and ids that a finding is found by: its own, and those that either side knows of the people in it. */
const searchText = (statements: Statements, finding: Finding, keys: readonly number[]): string => {
  const words = [finding.subject, ...(finding.member ? [finding.member] : []), ...finding.related].flatMap((ref) => [
    ref.name,
    ref.entraId,
    ref.scimId,
  ]);
  for (const key of keys) {
    const row = statements.get<[number], { json: string }>(version).get(key);
    const known = row ? (JSON.parse(row.json) as Partial<DirectoryUser & TargetUser>) : {};
    words.push(
      known.displayName ?? null,
      known.userPrincipalName ?? null,
      known.mail ?? null,
      known.userName ?? null,
      known.externalId ?? null,
    );
  }
  return [...new Set(words.filter((word) => word))].map((word) => foldText(String(word))).join('\n');
};

/**
 * Replaces the findings by those of an evaluation. Resolved ones that it does not name stay as they are; a pending or
 * open one that it does not name is dropped. Every change of state is noted with the run. Inside a write transaction.
 */
export const saveFindings = (statements: Statements, findings: readonly Finding[], run: number): void => {
  const before = new Map(
    statements
      .get<[], StoredFinding>(stored)
      .all()
      .map((row) => [row.id, row]),
  );
  for (const finding of findings) {
    const known = before.get(finding.id);
    before.delete(finding.id);
    const json = JSON.stringify(finding);
    if (known?.json === json) continue;
    const keys = subjectKeys(statements, finding);
    const row = statements.get<object, { number: number }>(known ? update : insert).get({
      id: finding.id,
      kind: finding.kind,
      state: finding.state,
      severity: finding.severity,
      sort_key: sortKey(finding),
      search_text: searchText(statements, finding, keys),
      json,
    });
    if (!row) throw new Error('the finding was not stored');
    if (known) statements.get(dropSubjects).run(row.number);
    for (const key of keys) statements.get(addSubject).run(key, row.number);
    if (known?.state !== finding.state) statements.get(noteState).run(finding.id, run, finding.state);
  }
  for (const left of before.values()) {
    if (left.state === findingStates[2]) continue;
    statements.get(dropSubjects).run(left.number);
    statements.get(dropFinding).run(left.number);
    statements.get(noteState).run(left.id, run, null);
  }
};
