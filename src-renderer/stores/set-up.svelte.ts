import type { Result } from '../../src-main/contract/failure.ts';
import type { SetUpCheck, SetUpCheckResult } from '../../src-main/contract/models/set-up-check.ts';
import { Resource } from './resource.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** The set-up check as shown: from the stored state alone, or with what was asked of Entra and UNIFI. */
export interface ShownSetUp {
  checks: SetUpCheck[];
  isLive: boolean;
}

const shown = (result: Result<SetUpCheckResult>, isLive: boolean): Result<ShownSetUp> =>
  result.ok ? { ...result, value: { ...result.value, isLive } } : result;

/** The steps of the set-up of one connection. */
export class SetUp {
  readonly result = new Resource<ShownSetUp>();
  #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** From what is stored, without the network. */
  load(connection: string): void {
    const { api } = this.#workspace.client;
    void this.result.load(async () =>
      shown(await api.runSetUpCheck({ connection, callId: crypto.randomUUID(), offline: true }), false),
    );
  }

  /** Asks Entra and UNIFI, too. */
  async ask(connection: string): Promise<void> {
    const { activity, client } = this.#workspace;
    await this.result.load(async () =>
      shown(
        await activity.run({ connection, title: 'Checking the set-up' }, (callId) =>
          client.api.runSetUpCheck({ connection, callId }),
        ),
        true,
      ),
    );
  }
}
