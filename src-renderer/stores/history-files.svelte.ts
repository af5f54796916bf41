import type { CaseFile, CaseScope } from '../../src-main/contract/models/case-file.ts';
import type { ImportReport } from '../../src-main/contract/models/import.ts';
import { Resource } from './resource.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Files that a history takes in and gives out: downloads of the portal, case files. */
export class HistoryFiles {
  readonly imported = new Resource<ImportReport>();
  readonly written = new Resource<CaseFile>();
  #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Paths of the computer that the program runs on. */
  import(connection: string, files: string[]): Promise<void> {
    const { activity, client } = this.#workspace;
    return this.imported.load(() =>
      activity.run({ connection, title: 'Importing' }, (callId) => client.api.importLog({ connection, callId, files })),
    );
  }

  write(connection: string, scope: CaseScope, options: { redact: boolean }): Promise<void> {
    const { activity, client } = this.#workspace;
    return this.written.load(() =>
      activity.run({ connection, title: 'Writing the case file' }, (callId) =>
        client.api.writeCaseFile({ connection, callId, scope, ...options }),
      ),
    );
  }

  /** Opens a case file; gives the connection that shows it, or null after a failure. */
  readonly opened = new Resource<{ id: string }>();
  async open(file: string): Promise<string | null> {
    const { activity, client } = this.#workspace;
    await this.opened.load(async () => {
      const result = await activity.run({ connection: null, title: 'Checking the case file' }, (callId) =>
        client.api.openCaseFile({ callId, file }),
      );
      return result.ok ? { version: 1, ok: true, value: { id: result.value.connection.id } } : result;
    });
    return this.opened.state.kind === 'ready' ? this.opened.state.data.id : null;
  }
}
