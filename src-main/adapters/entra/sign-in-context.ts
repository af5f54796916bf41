import type { INetworkModule } from '@azure/msal-node';
import type { Connection } from '../../contract/models/connection.ts';
import type { SecretVault } from '../../services/ports.ts';
import type { Authority } from './authority.ts';
import type { Environment } from './credentials.ts';

/** What every way of signing in works with. */
export interface SignInContext {
  connection: Connection;
  connectionId: string;
  clientId: string;
  authority: Authority;
  /** Origin of Graph: the resource of all scopes. */
  graph: string;
  vault: SecretVault;
  env: Environment;
  networkClient: INetworkModule;
  openBrowser(url: string): Promise<void>;
  nowMs(): number;
  browserLimitMs?: number;
}
