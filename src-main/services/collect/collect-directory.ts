import type { DirectoryGroup } from '../../core/model/directory.ts';
import type { CollectContext, CollectedConfiguration } from './context.ts';
import { readAll } from './read-all.ts';
import type { ReadOptions } from '../ports.ts';
import { endOfList, isWhole } from './end-of-list.ts';
import type { SourceEnd } from './source-runner.ts';
import { stageList } from './stage-list.ts';

/** How deep groups inside assigned groups are followed. Provisioning follows none; the investigation names them. */
const nestingDepth = 10;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

const collectUsers = async (context: CollectContext, names: string[], read: ReadOptions): Promise<SourceEnd> => {
  const { snapshots } = context.store;
  // Another set of attributes is another delta query: a link of the old one would not bring the new values.
  const key = `users:${[...names].sort().join(',')}`;
  const deltaLink = await snapshots.deltaLink(key);
  await snapshots.begin('users');
  let full = deltaLink === null;
  let nextRound: string | null = null;
  try {
    for await (const page of context.graph.directory.readUsers({ ...read, attributes: names, deltaLink })) {
      if (page.full && !full) {
        full = true;
        await snapshots.begin('users');
      }
      read.meter.withheld += (await snapshots.stage('users', page.users)).withheld;
      await snapshots.stageRemoved(
        'users',
        page.removed.map((removal) => removal.id),
      );
      nextRound = page.deltaLink ?? nextRound;
    }
  } catch (error) {
    await snapshots.apply('users', { runId: context.runId, full: false });
    throw error;
  }
  await snapshots.apply('users', { runId: context.runId, full: full && isWhole(read.meter) });
  // The next round would not bring again what could not be read in this one.
  await snapshots.saveDeltaLink(key, isWhole(read.meter) ? nextRound : null);
  return endOfList(read.meter);
};

/**
 * Groups of Entra that stand behind a group of UNIFI, by the log or by externalId: one that is no longer assigned still
 * tells why its group in UNIFI is there. findings.md 3, `group-orphan-in-target`.
 */
const groupsBehindTarget = async (context: CollectContext): Promise<string[]> => {
  const { findings, snapshots } = context.store;
  const targetGroups = await readAll(snapshots, 'scim-groups');
  const targetIds = new Set(targetGroups.map((group) => group.id));
  const behind = new Set<string>();
  for (const group of targetGroups)
    if (group.externalId && guid.test(group.externalId)) behind.add(group.externalId.toLowerCase());
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof findings.links>> = await findings.links({ after, limit: 5000 });
    for (const link of page.links)
      if (targetIds.has(link.targetId) && guid.test(link.sourceId)) behind.add(link.sourceId);
    after = page.next;
  } while (after !== null);
  return [...behind].sort();
};

const collectGroups = async (
  context: CollectContext,
  configuration: CollectedConfiguration,
  read: ReadOptions,
): Promise<SourceEnd> => {
  const { directory } = context.graph;
  const { snapshots } = context.store;
  const attributes = configuration.names.group;
  const behind = configuration.syncAll ? [] : await groupsBehindTarget(context);
  await snapshots.begin('groups');
  await snapshots.begin('group-members');
  const seen = new Set<string>();
  const stageFresh = async (groups: DirectoryGroup[]): Promise<string[]> => {
    const fresh = groups.filter((group) => !seen.has(group.id));
    for (const group of fresh) seen.add(group.id);
    read.meter.withheld += (await snapshots.stage('groups', fresh)).withheld;
    return fresh.map((group) => group.id);
  };
  try {
    let wanted: string[] | 'all' = configuration.syncAll ? 'all' : configuration.assignedGroupIds;
    for (let depth = 0; depth < nestingDepth && wanted.length > 0; depth += 1) {
      const found: string[] = [];
      for await (const groups of directory.readGroups({ ...read, ids: wanted, attributes })) {
        found.push(...(await stageFresh(groups)));
      }
      const nested = new Set<string>();
      for await (const members of directory.readMembers({ ...read, groupIds: found })) {
        read.meter.withheld += (await snapshots.stage('group-members', [members])).withheld;
        for (const id of members.groupIds) if (!seen.has(id)) nested.add(id);
      }
      wanted = [...nested].sort();
    }
    const unread = behind.filter((id) => !seen.has(id));
    if (unread.length > 0) {
      for await (const groups of directory.readGroups({ ...read, ids: unread, attributes })) await stageFresh(groups);
    }
  } catch (error) {
    await snapshots.apply('groups', { runId: context.runId, full: false });
    await snapshots.apply('group-members', { runId: context.runId, full: false });
    throw error;
  }
  const full = isWhole(read.meter);
  await snapshots.apply('groups', { runId: context.runId, full });
  await snapshots.apply('group-members', { runId: context.runId, full });
  return endOfList(read.meter);
};

/** Users and soft-deleted users. */
export const collectPeople = async (context: CollectContext, configuration: CollectedConfiguration): Promise<void> => {
  const { runner, runId, store } = context;
  const attributes = configuration.names.user;
  await runner.run('users', (read) => collectUsers(context, attributes, read));
  await runner.run('deleted-users', async (read) => {
    const pages = context.graph.directory.readDeletedUsers({ ...read, attributes });
    await stageList(store.snapshots, 'deleted-users', runId, pages, read.meter, () => isWhole(read.meter));
    return endOfList(read.meter);
  });
};

/** Assigned groups with their direct members, groups nested in them, and groups behind those of UNIFI; comes after log and target. */
export const collectGroupsOfInterest = async (
  context: CollectContext,
  configuration: CollectedConfiguration,
): Promise<void> => {
  await context.runner.run('groups', (read) => collectGroups(context, configuration, read));
};
