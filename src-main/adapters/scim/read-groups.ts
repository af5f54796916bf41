import { isAppError } from '../../core/app-error.ts';
import type { TargetGroup } from '../../core/model/target.ts';
import type { ListEnd, ReadOptions } from '../../services/ports.ts';
import { isObject } from './json-keys.ts';
import type { ListedResource } from './list-progress.ts';
import { readGroup, readMembers } from './read-resources.ts';
import type { MemberList } from './read-resources.ts';

/** Members lists of exactly this length are what some servers cut longer ones to. scim-entra.md 4. */
const suspiciousLength = 100;

export interface GroupSource extends ReadOptions {
  /** Pages of groups; `withMembers` false asks the server to leave the members out. */
  list(withMembers: boolean): AsyncGenerator<ListedResource[], ListEnd>;
  /** One group with its members; null when it is gone meanwhile. */
  one(id: string): Promise<unknown>;
}

/** How a group's members stand after its own answer was read, where the list's was not enough. */
type Reading =
  | { kind: 'read'; members: MemberList }
  | { kind: 'gone' }
  | { kind: 'unreadable' }
  /** The group's own answer has no `members`: empty, if this server shows members at all. */
  | { kind: 'silent' }
  /** Exactly 100, and nothing better to be had: whole, if this server shows longer lists. */
  | { kind: 'suspicious'; members: MemberList };

/** Huge groups end in these; a server that is away altogether (503) or throttles (429) is another matter. */
const isTooLarge = (error: unknown): boolean =>
  isAppError(error) && (error.code === 'timed-out' || [413, 500, 502, 504].includes(error.failure.status ?? 0));

/** Two at a time, in order; after a failure nothing new is begun. */
const mapInPairs = async <T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = [];
  const rest = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) {
      if (failed) return;
      try {
        results[index] = await map(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
};

/**
 * All groups with the ids of their direct user members. Where the list leaves members out, or shows exactly 100, the
 * group is asked for by itself; where a list with members fails, it is read again without them. Members that cannot be
 * told are null, which is not "empty". scim-entra.md 4.
 */
export async function* readGroups(source: GroupSource): AsyncGenerator<TargetGroup[], ListEnd> {
  /** What this server was seen to do; it decides the doubtful groups at the end. */
  let longest = 0;
  const doubtful: { listed: ListedResource; reading: Reading }[] = [];
  const yielded = new Set<string>();
  const itemsBefore = source.meter.items;

  const observe = (members: MemberList): MemberList => {
    longest = Math.max(longest, members.listed);
    return members;
  };

  const readOne = async (listed: ListedResource, fromList: MemberList | null): Promise<Reading> => {
    let body: unknown;
    try {
      body = await source.one(listed.id);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      return fromList === null ? { kind: 'unreadable' } : { kind: 'suspicious', members: fromList };
    }
    if (body === null) return { kind: 'gone' };
    const members = isObject(body) ? readMembers(body) : null;
    if (members === null) return fromList === null ? { kind: 'silent' } : { kind: 'suspicious', members: fromList };
    observe(members);
    return members.listed === suspiciousLength ? { kind: 'suspicious', members } : { kind: 'read', members };
  };

  /** The group at once, or null when it has to wait for what the others show, or is gone. */
  const settle = async (listed: ListedResource): Promise<TargetGroup | null> => {
    const inList = readMembers(listed.resource);
    if (inList !== null) observe(inList);
    if (inList !== null && inList.listed !== suspiciousLength) return readGroup(listed.id, listed.resource, inList);
    const reading = await readOne(listed, inList);
    if (reading.kind === 'read') return readGroup(listed.id, listed.resource, reading.members);
    if (reading.kind === 'unreadable') return readGroup(listed.id, listed.resource, null);
    if (reading.kind !== 'gone') doubtful.push({ listed, reading });
    return null;
  };

  async function* walk(withMembers: boolean): AsyncGenerator<TargetGroup[], ListEnd> {
    const pages = source.list(withMembers);
    for (;;) {
      const page = await pages.next();
      if (page.done) return page.value;
      const fresh = page.value.filter(({ id }) => !yielded.has(id));
      for (const { id } of fresh) yielded.add(id);
      const groups = await mapInPairs(fresh, settle);
      const ready = groups.filter((group) => group !== null);
      if (ready.length > 0) yield ready;
    }
  }

  const decide = ({ listed, reading }: (typeof doubtful)[number]): TargetGroup => {
    const whole = reading.kind === 'suspicious' && longest > suspiciousLength ? reading.members : null;
    const empty = reading.kind === 'silent' && longest > 0 ? { listed: 0, userIds: [] } : null;
    return readGroup(listed.id, listed.resource, whole ?? empty);
  };

  let end: ListEnd;
  try {
    end = yield* walk(true);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    source.meter.items = itemsBefore;
    end = yield* walk(false);
  }
  if (doubtful.length > 0) yield doubtful.map(decide);
  return end;
}
