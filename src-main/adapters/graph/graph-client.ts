import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Connection } from '../../contract/models/connection.ts';
import { cancelled } from '../../core/app-error.ts';
import type { Fetch, ReadOptions, TokenProvider } from '../../services/ports.ts';
import { hostsOf } from '../net/clouds.ts';
import { parseJson } from '../net/read-answer.ts';
import { realTiming, type Timing } from '../net/wait.ts';
import { graphFailure } from './graph-failure.ts';
import {
  createAuthMiddleware,
  createOutcomeMiddleware,
  createPacingMiddleware,
  createSendMiddleware,
} from './middleware.ts';
import { pacingOf } from './pacing-rules.ts';
import { RequestDetails, type Bucket } from './request-details.ts';
import { createRetryMiddleware } from './retry.ts';
import type { Resource } from './rights.ts';

export interface GraphRequest extends ReadOptions {
  resource: Resource;
  /** Left out: `directory`. */
  bucket?: Bucket;
  headers?: Record<string, string>;
  /** Left out: `parseJson`. */
  parse?: ParseAnswer;
}

export interface GraphClient {
  /** Origin of Graph; page links must stay there. */
  readonly origin: string;
  /**
   * The JSON value at `url` (absolute, sent as it stands). Throws `graph-*`, `auth-*`, `network-unreachable`,
   * `timed-out`, `response-unexpected`, `cancelled`.
   */
  get(url: string, request: GraphRequest): Promise<unknown>;
}

/** Reads the text of a good answer. */
export type ParseAnswer = (text: string, contentType: string | null, source: string) => unknown;

export interface GraphClientOptions {
  connection: Pick<Connection, 'cloud' | 'tenantId'>;
  tokens: TokenProvider;
  fetch: Fetch;
  env: Record<string, string | undefined>;
  /** Left out: real time. Pacing and retries never follow the application's clock. */
  timing?: Timing;
}

/**
 * Microsoft's client with our own chain: retry -> token -> pacing -> send. The only place that talks to Graph.
 * Loopback http works without an alias, because the chain itself puts the token on and sends the address as given
 * (the client does neither for http, stack.md "Graph client against a loopback server").
 */
export const createGraphClient = (options: GraphClientOptions): GraphClient => {
  const { graph } = hostsOf(options.connection.cloud);
  const timing = options.timing ?? realTiming;
  const send = createSendMiddleware(options.fetch, graph);
  const paced = createPacingMiddleware(pacingOf(options.connection, options.env), timing, send);
  const signed = createAuthMiddleware(options.tokens, paced);
  const middleware = createOutcomeMiddleware(createRetryMiddleware(timing, signed));
  const client = Client.initWithMiddleware({ middleware });

  return {
    origin: graph,
    async get(url, request) {
      const { resource, signal, meter } = request;
      if (signal.aborted) throw cancelled();
      const details = new RequestDetails({ url, resource, bucket: request.bucket ?? 'directory', signal, meter });
      await client
        .api(new URL(url).pathname)
        .headers({ Accept: 'application/json', 'x-ms-throttle-priority': 'low', ...request.headers })
        .middlewareOptions([details])
        .responseType(ResponseType.RAW)
        .get();
      if (details.failed) throw signal.aborted ? cancelled() : details.failed.error;
      const { answer } = details;
      if (answer === null) throw new TypeError('a Graph request ended without answer and without error');
      if (answer.status < 200 || answer.status > 299) throw graphFailure(answer, resource, Date.now());
      const parse = request.parse ?? parseJson;
      return parse(answer.text, answer.headers.get('content-type'), resource);
    },
  };
};
