import type { GroupRef } from '../../../core/model/group-facts.ts';
import { readAlone } from '../people/object-reads.ts';
import { foldText } from '../search-text.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import type { NamedGroup } from './group-names.ts';

const sourceOf = 'SELECT source_id AS id FROM links WHERE target_id = ? ORDER BY at DESC LIMIT 1';
const linkedTarget = 'SELECT target_id, max(seq) FROM links WHERE source_id = ? GROUP BY source_id';
const groupInLog = `SELECT source_name AS name FROM log_rows WHERE source_id = ? AND subject_type = 'group'
  ORDER BY seq DESC LIMIT 1`;

const scimPrefix = 'scim:';

/** A group that was deleted before any list was read: the log alone remembers it. */
const groupOfLog = (statements: Statements, id: string): NamedGroup | null => {
  const row = statements.get<[string], { name: string | null }>(groupInLog).get(id);
  if (!row) return null;
  const folded = foldText(row.name?.trim() ?? '');
  return { list: listIds.groups, id, name: row.name, folded, externalId: null, createdAt: null, isPresent: false };
};

/** The group of Entra behind a group of UNIFI: by link, else by external id, else by a name that only one has. */
const ownerOf = (statements: Statements, target: NamedGroup, all: readonly NamedGroup[]): NamedGroup | null => {
  const source = statements.get<[string], { id: string }>(sourceOf).get(target.id)?.id;
  const entra = all.filter(({ list }) => list === listIds.groups);
  const named = entra.filter(({ folded, isPresent }) => isPresent && folded !== '' && folded === target.folded);
  return (
    entra.find(({ id }) => id === source) ??
    entra.find(({ id }) => id === target.externalId) ??
    (source === undefined ? null : groupOfLog(statements, source)) ??
    (named.length === 1 ? (named[0] ?? null) : null)
  );
};

/**
 * Groups that a text can mean: an id, a whole name, else names that hold every word of it. A group of UNIFI stands for
 * the group of Entra behind it. At most `limit`, groups that are there first, then by name.
 */
export const findGroups = (
  statements: Statements,
  all: readonly NamedGroup[],
  text: string,
  limit: number,
): GroupRef[] => {
  const asked = text.trim();
  const folded = foldText(asked.startsWith(scimPrefix) ? asked.slice(scimPrefix.length) : asked);
  if (folded === '') return [];
  const words = folded.split(/\s+/u);
  const byId = all.filter(({ id, list }) =>
    asked.startsWith(scimPrefix)
      ? list === listIds['scim-groups'] && id === asked.slice(scimPrefix.length)
      : foldText(id) === folded,
  );
  const byName = all.filter((group) => group.folded === folded);
  const byPart = all.filter((group) => words.every((word) => group.folded.includes(word)));
  const remembered = groupOfLog(statements, asked.toLowerCase());
  const fitting = [byId, remembered ? [remembered] : [], byName, byPart].find((groups) => groups.length > 0) ?? [];
  const reads = readAlone(statements);
  const found = new Map<string, GroupRef>();
  const add = (entra: NamedGroup | null, target: NamedGroup | null): void => {
    const one = entra ?? target;
    if (!one) return;
    const id = entra ? entra.id : `${scimPrefix}${one.id}`;
    if (found.has(id)) return;
    found.set(id, {
      id,
      entraId: entra?.id ?? null,
      scimId:
        target?.id ?? statements.get<[string], { target_id: string }>(linkedTarget).get(one.id)?.target_id ?? null,
      name: one.name ?? one.id,
      createdAt: one.createdAt,
      isPresent: one.isPresent,
      isAssigned: entra !== null && reads.assignmentsOf([entra.id]).length > 0,
    });
  };
  for (const group of fitting) {
    if (group.list === listIds.groups) add(group, null);
    else add(ownerOf(statements, group, all), group);
  }
  return [...found.values()]
    .sort((one, other) => Number(other.isPresent) - Number(one.isPresent) || (one.name < other.name ? -1 : 1))
    .slice(0, limit);
};
