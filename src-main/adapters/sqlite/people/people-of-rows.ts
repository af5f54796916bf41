import type { FindingKind, Severity } from '../../../contract/models/finding.ts';
import type { Person, SourceState, TargetState } from '../../../contract/models/person.ts';
import type { DirectoryUser } from '../../../core/model/directory.ts';
import type { TargetUser } from '../../../core/model/target.ts';
import { findKey } from '../object-keys.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

/** A person as the newest evaluation joined them: keys of both sides, and their states. */
export interface PersonRow {
  person_key: number;
  scim_key: number | null;
  list: number;
  id: string;
  joined_by: string | null;
  source_state: string;
  target_state: string;
  sort_name: string;
}

/** What people who are known from UNIFI alone go by: this, and the SCIM id. */
export const accountPrefix = 'scim:';

/*
 * Both sides and the findings of all rows are read by one question each: asked one by one, an earlier state of a
 * hundred thousand people takes three times as long.
 */
const versions = `SELECT v.object_key, v.json FROM json_each(?) k
  CROSS JOIN current_versions v ON v.object_key = k.value`;
const lastVersion = 'SELECT json FROM closed_versions WHERE object_key = ? ORDER BY valid_to DESC LIMIT 1';
const findings = `SELECT s.subject_key, f.id, f.kind, f.severity FROM json_each(?) k
  CROSS JOIN finding_subjects s ON s.subject_key = k.value
  CROSS JOIN findings f ON f.number = s.finding_number
  WHERE f.state <> 'resolved' ORDER BY f.sort_key`;

type FindingOfPerson = Person['findings'][number];

/** What the lists have now of every object, JSON by key. */
type Versions = ReadonlyMap<number, string>;

const readVersions = (statements: Statements, keys: readonly number[]): Versions =>
  new Map(statements.get<[string], [key: number, json: string]>(versions).raw().all(JSON.stringify(keys)));

/** Open and pending findings of each object, with their place in the order of lists. */
const readFindings = (
  statements: Statements,
  keys: readonly number[],
): Map<number, { place: number; finding: FindingOfPerson }[]> => {
  const bySubject = new Map<number, { place: number; finding: FindingOfPerson }[]>();
  const rows = statements
    .get<[string], { subject_key: number; id: string; kind: string; severity: string }>(findings)
    .all(JSON.stringify(keys));
  for (const [place, { subject_key: key, id, kind, severity }] of rows.entries()) {
    const known = bySubject.get(key) ?? [];
    bySubject.set(key, known);
    known.push({ place, finding: { id, kind: kind as FindingKind, severity: severity as Severity } });
  }
  return bySubject;
};

const asLastSeen = (statements: Statements, key: number): string | null =>
  statements.get<[number], { json: string }>(lastVersion).get(key)?.json ?? null;

const listedAs = (statements: Statements, key: number): string | null =>
  readVersions(statements, [key]).get(key) ?? asLastSeen(statements, key);

/** The user as listed now, else as soft-deleted, else as last seen; null when only the id was ever known. */
const userJson = (statements: Statements, { person_key: key, id }: PersonRow, listed: Versions): string | null => {
  const json = listed.get(key);
  if (json !== undefined) return json;
  const deletedKey = findKey(statements, listIds['deleted-users'], id);
  return (deletedKey === null ? null : listedAs(statements, deletedKey)) ?? asLastSeen(statements, key);
};

const entraSide = (statements: Statements, row: PersonRow, listed: Versions): Person['entra'] => {
  if (row.list !== listIds.users) return null;
  const json = userJson(statements, row, listed);
  const user = json === null ? null : (JSON.parse(json) as DirectoryUser);
  return {
    id: row.id,
    userPrincipalName: user?.userPrincipalName ?? null,
    mail: user?.mail ?? null,
    displayName: user?.displayName ?? null,
    accountEnabled: user?.accountEnabled ?? null,
    createdAt: user?.createdAt ?? null,
    deletedAt: user?.deletedAt ?? null,
  };
};

const scimSide = (statements: Statements, { scim_key: key }: PersonRow, listed: Versions): Person['scim'] => {
  const json = key === null ? null : (listed.get(key) ?? asLastSeen(statements, key));
  if (json === null) return null;
  const { id, userName, externalId, active, displayName, createdAt, lastModifiedAt } = JSON.parse(json) as TargetUser;
  return { id, userName, externalId, active, displayName, createdAt, lastModifiedAt };
};

/** Rows as people, in the same order: both sides, and the findings about either, none twice. */
export const peopleOfRows = (statements: Statements, rows: readonly PersonRow[]): Person[] => {
  const keys = rows
    .flatMap(({ person_key: person, scim_key: scim }) => (scim === null ? [person] : [person, scim]))
    // In the order in which they lie in the file: neighbours share a page.
    .sort((one, other) => one - other);
  const listed = readVersions(statements, keys);
  const bySubject = readFindings(statements, keys);
  const findingsOf = ({ person_key: person, scim_key: scim }: PersonRow): FindingOfPerson[] => {
    const all = [...(bySubject.get(person) ?? []), ...(scim === null ? [] : (bySubject.get(scim) ?? []))];
    const distinct = new Map(all.map((entry) => [entry.finding.id, entry]));
    return [...distinct.values()].sort((one, other) => one.place - other.place).map(({ finding }) => finding);
  };
  return rows.map((row) => {
    const entra = entraSide(statements, row, listed);
    const scim = scimSide(statements, row, listed);
    return {
      id: row.list === listIds.users ? row.id : `${accountPrefix}${row.id}`,
      name: entra?.displayName ?? entra?.userPrincipalName ?? scim?.displayName ?? scim?.userName ?? row.id,
      entra,
      scim,
      joinedBy: row.joined_by as Person['joinedBy'],
      state: { source: row.source_state as SourceState, target: row.target_state as TargetState },
      findings: findingsOf(row),
    };
  });
};
