import type { DemoOptions } from '../models/demo.ts';
import type { ConnectionSummary } from '../models/connection.ts';
import type { Cancellable } from './call.ts';

export interface AppInfo {
  name: string;
  version: string;
  host: 'electron' | 'web' | 'cli';
  dataDirectory: string;
  /** False when no key store of the operating system is there: secrets then live only as long as this process. */
  keyStore: boolean;
  now: string;
}

/** The application itself. */
export interface ApplicationMethods {
  getAppInfo(input: Record<string, never>): AppInfo;
  /** Starts the embedded demo tenant if it does not run, and gives its connection, already signed in. */
  openDemo(input: Cancellable & { options?: DemoOptions }): { connection: ConnectionSummary };
  cancel(input: Cancellable): { cancelled: boolean };
}
