import { runTenantWorker } from '../../../src-main/demo/servers/run-tenant-worker.ts';
import { createSmallWorld } from './small-world.ts';

await runTenantWorker((demo) => {
  if (demo.scenario === 'impossible') throw new Error('there is no scenario "impossible"');
  return createSmallWorld({ people: demo.people ?? 50, logRows: 20_000 });
});
