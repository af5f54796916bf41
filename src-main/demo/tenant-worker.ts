/** The thread of the simulation and its servers, so that the host's event loop stays free. Started by start-tenant.ts. */
import { createDemoWorld } from './create-world.ts';
import { runTenantWorker } from './servers/run-tenant-worker.ts';

await runTenantWorker(createDemoWorld);
