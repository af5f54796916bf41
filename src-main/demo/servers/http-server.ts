import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  /** The origin that the client used: links in answers are built from it. */
  origin: string;
  /** The whole body as text. Throws when it is longer than 1 MB. */
  body(): Promise<string>;
}

export interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Ends the connection after half of the body, although the whole length was announced. */
  cutOff?: boolean;
  /** Milliseconds before the answer starts. */
  delayMs?: number;
}

export type HttpHandler = (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;

export interface HttpServer {
  /** Such as `http://127.0.0.1:41234`. */
  origin: string;
  /** Ends every connection, also those in the middle of an answer. */
  close(): Promise<void>;
}

const bodyLimit = 1_048_576;
const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\]):\d+$/u;

const readBody = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length > bodyLimit) throw new RangeError('the request body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const send = (response: ServerResponse, answer: HttpAnswer, headOnly: boolean): void => {
  const body = Buffer.from(answer.body ?? '', 'utf8');
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': body.byteLength });
  if (answer.cutOff) {
    response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => response.destroy());
    return;
  }
  response.end(headOnly ? undefined : body);
};

/**
 * A plain HTTP server on a free port of 127.0.0.1. A request for any other host name is refused, so that no page in a
 * browser can reach it under a name of its own. What a handler throws is answered with 500 and its message.
 */
export const startHttpServer = async (handler: HttpHandler): Promise<HttpServer> => {
  const closed = new AbortController();

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = message.headers.host ?? '';
    if (!loopbackHost.test(host) || !URL.canParse(message.url ?? '', `http://${host}`)) {
      send(response, { status: 421, body: 'This server answers on loopback only.' }, false);
      return;
    }
    const origin = `http://${host}`;
    const method = message.method ?? 'GET';
    let result: HttpAnswer;
    try {
      result = await handler({
        method,
        url: new URL(message.url ?? '', origin),
        headers: message.headers,
        origin,
        body: () => readBody(message),
      });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      result = { status: 500, headers: { 'Content-Type': 'text/plain' }, body: `The demo tenant failed: ${text}` };
    }
    if (result.delayMs !== undefined) await waitUnless(closed.signal, result.delayMs);
    if (!response.destroyed) send(response, result, method === 'HEAD');
  };

  const server = createServer((message, response) => void answer(message, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        closed.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const waitUnless = (signal: AbortSignal, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
