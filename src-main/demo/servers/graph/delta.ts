import type { HttpAnswer } from '../http-server.ts';
import type { Json } from '../../world.ts';
import { pageAnswer, type Elements, type GraphCall } from './graph-call.ts';
import { requiredValues, type FilterRules } from './filter-rules.ts';
import { badRequest, GraphError } from './graph-error.ts';
import type { Position } from './paging.ts';
import { checkSelect, selectProperties, type EntityType } from './properties.ts';
import { readQuery } from './query-options.ts';

const usualPage = 200;
const largestPage = 999;
const lifetimeMs = 7 * 24 * 3_600_000;

export interface DeltaChange {
  id: string;
  state: 'present' | 'soft-deleted' | 'deleted';
}

/** What the delta of one collection is about. */
export interface DeltaCollection {
  /** `users` or `groups`. */
  name: string;
  type: EntityType;
  elements(): Elements;
  find(id: string): Json | null;
  changedSince(ms: number): DeltaChange[];
  /** Ids of members, for a round that selects `members`; undefined where there are none. */
  memberIds?(id: string): { id: string; type: string }[];
}

/** graph-provisioning.md 7: only `id eq`, at most 50 of them. */
const filterRules: FilterRules = { caseSensitive: false, lower: false, logic: ['or'], properties: { id: ['eq'] } };

interface Round {
  select: string[] | null;
  ids: string[] | null;
  /** Changes after this moment; null: everything. */
  sinceMs: number | null;
  /** The round's own moment: the next one begins there. */
  atMs: number;
  /** Key of the memberships that were answered last. */
  members: string | null;
}

interface DeltaToken {
  delta: string;
  select: string[] | null;
  ids: string[] | null;
  atMs: number;
  members: string | null;
}

const isDeltaToken = (value: unknown): value is DeltaToken =>
  typeof value === 'object' && value !== null && 'delta' in value && 'atMs' in value;

/** Memberships as a round answered them, so that the next one can say which were removed. */
type KnownMembers = Map<string, Set<string>>;

export interface Delta {
  answer(call: GraphCall): HttpAnswer;
}

const syncStateNotFound = (): GraphError =>
  new GraphError(400, 'syncStateNotFound', 'The sync state generation is not found; it may have expired.');

