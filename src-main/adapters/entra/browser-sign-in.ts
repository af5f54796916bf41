import { request } from 'node:http';
import type { AuthenticationResult, InteractiveRequest, PublicClientApplication } from '@azure/msal-node';
import { AppError, cancelled, isAppError } from '../../core/app-error.ts';
import { isLoopback } from '../net/clouds.ts';
import type { Authority } from './authority.ts';

/** A browser that nobody finishes in is given up after this time. msal-desktop.md 2. */
export const browserLimitMs = 5 * 60_000;

/** Static pages: no token data, no script. */
const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;

const successTemplate = page('Signed in', 'You can close this tab and return to UNIFI Provisioning Monitor.');
const errorTemplate = page('Not signed in', 'Return to UNIFI Provisioning Monitor; it says why.');

/** Recognisable in any log as ours, and not a refusal by a person. */
const cancelDescription = 'cancelled-by-unifi-provisioning-monitor';

/**
 * Ends the pending sign-in by answering in the service's place: MSAL has no other way to be cancelled, and only a
 * settled sign-in closes its port. msal-desktop.md 2.
 */
const postCancel = (authorizeUrl: string): Promise<void> =>
  new Promise((resolve) => {
    const query = new URL(authorizeUrl).searchParams;
    const redirect = new URL(query.get('redirect_uri') ?? '');
    const body = new URLSearchParams({
      error: 'access_denied',
      error_description: cancelDescription,
      state: query.get('state') ?? '',
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
    // MSAL listens on 127.0.0.1, whatever `localhost` of its redirect address resolves to.
    const options = { host: '127.0.0.1', port: redirect.port, path: '/', method: 'POST', headers, agent: false };
    const call = request(options, (response) => {
      response.resume();
      response.on('close', () => resolve());
    });
    // The port may have closed by itself meanwhile: then the sign-in has settled already.
    call.on('error', () => resolve());
    call.end(body);
  });

/** The address for the browser, checked: https or loopback, on the sign-in host. Throws `auth-failed`. */
const browserUrl = (authority: Authority, url: string): string => {
  const real = authority.toReal(url);
  if (real.startsWith('https:') || isLoopback(real)) return real;
  throw new AppError({
    code: 'auth-failed',
    message: 'The sign-in page is not an https address; it was not opened.',
    advice: 'Check the authority of the connection.',
  });
};

export interface BrowserSignInOptions {
  app: PublicClientApplication;
  authority: Authority;
  request: Pick<InteractiveRequest, 'scopes' | 'claims'>;
  signal: AbortSignal;
  openBrowser(url: string): Promise<void>;
  limitMs: number;
}

/**
 * Signs in with the system's browser. Cancelling and the time limit really close the port that waits for the answer.
 * Throws `cancelled`, `timed-out`, an AppError of `openBrowser`, or MSAL's own error.
 */
export const signInWithBrowser = async (options: BrowserSignInOptions): Promise<AuthenticationResult> => {
  const { app, authority, signal } = options;
  let authorizeUrl: string | null = null;
  let ended: AppError | null = null;

  const end = (because: AppError): void => {
    ended ??= because;
    if (authorizeUrl !== null) void postCancel(authorizeUrl);
  };
  const onAbort = (): void => end(cancelled());
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => {
    end(
      new AppError({
        code: 'timed-out',
        message: 'The sign-in in the browser was not finished in time.',
        advice: 'Sign in again, or use a device code (login --device-code).',
      }),
    );
  }, options.limitMs);

  try {
    if (signal.aborted) throw cancelled();
    return await app.acquireTokenInteractive({
      ...options.request,
      scopes: options.request.scopes ?? [],
      prompt: 'select_account',
      successTemplate,
      errorTemplate,
      async openBrowser(url) {
        // Cancelled while MSAL was still preparing: throwing closes the port, too.
        if (ended) throw ended;
        const real = browserUrl(authority, url);
        authorizeUrl = url;
        try {
          await options.openBrowser(real);
        } catch (error) {
          throw isAppError(error) ? error : browserMissing(error);
        }
      },
    });
  } catch (error) {
    throw ended ?? error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
};

const browserMissing = (cause: unknown): AppError =>
  new AppError(
    {
      code: 'auth-failed',
      message: 'The browser could not be opened for the sign-in.',
      advice: 'Use a device code instead (login --device-code).',
    },
    { cause },
  );
