import { AppError, cancelled, isAppError } from '../../core/app-error.ts';
import type { Fetch, ReadOptions } from '../../services/ports.ts';
import { isLoopback } from '../net/clouds.ts';
import { networkFailure } from '../net/network-failure.ts';
import { parseJson, readText } from '../net/read-answer.ts';
import { isRedirect, redirectTarget } from '../net/redirects.ts';
import { readRetryAfter } from '../net/retry-after.ts';
import type { Timing } from '../net/wait.ts';
import { createGate } from './pace.ts';
import type { Pace } from './pace.ts';
import { badToken, noToken, scimFailure, scimSource, scimTypeOf } from './scim-failure.ts';

const maxBytes = 256 * 1_048_576;
const maxRedirects = 5;
const maxWaitMs = 300_000;

/** Reading is all this client can do: nothing else is a request. scim-entra.md 5.1. */
export type ScimRequest =
  | { verb: 'GET'; path: string; query?: Readonly<Record<string, string>> }
  | { verb: 'POST'; path: `${string}/.search`; body: Readonly<Record<string, unknown>> };

export interface ScimCall extends ReadOptions {
  /** The path as it may stand in messages, such as `Groups/{id}`. */
  what: string;
  timeoutMs: number;
}

export interface ScimClient {
  /** The JSON of a 200 answer. Throws the Failures of `ScimDirectory`. */
  send(request: ScimRequest, call: ScimCall): Promise<unknown>;
}

export interface ScimClientOptions {
  baseUrl: string;
  /** The secret token, asked for before each request; null when none is stored. */
  token: () => Promise<string | null>;
  fetch: Fetch;
  pace: Pace;
  timing: Timing;
}

/**
 * The base address with a trailing slash and without a flag query such as `?aadOptscim062020` (scim-entra.md 3, URL
 * joining). Throws `input-invalid` for anything but https, or http on loopback.
 */
const scimBase = (baseUrl: string): URL => {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const reason =
    url === null
      ? 'must be an address such as https://host.example/scim/v2/'
      : url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(baseUrl))
        ? 'must be an https address (http is accepted for this computer only)'
        : url.username !== '' || url.password !== ''
          ? 'must not contain a user name or password'
          : null;
  if (url === null || reason !== null) {
    throw new AppError({
      code: 'input-invalid',
      message: `The SCIM base address ${reason}.`,
      advice: 'Correct the SCIM base address of the connection.',
      fields: [{ field: 'scim.baseUrl', reason: reason ?? '' }],
    });
  }
  url.search = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
};

/** How often a status is tried again; 500 only briefly, since huge groups fail that way for good. scim-entra.md 4. */
const attemptsAfter = (status: number): number => {
  if (status === 429 || status === 503) return 5;
  if (status === 502 || status === 504) return 2;
  return status === 500 ? 1 : 0;
};

const assertReading = (request: { verb: string; path: string }): void => {
  const reads = request.verb === 'GET' || (request.verb === 'POST' && request.path.endsWith('/.search'));
  if (!reads) throw new Error(`The SCIM client only reads: ${request.verb} is not a request it makes.`);
};

const bearer = async (token: ScimClientOptions['token']): Promise<string> => {
  const given = (await token())?.trim().replace(/^Bearer\s+/i, '');
  if (given === undefined || given === '') throw noToken();
  // Checked here, because the header's own check would quote the token in its message.
  if (!/^[\x21-\x7e]+$/.test(given)) throw badToken();
  return `Bearer ${given}`;
};

interface Answer {
  status: number;
  body: unknown;
  retryAfterMs: number | null;
}

/** HTTP for the SCIM directory: paced, timed, repeated, and never with the token to another host. */
export const createScimClient = (options: ScimClientOptions): ScimClient => {
  const base = scimBase(options.baseUrl);
  const { timing } = options;
  const gate = createGate(options.pace, timing);

  const urlOf = (request: ScimRequest): string => {
    const url = new URL(request.path, base);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) {
      throw new Error('A SCIM path leads out of the base address.');
    }
    // Not URLSearchParams: it writes spaces as "+", which some servers take literally inside a filter.
    const query = request.verb === 'GET' ? Object.entries(request.query ?? {}) : [];
    url.search = query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
    return url.href;
  };

  const exchange = async (request: ScimRequest, call: ScimCall): Promise<Answer> => {
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(call.timeoutMs)]);
    const authorization = await bearer(options.token);
    let url = urlOf(request);
    try {
      for (let hops = 0; ; hops += 1) {
        call.meter.requests += 1;
        const response = await options.fetch(url, {
          method: request.verb,
          redirect: 'manual',
          signal,
          headers: {
            accept: 'application/scim+json, application/json;q=0.9',
            authorization,
            ...(request.verb === 'POST' ? { 'content-type': 'application/scim+json' } : {}),
          },
          ...(request.verb === 'POST' ? { body: JSON.stringify(request.body) } : {}),
        });
        if (isRedirect(response.status)) {
          await response.body?.cancel();
          if (hops >= maxRedirects) throw scimFailure({ ...refused, status: response.status, what: call.what });
          url = redirectTarget(url, response.headers.get('location'), scimSource);
          continue;
        }
        const text = await readText(response, scimSource, maxBytes);
        const retryAfterMs = readRetryAfter(response.headers, Date.now());
        if (response.status !== 200) {
          return { status: response.status, body: readErrorBody(text), retryAfterMs };
        }
        return { status: 200, body: parseJson(text, response.headers.get('content-type'), scimSource), retryAfterMs };
      }
    } catch (error) {
      throw networkFailure(error, url, signal);
    }
  };

  const pause = async (ms: number, call: ScimCall, why: string): Promise<void> => {
    const wait = Math.min(maxWaitMs, ms);
    call.meter.changed(`Waiting ${Math.ceil(wait / 1000)} s: ${why}`);
    await timing.wait(wait, call.signal);
    call.meter.throttledMs += wait;
    call.meter.changed();
  };

  const send = async (request: ScimRequest, call: ScimCall): Promise<unknown> => {
    assertReading(request);
    for (let attempt = 0; ; attempt += 1) {
      if (call.signal.aborted) throw cancelled();
      // 2, 4, 8 s and so on, with a little jitter so that two clients do not march in step.
      const backOffMs = 2_000 * 2 ** attempt * (1 + Math.random() / 10);
      try {
        const answer = await gate.pass(
          call.signal,
          (ms) => {
            call.meter.throttledMs += Math.round(ms);
          },
          () => exchange(request, call),
        );
        if (answer.status === 200) return answer.body;
        const refusal = scimFailure({ ...answer, scimType: scimTypeOf(answer.body), what: call.what });
        if (attempt >= attemptsAfter(answer.status)) throw refusal;
        const ms = Math.max(1_000, answer.retryAfterMs ?? backOffMs);
        await pause(ms, call, answer.status === 429 ? 'UNIFI gets too many requests' : 'UNIFI is not available');
      } catch (error) {
        if (call.signal.aborted) throw cancelled();
        const passing = isAppError(error) && (error.code === 'network-unreachable' || error.code === 'timed-out');
        if (!passing || attempt >= 1) throw error;
        await pause(backOffMs, call, 'UNIFI could not be reached');
      }
    }
  };

  return { send };
};

const refused = { scimType: null, retryAfterMs: null };

/** Error bodies are optional and may be anything; only their `scimType` is of use. */
const readErrorBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
