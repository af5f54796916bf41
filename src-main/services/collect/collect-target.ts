import type { ListEnd } from '../ports.ts';
import type { CollectContext, CollectedConfiguration } from './context.ts';
import type { SourceEnd } from './source-runner.ts';
import { stageList } from './stage-list.ts';

const asSourceEnd = (end: ListEnd | undefined): SourceEnd =>
  end?.complete ? {} : { status: 'partial', failure: end?.failure ?? null };

/** UNIFI's side: what the server can do, its accounts, its groups with members. */
export const collectTarget = async (context: CollectContext, configuration: CollectedConfiguration): Promise<void> => {
  const { runner, runId, scim, store } = context;
  const isComplete = (end: ListEnd | undefined): boolean => end?.complete === true;

  await runner.run('scim-config', async (read) => {
    const config = await scim.readConfig(read);
    if (config) {
      read.meter.items = 1;
      await store.snapshots.saveDocument('scim-config', null, JSON.stringify(config), runId);
    }
    return {};
  });
  await runner.run('scim-users', async (read) => {
    const pages = scim.readUsers({ ...read, attributes: configuration.names.target });
    return asSourceEnd(await stageList(store.snapshots, 'scim-users', runId, pages, read.meter, isComplete));
  });
  await runner.run('scim-groups', async (read) =>
    asSourceEnd(await stageList(store.snapshots, 'scim-groups', runId, scim.readGroups(read), read.meter, isComplete)),
  );
};
