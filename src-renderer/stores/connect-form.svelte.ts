import type { FieldProblem, Failure } from '../../src-main/contract/failure.ts';
import type { ConnectReport, JobCandidate } from '../../src-main/contract/models/connection.ts';
import type { SecretKind } from '../../src-main/contract/methods/connections.ts';
import { connectionFileOf, customHostsOf, emptyDraft, type ConnectDraft } from '../lib/connect-draft.ts';
import type { RunningCall } from './activity.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** What the connect wizard asks, and what the program made of it. */
export class ConnectForm {
  draft = $state<ConnectDraft>(emptyDraft());
  report = $state.raw<ConnectReport | null>(null);
  failure = $state.raw<Failure | null>(null);
  #callId = $state<string | null>(null);
  #proposed = false;
  #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get call(): RunningCall | null {
    return this.#callId === null ? null : this.#workspace.activity.find(this.#callId);
  }

  get fields(): readonly FieldProblem[] {
    return this.failure?.fields ?? [];
  }

  /** Hosts outside the known clouds and this computer, which the person has to confirm. */
  get customHosts(): string[] {
    return customHostsOf(this.draft, this.#workspace.info.data?.target.hosts ?? []);
  }

  /** Fills in the address of the application that the product was made for, once it is known and unless one stands there. */
  proposeAddress(): void {
    const { data } = this.#workspace.info;
    if (this.#proposed || data === null) return;
    this.#proposed = true;
    if (this.draft.scimBaseUrl === '') this.draft.scimBaseUrl = data.target.baseUrl;
  }

  /** Tests everything and saves; `candidate` settles an open choice of the attempt before. */
  async connect(candidate?: JobCandidate): Promise<void> {
    const { activity, client } = this.#workspace;
    const connection = connectionFileOf(this.draft, candidate);
    const secrets = this.#secrets();
    this.failure = null;
    this.report = null;
    const result = await activity.run({ connection: null, title: 'Testing the connection' }, (callId) => {
      this.#callId = callId;
      return client.api.connect({
        callId,
        connection,
        ...(this.draft.trustHost ? { trustHost: true } : {}),
        ...(this.draft.replace ? { replace: true } : {}),
        ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
      });
    });
    if (!result.ok) {
      this.failure = result.failure;
      return;
    }
    this.report = result.value;
    if (!result.value.saved) return;
    // Saved: the secrets have gone where they belong, and need not stay in the page.
    this.draft.scimToken = '';
    this.draft.secret = '';
    this.#workspace.reloadConnections();
  }

  #secrets(): Partial<Record<SecretKind, string>> {
    const { scimToken, secret, signIn } = this.draft;
    return {
      ...(scimToken ? { 'scim-token': scimToken } : {}),
      ...(secret && (signIn === 'client-secret' || signIn === 'access-token') ? { [signIn]: secret } : {}),
    };
  }
}
