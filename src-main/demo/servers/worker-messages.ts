import type { WorldOptions } from '../create-world.ts';
import type { ServedAddresses, TenantControls } from './serve-world.ts';
import type { TenantChanges } from './tenant-settings.ts';

/** What the thread of the servers is started with. */
export interface WorkerStart {
  demo: WorldOptions;
  changes: TenantChanges;
}

export type ControlName = keyof TenantControls;

/** From the starter: a call, or the end. */
export type WorkerRequest =
  { id: number; name: ControlName; argument: unknown } | { id: number; name: 'close'; argument?: undefined };

/** From the thread: how the start went, and the answers. */
export type WorkerReply =
  | { type: 'started'; addresses: ServedAddresses }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'failed'; id: number | null; message: string };
