import type { CollectContext, CollectedConfiguration } from './context.ts';
import type { ReadOptions } from '../ports.ts';
import type { SourceEnd } from './source-runner.ts';
import { stageList } from './stage-list.ts';

/** How deep groups inside assigned groups are followed. Provisioning follows none; the investigation names them. */
const nestingDepth = 10;

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
      await snapshots.stage('users', page.users);
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
  await snapshots.apply('users', { runId: context.runId, full });
  await snapshots.saveDeltaLink(key, nextRound);
  return {};
};

const collectGroups = async (
  context: CollectContext,
  configuration: CollectedConfiguration,
  read: ReadOptions,
): Promise<SourceEnd> => {
  const { directory } = context.graph;
  const { snapshots } = context.store;
  const attributes = configuration.names.group;
  await snapshots.begin('groups');
  await snapshots.begin('group-members');
  try {
    const seen = new Set<string>();
    let wanted: string[] | 'all' = configuration.syncAll ? 'all' : configuration.assignedGroupIds;
    for (let depth = 0; depth < nestingDepth && wanted.length > 0; depth += 1) {
      const found: string[] = [];
      for await (const groups of directory.readGroups({ ...read, ids: wanted, attributes })) {
        const fresh = groups.filter((group) => !seen.has(group.id));
        for (const group of fresh) {
          seen.add(group.id);
          found.push(group.id);
        }
        await snapshots.stage('groups', fresh);
      }
      const nested = new Set<string>();
      for await (const members of directory.readMembers({ ...read, groupIds: found })) {
        await snapshots.stage('group-members', [members]);
        for (const id of members.groupIds) if (!seen.has(id)) nested.add(id);
      }
      wanted = [...nested].sort();
    }
  } catch (error) {
    await snapshots.apply('groups', { runId: context.runId, full: false });
    await snapshots.apply('group-members', { runId: context.runId, full: false });
    throw error;
  }
  await snapshots.apply('groups', { runId: context.runId, full: true });
  await snapshots.apply('group-members', { runId: context.runId, full: true });
  return {};
};

/** Users, groups with their direct members, and soft-deleted users. */
export const collectDirectory = async (
  context: CollectContext,
  configuration: CollectedConfiguration,
): Promise<void> => {
  const { runner, runId, store } = context;
  const attributes = configuration.names.user;
  await runner.run('users', (read) => collectUsers(context, attributes, read));
  await runner.run('groups', (read) => collectGroups(context, configuration, read));
  await runner.run('deleted-users', async (read) => {
    const pages = context.graph.directory.readDeletedUsers({ ...read, attributes });
    await stageList(store.snapshots, 'deleted-users', runId, pages);
    return {};
  });
};
