import type { Failure } from '../../src-main/contract/failure.ts';
import type { RunningCall } from './activity.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Opening the demo tenant. */
export class DemoOpener {
  failure = $state.raw<Failure | null>(null);
  #callId = $state<string | null>(null);
  #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** What runs here at the moment. */
  get call(): RunningCall | null {
    return this.#callId === null ? null : this.#workspace.activity.find(this.#callId);
  }

  /** Gives the id of the demo connection, or null after a failure. */
  async open(): Promise<string | null> {
    const { activity, client } = this.#workspace;
    this.failure = null;
    const result = await activity.run({ connection: null, title: 'Starting the demo tenant' }, (callId) => {
      this.#callId = callId;
      return client.api.openDemo({ callId });
    });
    if (!result.ok) {
      this.failure = result.failure;
      return null;
    }
    this.#workspace.reloadConnections();
    return result.value.connection.id;
  }
}
