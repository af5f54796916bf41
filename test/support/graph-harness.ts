import { createGraph } from '../../src-main/adapters/graph/create-graph.ts';
import { createFetch } from '../../src-main/adapters/net/create-fetch.ts';
import type { Graph, ReadMeter, TokenProvider } from '../../src-main/services/ports.ts';
import { aConnection } from './connections.ts';
import { createFastTiming } from './fast-timing.ts';
import { startJsonServer, type Call, type JsonServer, type Reply } from './json-server.ts';

export interface Meter extends ReadMeter {
  notes: string[];
}

export const aMeter = (): Meter => {
  const notes: string[] = [];
  return {
    requests: 0,
    pages: 0,
    items: 0,
    malformed: 0,
    withheld: 0,
    throttledMs: 0,
    total: null,
    notes,
    changed: (note) => void (note !== undefined && notes.push(note)),
    keepAside: () => undefined,
  };
};

export interface GraphHarness {
  server: JsonServer;
  graph: Graph;
  meter: Meter;
  read: { signal: AbortSignal; meter: Meter };
  /** Answers the next calls before anything else does. */
  script: Reply[];
  /** Claims with which tokens were asked for. */
  claims: (string | undefined)[];
}

export const timingFactor = 100;

/** Graph's adapter against a real server on loopback; waits pass a hundred times as fast. */
export const startGraphHarness = async (
  answer: (call: Call, origin: string) => Reply | Promise<Reply>,
  env: Record<string, string | undefined> = {},
): Promise<GraphHarness> => {
  const script: Reply[] = [];
  const claims: (string | undefined)[] = [];
  const server: JsonServer = await startJsonServer((call) => script.shift() ?? answer(call, server.origin));
  const tokens: TokenProvider = {
    getToken(options) {
      claims.push(options.claims);
      return Promise.resolve(`token-${claims.length}`);
    },
  };
  const meter = aMeter();
  const graph = createGraph({
    connection: aConnection({ graph: server.origin }),
    tokens,
    fetch: createFetch({}),
    clock: { now: () => new Date('2026-11-20T12:00:00Z') },
    env,
    timing: createFastTiming(timingFactor),
  });
  return { server, graph, meter, read: { signal: new AbortController().signal, meter }, script, claims };
};

export const collectAll = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
};
