import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import type { Timing } from '../../../src-main/adapters/net/wait.ts';
import { createScimDirectory } from '../../../src-main/adapters/scim/create-scim-directory.ts';
import type { ListEnd, ReadMeter, ReadOptions, ScimDirectory } from '../../../src-main/services/ports.ts';

export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  rawQuery: string;
  authorization: string | undefined;
  atMs: number;
}

export interface TestServer {
  url: string;
  requests: SeenRequest[];
  close(): Promise<void>;
}

export type Answer = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  text?: string;
  delayMs?: number;
};

/** A real HTTP server on loopback that answers as `answer` says and remembers what it was asked. */
export const startServer = async (answer: (request: SeenRequest) => Answer): Promise<TestServer> => {
  const requests: SeenRequest[] = [];
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const seen: SeenRequest = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      rawQuery: url.search,
      authorization: incoming.headers.authorization,
      atMs: performance.now(),
    };
    requests.push(seen);
    const { status = 200, headers = {}, body, text, delayMs = 0 } = answer(seen);
    setTimeout(() => {
      outgoing.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
      outgoing.end(text ?? JSON.stringify(body ?? {}));
    }, delayMs);
  };
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

export const listBody = (resources: unknown[], over: Record<string, unknown> = {}): Record<string, unknown> => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: resources.length,
  Resources: resources,
  ...over,
});

/** Waits of retries pass at once and are remembered. */
export const fastTiming = (): Timing & { waits: number[] } => {
  const waits: number[] = [];
  return {
    waits,
    nowMs: () => performance.now(),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
};

export const directoryAt = (
  baseUrl: string,
  over: Partial<Parameters<typeof createScimDirectory>[0]> = {},
): ScimDirectory =>
  createScimDirectory({
    baseUrl,
    token: () => Promise.resolve('token-4711'),
    fetch: createFetch({}),
    pace: { concurrent: 2, perSecond: 10_000 },
    ...over,
  });

export const reading = (): ReadOptions & { meter: ReadMeter; notes: string[] } => {
  const notes: string[] = [];
  const changed = (note?: string): void => {
    if (note !== undefined) notes.push(note);
  };
  const keepAside = (): void => undefined;
  const meter: ReadMeter = {
    requests: 0,
    pages: 0,
    items: 0,
    malformed: 0,
    withheld: 0,
    throttledMs: 0,
    total: null,
    changed,
    keepAside,
  };
  return { signal: new AbortController().signal, meter, notes };
};

export const drain = async <T>(pages: AsyncGenerator<T[], ListEnd>): Promise<{ items: T[]; end: ListEnd }> => {
  const items: T[] = [];
  for (;;) {
    const page = await pages.next();
    if (page.done) return { items, end: page.value };
    items.push(...page.value);
  }
};
