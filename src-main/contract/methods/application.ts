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
  /** The SCIM application that the product was made for, from its target profile. */
  target: {
    name: string;
    /** The address that is proposed for a new connection. */
    baseUrl: string;
    /** Hosts that need no confirmation before a secret goes there. */
    hosts: string[];
  };
}

/** The application itself. */
export interface ApplicationMethods {
  getAppInfo(input: Record<string, never>): AppInfo;
  /** Starts the embedded demo tenant if it does not run, and gives its connection, already signed in. */
  openDemo(input: Cancellable & { options?: DemoOptions }): { connection: ConnectionSummary };
  cancel(input: Cancellable): { cancelled: boolean };
}
