import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { AppInfo } from '../../src-main/contract/methods/application.ts';
import type { ConnectionSummary } from '../../src-main/contract/models/connection.ts';
import type { StatusResult } from '../../src-main/contract/models/job-status.ts';
import { WindowLocation } from '../lib/address/location.svelte.ts';
import type { Client, LinkState } from '../lib/client/client.ts';
import { pastOf } from '../lib/address/past.svelte.ts';
import { createPastApi } from '../lib/client/past-api.ts';
import { Activity } from './activity.svelte.ts';
import { Past } from './past.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** What all views of one window share: the program, the address, the connections, what runs, and the time. */
export class Workspace {
  readonly client: Client;
  readonly location = new WindowLocation();
  readonly activity: Activity;
  readonly connections = new Resource<{ connections: ConnectionSummary[] }>();
  readonly info = new Resource<AppInfo>();
  readonly status = new Resource<StatusResult>();
  readonly past: Past;
  link = $state<LinkState>('connected');
  #clock = $state(Date.now());
  #versions = new SvelteMap<string, number>();
  #statusOf: string | null = null;

  constructor(client: Client) {
    this.client = {
      api: createPastApi(client.api, pastOf),
      subscribe: (name, listener) => client.subscribe(name, listener),
      watchLink: (listener) => client.watchLink(listener),
    };
    this.past = new Past(client.api);
    this.activity = new Activity(client);
    client.subscribe('dataChanged', ({ connectionId }) => this.#onDataChanged(connectionId));
    client.watchLink((state) => this.#onLink(state));
    setInterval(() => {
      this.#clock = Date.now();
    }, 15_000);
  }

  /** Loads what the frame shows. */
  open(): void {
    void this.info.load(() => this.client.api.getAppInfo({}));
    this.reloadConnections();
  }

  reloadConnections(): void {
    void this.connections.load(() => this.client.api.listConnections({}));
  }

  /** The connection of an id; null while the list is not there, or when there is none. */
  connection(id: string): ConnectionSummary | null {
    return this.connections.data?.connections.find((item) => item.id === id) ?? null;
  }

  /** Job health and freshness of a connection, for the frame and the overview alike. */
  loadStatus(connection: string): void {
    if (this.#statusOf !== connection) this.status.clear();
    this.#statusOf = connection;
    void this.status.load(() => this.client.api.getStatus({ connection }));
  }

  /**
   * Grows with every change of the stored data of a connection: what reads it is loaded again. So it is when another
   * state of it is shown.
   */
  version(connection: string): number {
    void pastOf(connection);
    return this.#versions.get(connection) ?? 0;
  }

  /**
   * The present moment, epoch milliseconds, that ages of this connection's data count from. The demo tenant's time
   * stands still at the moment that was simulated, and in the past it stands at the run's: the status says which.
   */
  now(connection: ConnectionSummary | null): number {
    const status = this.#statusOf === connection?.id ? this.status.data : null;
    const standsStill = connection !== null && (connection.demo || pastOf(connection.id) !== null);
    return standsStill && status ? Date.parse(status.now) : this.#clock;
  }

  #onDataChanged(connection: string): void {
    this.#versions.set(connection, this.version(connection) + 1);
    this.reloadConnections();
  }

  #onLink(state: LinkState): void {
    const back = state === 'connected' && this.link === 'interrupted';
    this.link = state;
    if (!back) return;
    // Events may have been missed meanwhile.
    for (const { id } of this.connections.data?.connections ?? []) this.#onDataChanged(id);
  }
}

export const [useWorkspace, provideWorkspace] = createContext<Workspace>();
