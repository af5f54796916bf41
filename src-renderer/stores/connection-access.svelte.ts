import type { SecretKind } from '../../src-main/contract/methods/connections.ts';
import type { Failure, Result } from '../../src-main/contract/failure.ts';
import type { ConnectReport } from '../../src-main/contract/models/connection.ts';
import type { RunningCall } from './activity.svelte.ts';
import { Resource } from './resource.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Sign-in, secrets and tests of a saved connection. */
export class ConnectionAccess {
  readonly report = new Resource<ConnectReport>();
  failure = $state.raw<Failure | null>(null);
  /** What the newest action did, in a sentence. */
  done = $state<string | null>(null);
  #callId = $state<string | null>(null);
  #workspace: Workspace;
  #connection: string;

  constructor(workspace: Workspace, connection: string) {
    this.#workspace = workspace;
    this.#connection = connection;
  }

  get call(): RunningCall | null {
    return this.#callId === null ? null : this.#workspace.activity.find(this.#callId);
  }

  async test(): Promise<void> {
    const { client } = this.#workspace;
    await this.report.load(() =>
      this.#run('Testing the connection', (callId) =>
        client.api.testConnection({ connection: this.#connection, callId }),
      ),
    );
  }

  async signIn(): Promise<void> {
    const { client } = this.#workspace;
    const result = await this.#run('Signing in', (callId) =>
      client.api.signIn({ connection: this.#connection, callId }),
    );
    this.#finish(result, ({ account, persistent }) =>
      persistent ? `Signed in as ${account}.` : `Signed in as ${account}, until this program ends.`,
    );
  }

  async signOut(): Promise<void> {
    const result = await this.#workspace.client.api.signOut({ connection: this.#connection });
    this.#finish(result, () => 'Signed out.');
  }

  /** True when it was stored. */
  async storeSecret(kind: SecretKind, value: string): Promise<boolean> {
    const result = await this.#workspace.client.api.setSecret({ connection: this.#connection, kind, value });
    this.#finish(result, ({ stored }) =>
      stored === 'key-store' ? 'Stored in the key store.' : 'Kept in memory until this program ends.',
    );
    return result.ok;
  }

  /** True when it was deleted. */
  async remove(): Promise<boolean> {
    const result = await this.#workspace.client.api.deleteConnection({ connection: this.#connection });
    this.#finish(result, () => 'Deleted.');
    return result.ok;
  }

  #run<T>(title: string, call: (callId: string) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#workspace.activity.run({ connection: this.#connection, title }, (callId) => {
      this.#callId = callId;
      return call(callId);
    });
  }

  #finish<T>(result: Result<T>, sentence: (value: T) => string): void {
    this.failure = result.ok ? null : result.failure;
    this.done = result.ok ? sentence(result.value) : null;
    this.#workspace.reloadConnections();
  }
}
