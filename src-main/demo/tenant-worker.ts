/** The thread of the simulation and its servers, so that the host's event loop stays free. Started by start-tenant.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { createDemoWorld } from './create-world.ts';
import { serveWorld, type ServedWorld } from './servers/serve-world.ts';
import type { WorkerReply, WorkerRequest, WorkerStart } from './servers/worker-messages.ts';

const port = parentPort;
if (!port) throw new Error('tenant-worker.ts runs as a worker thread only');

const reply = (message: WorkerReply): void => port.postMessage(message);
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const run = async (served: ServedWorld, request: WorkerRequest): Promise<unknown> => {
  if (request.name === 'close') return served.close();
  // The starter's types guarantee that name and argument belong together.
  const control = served.controls[request.name] as (argument: unknown) => unknown;
  return control(request.argument);
};

try {
  const { demo, changes } = workerData as WorkerStart;
  const served = await serveWorld(createDemoWorld(demo), changes);
  port.on('message', (request: WorkerRequest) => {
    run(served, request).then(
      (value) => {
        reply({ type: 'answer', id: request.id, value });
        if (request.name === 'close') port.close();
      },
      (error: unknown) => reply({ type: 'failed', id: request.id, message: textOf(error) }),
    );
  });
  reply({ type: 'started', addresses: served.addresses });
} catch (error) {
  reply({ type: 'failed', id: null, message: textOf(error) });
}
