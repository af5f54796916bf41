import type { DeviceCodeEvent, ProgressEvent } from '../../src-main/contract/events.ts';
import type { Failure, Result } from '../../src-main/contract/failure.ts';
import type { Client } from '../lib/client/client.ts';

/** A long call under way. */
export interface RunningCall {
  callId: string;
  /** Connection that it works on; null when none is saved yet, or when another window started it. */
  connection: string | null;
  title: string;
  progress: ProgressEvent | null;
  deviceCode: DeviceCodeEvent | null;
  cancelling: boolean;
}

/** Long calls of this window, with their progress: the one place that knows what runs. */
export class Activity {
  #client: Client;
  #calls = $state.raw<readonly RunningCall[]>([]);
  /** Why the newest long call of the frame's button ended badly; null after a good one. */
  failure = $state.raw<{ connection: string | null; failure: Failure } | null>(null);

  constructor(client: Client) {
    this.#client = client;
    client.subscribe('progress', (event) => this.#onProgress(event));
    client.subscribe('deviceCode', (event) => this.#change(event.callId, { deviceCode: event }));
  }

  /** The newest call under way on a connection. */
  on(connection: string | null): RunningCall | null {
    return this.#calls.findLast((call) => call.connection === connection || call.connection === null) ?? null;
  }

  find(callId: string): RunningCall | null {
    return this.#calls.find((call) => call.callId === callId) ?? null;
  }

  /** Runs a long call with an id of its own. */
  async run<T>(
    about: { connection: string | null; title: string },
    call: (callId: string) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const callId = crypto.randomUUID();
    this.#calls = [...this.#calls, { ...about, callId, progress: null, deviceCode: null, cancelling: false }];
    try {
      return await call(callId);
    } finally {
      this.#calls = this.#calls.filter((running) => running.callId !== callId);
    }
  }

  /** Collects and cross-checks; a failure stays visible in the frame until the next attempt. */
  async check(connection: string): Promise<void> {
    this.failure = null;
    const result = await this.run({ connection, title: 'Collecting' }, (callId) =>
      this.#client.api.check({ connection, callId }),
    );
    if (!result.ok) this.failure = { connection, failure: result.failure };
  }

  async signIn(connection: string): Promise<Result<unknown>> {
    this.failure = null;
    const result = await this.run({ connection, title: 'Signing in' }, (callId) =>
      this.#client.api.signIn({ connection, callId }),
    );
    if (!result.ok) this.failure = { connection, failure: result.failure };
    return result;
  }

  dismissFailure(): void {
    this.failure = null;
  }

  async cancel(callId: string): Promise<void> {
    this.#change(callId, { cancelling: true });
    await this.#client.api.cancel({ callId });
  }

  #onProgress(event: ProgressEvent): void {
    if (event.phase === 'finished') {
      this.#calls = this.#calls.filter((call) => call.callId !== event.callId || call.connection !== null);
      return;
    }
    if (this.find(event.callId)) this.#change(event.callId, { progress: event });
    else if (event.phase === 'collecting' || event.phase === 'checking') this.#adopt(event);
  }

  /** A collection that began before this page was loaded: it can be watched and cancelled all the same. */
  #adopt(event: ProgressEvent): void {
    const { callId } = event;
    const call = {
      callId,
      connection: null,
      title: 'Collecting',
      progress: event,
      deviceCode: null,
      cancelling: false,
    };
    this.#calls = [...this.#calls, call];
  }

  #change(callId: string, change: Partial<RunningCall>): void {
    this.#calls = this.#calls.map((call) => (call.callId === callId ? { ...call, ...change } : call));
  }
}
