import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { AppError } from '../../core/app-error.ts';
import type { Fetch } from '../../services/ports.ts';
import { networkFailure } from '../net/network-failure.ts';
import { parseJson, readText } from '../net/read-answer.ts';
import { isRedirect, redirectTarget } from '../net/redirects.ts';
import { readRetryAfter } from '../net/retry-after.ts';
import type { Authority } from './authority.ts';
import { currentCall } from './msal-call.ts';
import { signInFailure } from './sign-in-failure.ts';

const requestMs = 30_000;
const maxBytes = 4 * 1024 * 1024;
/** How long the sign-in host is left alone after a 429 that does not say for how long. */
const restMs = 60_000;
const source = 'sign-in';

/** An OAuth error in the form of MSAL's own. */
const readOAuthError = (body: unknown): { errorCode: string; errorMessage: string } | null => {
  if (typeof body !== 'object' || body === null || !('error' in body) || typeof body.error !== 'string') return null;
  const description = 'error_description' in body ? body.error_description : '';
  return { errorCode: body.error, errorMessage: typeof description === 'string' ? description : '' };
};

/**
 * MSAL's network: time-outs, the proxy of `fetch`, no redirect, no host but the authority's, and a rest after 429,
 * which MSAL forgets as soon as a cache plugin is used (msal-desktop.md 5 and 8). `nowMs` is the real time.
 */
export const createNetworkClient = (options: {
  fetch: Fetch;
  authority: Authority;
  nowMs(): number;
}): INetworkModule => {
  const { fetch, authority, nowMs } = options;
  let restUntilMs = 0;

  const throttled = (): AppError => {
    const retryAfterMs = Math.max(0, restUntilMs - nowMs());
    return new AppError({
      code: 'auth-failed',
      message: 'The sign-in service is limiting requests.',
      advice: `Try again in ${Math.ceil(retryAfterMs / 1000)} seconds.`,
      status: 429,
      retryAfterMs,
    });
  };

  const request = async <T>(
    method: 'GET' | 'POST',
    url: string,
    given: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<T>> => {
    const real = authority.toReal(url);
    if (nowMs() < restUntilMs) throw throttled();
    const signals = [AbortSignal.timeout(requestMs)];
    const caller = currentCall()?.signal;
    if (caller) signals.push(caller);
    let answer: { status: number; headers: Headers; text: string };
    try {
      const response = await fetch(real, {
        method,
        redirect: 'manual',
        signal: AbortSignal.any(signals),
        ...(given?.headers ? { headers: given.headers } : {}),
        ...(given?.body === undefined ? {} : { body: given.body }),
      });
      answer = { status: response.status, headers: response.headers, text: await readText(response, source, maxBytes) };
    } catch (error) {
      throw networkFailure(error, real, caller);
    }
    const { status, headers, text } = answer;
    if (isRedirect(status)) {
      // Not followed even on the same host: what is posted here are secrets.
      redirectTarget(real, headers.get('location'), source);
      throw new AppError({
        code: 'response-unexpected',
        message: 'The sign-in host answered with a redirect, which was not followed.',
        advice: 'Check the authority of the connection.',
        source,
        status,
      });
    }
    if (status === 429) {
      restUntilMs = nowMs() + (readRetryAfter(headers, nowMs()) ?? restMs);
      throw throttled();
    }
    if (status >= 500) {
      throw new AppError({
        code: 'auth-failed',
        message: `The sign-in service could not answer (HTTP ${status}).`,
        advice: 'Try again in a few minutes.',
        status,
      });
    }
    const body = parseJson(authority.toAlias(text), headers.get('content-type'), source);
    const error = readOAuthError(body);
    if (status >= 400 && error && (method === 'GET' || new URL(real).pathname.endsWith('/devicecode'))) {
      // Of a refused discovery MSAL tells nothing, and any answer of the device endpoint it takes for a code.
      throw signInFailure(error, 'sign-in');
    }
    return { status, headers: Object.fromEntries(headers.entries()), body: body as T };
  };

  /** MSAL gives every error a code of its own; the first one of the call is kept for the person. */
  const remember = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const call = currentCall();
      if (call && error instanceof AppError) call.failure ??= error;
      throw error;
    }
  };

  return {
    sendGetRequestAsync: (url, given) => remember(request('GET', url, given)),
    sendPostRequestAsync: (url, given) => remember(request('POST', url, given)),
  };
};
