import { parentPort, workerData } from 'node:worker_threads';
import type { WorldOptions } from '../create-world.ts';
import { serveWorld, type AddressedWorld, type ServedWorld } from './serve-world.ts';
import type { WorkerReply, WorkerRequest, WorkerStart } from './worker-messages.ts';

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const run = async (served: ServedWorld, request: WorkerRequest): Promise<unknown> => {
  if (request.name === 'close') return served.close();
  // The starter's types guarantee that name and argument belong together.
  const control = served.controls[request.name] as (argument: unknown) => unknown;
  return control(request.argument);
};

/** Serves a world in this worker thread until it is told to close; tells the starter when it runs, or why not. */
export const runTenantWorker = async (
  createWorld: (demo: WorldOptions) => AddressedWorld | Promise<AddressedWorld>,
): Promise<void> => {
  const port = parentPort;
  if (!port) throw new Error('the demo tenant is started by start-tenant.ts, as a worker thread');
  const reply = (message: WorkerReply): void => port.postMessage(message);
  try {
    const { demo, changes } = workerData as WorkerStart;
    const served = await serveWorld(await createWorld(demo), changes);
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
};
