import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  method: string;
  /** Path with query, as sent. */
  path: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
  /** Milliseconds of a clock that never jumps. */
  atMs: number;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Text as it stands, anything else as JSON. */
  body?: unknown;
  /** Breaks the connection after the head. */
  breakOff?: boolean;
}

export interface JsonServer {
  origin: string;
  calls: Call[];
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const send = (response: ServerResponse, reply: Reply): void => {
  const isText = typeof reply.body === 'string';
  response.writeHead(reply.status ?? 200, {
    'content-type': isText ? 'text/html' : 'application/json',
    ...reply.headers,
  });
  if (reply.breakOff) {
    response.write('{"value": [');
    setTimeout(() => response.destroy(), 10);
    return;
  }
  response.end(isText ? (reply.body as string) : reply.body === undefined ? '' : JSON.stringify(reply.body));
};

/** A real HTTP server on loopback whose answers a test decides call by call. */
export const startJsonServer = async (answer: (call: Call) => Reply | Promise<Reply>): Promise<JsonServer> => {
  const calls: Call[] = [];
  const server: Server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? '/';
      const body = await readBody(request);
      const url = new URL(path, 'http://127.0.0.1');
      const call: Call = {
        method: request.method ?? '',
        path,
        url,
        headers: request.headers,
        body,
        atMs: performance.now(),
      };
      calls.push(call);
      send(response, await answer(call));
    })().catch((error: unknown) => send(response, { status: 500, body: { error: { message: String(error) } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
