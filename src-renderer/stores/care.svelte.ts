import type { Result } from '../../src-main/contract/failure.ts';
import type {
  HistoryBackup,
  HistoryCare,
  HistoryVacuumed,
  HistoryVerification,
  Retention,
} from '../../src-main/contract/models/care.ts';
import type { PurgeOutcome, PurgePreview, PurgeReceipt } from '../../src-main/contract/models/purge.ts';
import { Resource } from './resource.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** How one history's file is looked after, and who was purged from it. */
export class Care {
  readonly state = new Resource<HistoryCare>();
  readonly verified = new Resource<HistoryVerification>();
  readonly backedUp = new Resource<HistoryBackup>();
  readonly vacuumed = new Resource<HistoryVacuumed>();
  readonly retained = new Resource<{ retention: Retention }>();
  readonly preview = new Resource<PurgePreview>();
  readonly purged = new Resource<PurgeOutcome>();
  readonly finished = new Resource<{ finished: PurgeReceipt[] }>();
  readonly receipt = new Resource<{ receipt: PurgeReceipt; text: string }>();
  #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  load(connection: string): Promise<void> {
    return this.state.load(() => this.#workspace.client.api.getCare({ connection }));
  }

  /** What was found or done for one connection says nothing about another. */
  clear(): void {
    for (const shown of [this.state, this.verified, this.backedUp, this.vacuumed, this.retained]) shown.clear();
    for (const shown of [this.preview, this.purged, this.finished, this.receipt]) shown.clear();
  }

  verify(connection: string): Promise<void> {
    return this.#run(this.verified, connection, 'Verifying the history', (call) =>
      this.#workspace.client.api.verifyHistory(call),
    );
  }

  backUp(connection: string): Promise<void> {
    return this.#run(this.backedUp, connection, 'Backing up', (call) => this.#workspace.client.api.backupHistory(call));
  }

  vacuum(connection: string): Promise<void> {
    return this.#run(this.vacuumed, connection, 'Giving back room', (call) =>
      this.#workspace.client.api.vacuumHistory(call),
    );
  }

  async retain(connection: string, retention: Retention): Promise<void> {
    await this.retained.load(() => this.#workspace.client.api.setRetention({ connection, retention }));
    await this.load(connection);
  }

  rehearse(connection: string, who: string): Promise<void> {
    this.purged.clear();
    return this.#run(this.preview, connection, 'Looking for the person', (call) =>
      this.#workspace.client.api.previewPurge({ ...call, who }),
    );
  }

  async purge(connection: string, id: string): Promise<void> {
    await this.#run(this.purged, connection, 'Purging', (call) =>
      this.#workspace.client.api.purgePerson({ ...call, id }),
    );
    // Whom it was about must not stay on the screen.
    if (this.purged.failure === null) this.preview.clear();
  }

  finish(connection: string): Promise<void> {
    return this.#run(this.finished, connection, 'Finishing purges', (call) =>
      this.#workspace.client.api.finishPurges(call),
    );
  }

  show(connection: string, id: string): Promise<void> {
    return this.receipt.load(() => this.#workspace.client.api.getPurgeReceipt({ connection, id }));
  }

  async lift(connection: string, id: string): Promise<void> {
    await this.receipt.load(() => this.#workspace.client.api.liftPurge({ connection, id }));
    await this.load(connection);
  }

  async #run<T>(
    into: Resource<T>,
    connection: string,
    title: string,
    call: (on: { connection: string; callId: string }) => Promise<Result<T>>,
  ): Promise<void> {
    await into.load(() =>
      this.#workspace.activity.run({ connection, title }, (callId) => call({ connection, callId })),
    );
    await this.load(connection);
  }
}
