import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Fetch, TokenProvider } from '../../services/ports.ts';
import { networkFailure } from '../net/network-failure.ts';
import { readText } from '../net/read-answer.ts';
import { isRedirect, redirectTarget } from '../net/redirects.ts';
import type { Timing } from '../net/wait.ts';
import { readClaimsChallenge } from './claims-challenge.ts';
import { licenceCode, readServiceError } from './graph-failure.ts';
import type { Pacing } from './pacing.ts';
import { RequestDetails, type Bucket } from './request-details.ts';

/** The largest page that is accepted; a page of 500 log rows has about 2 MB. */
const maxBytes = 64 * 1024 * 1024;
/** One attempt, from its start to the end of the body. */
const attemptMs = 120_000;

export const detailsOf = (context: Context): RequestDetails => {
  const details = context.middlewareControl?.getMiddlewareOptions(RequestDetails);
  if (!(details instanceof RequestDetails)) throw new TypeError('a Graph request without its details');
  return details;
};

/**
 * The outermost handler. The client would wrap an error of the chain into its own kind, so the error is kept aside
 * and thrown by `createGraphClient` as it was.
 */
export const createOutcomeMiddleware = (next: Middleware): Middleware => ({
  async execute(context) {
    const details = detailsOf(context);
    try {
      await next.execute(context);
    } catch (error) {
      details.failed = { error };
    }
  },
});

/** Lets a request through when its bucket has room. Inside everything that repeats requests: those count as well. */
export const createPacingMiddleware = (
  pacing: Readonly<Record<Bucket, Pacing | null>>,
  timing: Timing,
  next: Middleware,
): Middleware => ({
  async execute(context) {
    const details = detailsOf(context);
    const window = pacing[details.bucket];
    if (window === null) return next.execute(context);
    await window.run(() => next.execute(context), { timing, signal: details.signal, meter: details.meter });
  },
});

/** Asks for a new token in place of the kept one: any claims do, and these want nothing. */
const renewalClaims = '{"access_token":{}}';

/**
 * Puts the token on the request, and answers a 401 once with a new token: with the claims of a challenge
 * (msal-desktop.md 6), or simply a new one, for a token that Graph takes for expired while this computer's clock does not.
 */
export const createAuthMiddleware = (tokens: TokenProvider, next: Middleware): Middleware => {
  const send = async (context: Context, claims?: string): Promise<void> => {
    const { signal } = detailsOf(context);
    const token = await tokens.getToken({ signal, ...(claims === undefined ? {} : { claims }) });
    context.options = {
      ...context.options,
      headers: {
        ...(context.options?.headers as Record<string, string> | undefined),
        Authorization: `Bearer ${token}`,
      },
    };
    await next.execute(context);
  };
  return {
    async execute(context) {
      await send(context);
      const { answer } = detailsOf(context);
      if (answer?.status !== 401 || readServiceError(answer).code === licenceCode) return;
      await send(context, readClaimsChallenge(answer.headers.get('www-authenticate')) ?? renewalClaims);
    },
  };
};

/**
 * Sends the request and reads the answer to its end, so that a body that breaks off can be asked for again. Follows a
 * redirect within the same origin; refuses any other, and every address outside Graph's origin.
 */
export const createSendMiddleware = (fetch: Fetch, graph: string): Middleware => ({
  async execute(context) {
    const details = detailsOf(context);
    const signal = AbortSignal.any([details.signal, AbortSignal.timeout(attemptMs)]);
    const headers = (context.options?.headers ?? {}) as Record<string, string>;
    let url = redirectTarget(graph, details.url, details.resource);
    try {
      for (let hops = 0; ; hops += 1) {
        details.meter.requests += 1;
        const response = await fetch(url, { method: 'GET', headers, redirect: 'manual', signal });
        if (isRedirect(response.status) && hops < 5) {
          await response.body?.cancel();
          url = redirectTarget(url, response.headers.get('location'), details.resource);
          continue;
        }
        const text = await readText(response, details.resource, maxBytes);
        details.answer = { status: response.status, headers: response.headers, text };
        context.response = response;
        return;
      }
    } catch (error) {
      throw networkFailure(error, url, details.signal);
    }
  },
});