export const createDelta = (collection: DeltaCollection): Delta => {
  const memberships = new Map<string, KnownMembers>();

  const path = (call: GraphCall): string => `${call.request.origin}/${call.version}/${collection.name}/delta`;

  const gone = (call: GraphCall, select: string[] | null): GraphError =>
    new GraphError(410, 'resyncRequired', 'Resync required. Replace any local items with the server state.', {
      Location: `${path(call)}?${select ? `$select=${select.join(',')}&` : ''}$deltatoken=`,
    });

  const storedRound = (call: GraphCall, token: string): Round => {
    const { deltaLinks } = call.tenant.settings();
    const stored = call.tenant.signing.unseal(token);
    if (!isDeltaToken(stored) || stored.delta !== collection.name) throw badRequest('Badly formed token.');
    const { nowMs } = call.tenant.world;
    if (deltaLinks === 'gone') throw gone(call, stored.select);
    if (deltaLinks === 'not-found' || nowMs - stored.atMs > lifetimeMs) throw syncStateNotFound();
    return { select: stored.select, ids: stored.ids, sinceMs: stored.atMs, atMs: nowMs, members: stored.members };
  };

  const seal = (call: GraphCall, round: Round, members: string | null): string => {
    const token: DeltaToken = {
      delta: collection.name,
      select: round.select,
      ids: round.ids,
      atMs: round.atMs,
      members,
    };
    return `${path(call)}?$deltatoken=${call.tenant.signing.seal(token)}`;
  };

  /** The memberships of now under a key of their own; a few rounds are kept. */
  const keepMembers = (round: Round): string | null => {
    if (!collection.memberIds || !round.select?.includes('members')) return null;
    const known: KnownMembers = new Map();
    const all = collection.elements();
    for (let index = 0; index < all.count; index += 1) {
      const id = String(all.at(index)['id']);
      known.set(id, new Set(collection.memberIds(id).map((member) => member.id)));
    }
    const key = `${round.atMs} ${memberships.size}`;
    memberships.set(key, known);
    const [oldest] = memberships.keys();
    if (memberships.size > 20 && oldest !== undefined) memberships.delete(oldest);
    return key;
  };

  const present = (item: Json, round: Round): Json => {
    const id = String(item['id']);
    const chosen: Json = { ...selectProperties(item, round.select, collection.type), id };
    if (!collection.memberIds || !round.select?.includes('members')) return chosen;
    const before = round.members === null ? undefined : memberships.get(round.members)?.get(id);
    const now = collection.memberIds(id);
    const current = new Set(now.map((member) => member.id));
    const changes: Json[] = [
      ...now
        .filter((member) => !before?.has(member.id))
        .map((member) => ({ '@odata.type': member.type, id: member.id })),
      ...[...(before ?? [])]
        .filter((memberId) => !current.has(memberId))
        .map((memberId) => ({
          '@odata.type': '#microsoft.graph.user',
          id: memberId,
          '@removed': { reason: 'deleted' },
        })),
    ];
    return changes.length > 0 ? { ...chosen, 'members@delta': changes } : chosen;
  };

  const rowsOf = (round: Round): { count: number; at(index: number): Json | null } => {
    const wanted = round.ids ? new Set(round.ids) : null;
    const isWanted = (id: string): boolean => wanted === null || wanted.has(id);
    if (round.sinceMs === null) {
      const all = collection.elements();
      return {
        count: all.count,
        at(index) {
          const item = all.at(index);
          return isWanted(String(item['id'])) ? present(item, round) : null;
        },
      };
    }
    const changes = collection.changedSince(round.sinceMs);
    return {
      count: changes.length,
      at(index) {
        const change = changes[index] as DeltaChange;
        if (!isWanted(change.id)) return null;
        if (change.state !== 'present') {
          return { id: change.id, '@removed': { reason: change.state === 'soft-deleted' ? 'changed' : 'deleted' } };
        }
        const item = collection.find(change.id);
        return item ? present(item, round) : { id: change.id, '@removed': { reason: 'deleted' } };
      },
    };
  };

  return {
    answer(call) {
      const { paging, request } = call;
      const query = readQuery(request, {
        options: ['select', 'filter', 'skiptoken', 'deltatoken'],
        filter: filterRules,
      });
      checkSelect(query.select, collection.type);
      const isLater = query.skipToken !== null || (query.deltaToken ?? '') !== '';
      if (isLater && query.deltaToken?.toLowerCase() !== 'latest' && (query.select ?? query.filter)) {
        throw badRequest('The query options of a delta request can be given in its first request only.');
      }
      const ids = requiredValues(query.filter, 'id')?.map(String) ?? null;
      if (ids && ids.length > 50) throw badRequest('Too many child clauses specified in search filter expression.');

      const begin = (): Round => {
        const fresh = { select: query.select, ids, sinceMs: null, atMs: call.tenant.world.nowMs, members: null };
        return query.deltaToken ? storedRound(call, query.deltaToken) : fresh;
      };
      if (query.deltaToken?.toLowerCase() === 'latest') {
        const round: Round = { select: query.select, ids, sinceMs: null, atMs: call.tenant.world.nowMs, members: null };
        const deltaLink = seal(call, round, keepMembers(round));
        return pageAnswer(call, { name: collection.name, rows: [], deltaLink });
      }
      const started = paging.start(request, query.skipToken);
      const position: Position = started ?? { offset: 0, page: 0, fixed: { round: JSON.stringify(begin()) } };
      const round = JSON.parse(String(position.fixed['round'])) as Round;

      const bare = { ...request, url: new URL(path(call)) };
      const link = (offset: number): string => paging.link(bare, { ...position, offset, page: position.page + 1 });
      if (paging.isEmptyPage(position)) {
        return pageAnswer(call, { name: collection.name, rows: [], nextLink: link(position.offset) });
      }
      const pageSize = preferredPage(request.headers['prefer']);
      const source = rowsOf(round);
      // Repeats are part of the documented behaviour: a page begins with the last object of the one before.
      let offset = Math.max(0, position.offset - (position.page > 0 ? 1 : 0));
      const rows: string[] = [];
      for (; offset < source.count && rows.length < pageSize; offset += 1) {
        const row = source.at(offset);
        if (row) rows.push(JSON.stringify(row));
      }
      const page = { name: collection.name, rows: paging.shuffle(rows, position.offset + 1) };
      if (offset < source.count) return pageAnswer(call, { ...page, nextLink: link(offset) });
      return pageAnswer(call, { ...page, deltaLink: seal(call, round, keepMembers(round)) });
    },
  };
};

const preferredPage = (prefer: string | string[] | undefined): number => {
  const [, size] = /\bodata\.maxpagesize=(\d+)/iu.exec(String(prefer ?? '')) ?? [];
  return size === undefined ? usualPage : Math.min(largestPage, Math.max(2, Number(size)));
};
