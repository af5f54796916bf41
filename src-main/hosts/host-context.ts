import type { StoredRedactionKey } from '../adapters/files/redaction-key.ts';
import type { AskSystemProxy } from '../adapters/net/system-proxy.ts';
import type { QueryRunner } from '../adapters/sqlite/console/create-query-runner.ts';
import type { BugLog } from '../services/failure-of.ts';
import type { ConnectionStore, Fetch, SecretVault } from '../services/ports.ts';
import type { Calls } from './calls.ts';
import type { DemoHost } from './demo-host.ts';
import type { EventBus } from './event-bus.ts';
import type { SessionOptions, Sessions } from './sessions.ts';

/** What the handlers of all hosts share. */
export interface HostContext {
  dataDirectory: string;
  jobWorkerUrl: URL;
  careWorkerUrl: URL;
  fetch: Fetch;
  bugs: BugLog;
  calls: Calls;
  connections: ConnectionStore;
  demo: DemoHost;
  events: EventBus;
  queries: QueryRunner;
  /** The key of pseudonyms of this computer; made when it is first asked for. */
  redactionKey(): Promise<StoredRedactionKey>;
  sessions: Sessions;
  sessionOptions: SessionOptions;
  /** Null: this host cannot ask the operating system for its proxy. */
  systemProxy: AskSystemProxy | null;
  vault: SecretVault;
  /** Ids of the connections whose history a collection, check or import is writing. */
  writing: Set<string>;
}
