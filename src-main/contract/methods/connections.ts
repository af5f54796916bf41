import type { ConnectReport, ConnectionFile, ConnectionSummary } from '../models/connection.ts';
import type { TargetProfile } from '../models/target-profile.ts';
import type { Cancellable, OnConnection } from './call.ts';

export type SecretKind = 'scim-token' | 'client-secret' | 'access-token';

export interface SignInReport {
  /** Display of who signed in: the account's user name, or the application for unattended modes. */
  account: string;
  /** False when nothing outlives this process, because no key store is there. */
  persistent: boolean;
  expiresAt: string | null;
}

/** Connections, their sign-in and their secrets. */
export interface ConnectionMethods {
  listConnections(input: Record<string, never>): { connections: ConnectionSummary[] };
  /** Tests everything, and saves unless fields are wrong, the sign-in is refused, or a choice is open. */
  connect(
    input: Cancellable & {
      connection: ConnectionFile;
      /** Confirms custom hosts, so that secrets of the environment may be sent there. */
      trustHost?: boolean;
      /** Overwrites a saved connection of the same name. */
      replace?: boolean;
      /** Write-only: what the tests need before anything is saved. */
      secrets?: Partial<Record<SecretKind, string>>;
      /** How the application is found in Entra; left out: as UNIFI. */
      profile?: TargetProfile;
    },
  ): ConnectReport;
  /** The same tests on a saved connection, after new secrets or consent. */
  testConnection(input: OnConnection & Cancellable): ConnectReport;
  /** Deletes its database file and its secrets, too. */
  deleteConnection(input: { connection: string }): { deleted: string };
  /** Write-only: no method gives a secret back. */
  setSecret(input: { connection: string; kind: SecretKind; value: string }): { stored: 'key-store' | 'memory' };
  signIn(input: OnConnection & Cancellable & { mode?: 'interactive' | 'device-code' }): SignInReport;
  signOut(input: OnConnection): { signedOut: boolean };
}
