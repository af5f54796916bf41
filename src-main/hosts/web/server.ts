import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { FailureCode, Result } from '../../contract/failure.ts';
import { AppError } from '../../core/app-error.ts';
import type { App } from '../compose.ts';
import { windowHeaders } from '../window-policy.ts';
import { createCallerCheck, type CallerCheck, type Refusal } from './caller-check.ts';
import { openEventStream, type EventStream } from './event-stream.ts';
import { serveStaticFiles } from './static-files.ts';

export interface WebHostOptions {
  app: Pick<App, 'call' | 'on'>;
  /** The built window: a folder with `index.html`. */
  rendererDirectory: string;
  /** 0 or none: any free one. */
  port?: number;
}

export interface WebHost {
  /** With the one-run token in its fragment, which browsers do not send. */
  url: string;
  close(): Promise<void>;
}

const bodyLimitBytes = 1_000_000;

const turnAway = (status: number, message: string): { status: number; body: Result<never> } => {
  const code: FailureCode = status === 401 ? 'auth-required' : 'input-invalid';
  const advice =
    status === 401 ? 'Open the address that the program printed.' : 'Use the window, or the command line for scripts.';
  return { status, body: { version: 1, ok: false, failure: { code, message, advice } } };
};

const portOf = (request: FastifyRequest): number => request.socket.localPort ?? 0;

const refuse = (reply: FastifyReply, refusal: Refusal): FastifyReply => {
  const { status, body } = turnAway(refusal.status, refusal.message);
  return reply.code(status).send(body);
};

/** Sentences for what the HTTP layer itself refuses: body too large, not JSON, another content type. */
const protocolMessages: Record<number, string> = {
  400: 'The request is not valid JSON.',
  413: 'The request is too large.',
  415: 'Requests carry JSON (application/json).',
};

const addApi = (
  server: FastifyInstance,
  options: WebHostOptions,
  check: CallerCheck,
  streams: Set<EventStream>,
): void => {
  server.register((api, _options, done) => {
    api.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const refusal = check.refuseAddress(request.headers, portOf(request));
      if (refusal) return refuse(reply, refusal);
      return undefined;
    });

    api.post('/api/session', (request, reply) => {
      const { token } = (request.body ?? {}) as { token?: unknown };
      const session = check.exchange(token, portOf(request));
      if ('status' in session) return refuse(reply, session);
      return reply.header('set-cookie', session.cookie).send({ key: session.key });
    });

    api.register((known, _knownOptions, knownDone) => {
      // Before the body is read: strangers cannot make the program parse anything.
      known.addHook('onRequest', async (request, reply) => {
        const refusal = check.refuseCaller(request.headers, portOf(request));
        if (refusal) return refuse(reply, refusal);
        return undefined;
      });
      known.post('/api/call/:method', (request) =>
        options.app.call((request.params as { method: string }).method, request.body),
      );
      known.get('/api/events', (_request, reply) => {
        const stream = openEventStream(options.app);
        streams.add(stream);
        stream.body.once('close', () => streams.delete(stream));
        return reply.type('application/x-ndjson; charset=utf-8').send(stream.body);
      });
      knownDone();
    });
    done();
  });
};

/**
 * The window on loopback for a browser. Nothing of the contract is known here: a call's name and raw input go to the
 * router, its Result comes back with status 200, also when it is a failure. Throws `input-invalid` when the port is
 * taken, `file-unreadable` when the window was not built.
 */
export const startWebHost = async (options: WebHostOptions): Promise<WebHost> => {
  const check = createCallerCheck();
  const streams = new Set<EventStream>();
  const server = Fastify({ bodyLimit: bodyLimitBytes, forceCloseConnections: true, exposeHeadRoutes: false });
  server.removeContentTypeParser('text/plain');

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(windowHeaders);
    // Links and bookmarks of other sites may lead to the page; only its address must be right.
    const { host } = request.headers;
    const refusal = check.refuseAddress(host === undefined ? {} : { host }, portOf(request));
    if (refusal) return refuse(reply, refusal);
    return undefined;
  });
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    const { body } = turnAway(status, protocolMessages[status] ?? 'The request could not be answered.');
    return reply.code(status).send(body);
  });
  addApi(server, options, check, streams);
  serveStaticFiles(server, options.rendererDirectory);

  try {
    await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  } catch (error) {
    await server.close();
    throw new AppError(
      {
        code: 'input-invalid',
        message: `Port ${String(options.port ?? 0)} cannot be used on this computer.`,
        advice: 'Choose another port, or none for any free one.',
        fields: [{ field: 'port', reason: 'is taken or not allowed' }],
      },
      { cause: error },
    );
  }
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/#token=${check.token}`,
    async close() {
      for (const stream of streams) stream.close();
      await server.close();
    },
  };
};
