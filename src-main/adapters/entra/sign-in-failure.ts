import { AppError, isAppError } from '../../core/app-error.ts';
import { rightsOfSignIn } from './scopes.ts';

const textField = (error: unknown, key: string): string => {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

/** Hints by AADSTS number; the numbers are well known, not documented here. msal-desktop.md 7. */
const hints: Readonly<Record<string, { message: string; advice: string }>> = {
  '50011': {
    message: 'The redirect address http://localhost is not registered for this client id.',
    advice:
      'Add the platform "Mobile and desktop applications" with the redirect http://localhost to the app registration.',
  },
  '50034': {
    message: 'The account does not exist in this tenant.',
    advice: 'Sign in with an account of the tenant that the connection names.',
  },
  '50076': {
    message: 'The tenant asks for more sign-in steps, or Conditional Access stood in the way.',
    advice: 'Sign in again in the browser. If it stays so, ask an administrator about Conditional Access.',
  },
  '53003': {
    message: 'Conditional Access of the tenant blocked the sign-in.',
    advice: 'Ask an administrator about Conditional Access; device code sign-in is often blocked.',
  },
  '700016': {
    message: 'The client id is unknown in this tenant.',
    advice: 'Check client id and tenant of the connection; a national cloud needs its own app registration.',
  },
  '7000215': {
    message: 'The client secret is wrong.',
    advice: 'Enter the value of the secret, not its id, or make a new secret in the app registration.',
  },
  '7000222': { message: 'The client secret has expired.', advice: 'Make a new secret in the app registration.' },
  '700027': {
    message: 'The certificate is not registered for this client id, or has expired.',
    advice: 'Upload the certificate to the app registration.',
  },
  '7000218': {
    message: 'The app registration does not allow public client flows.',
    advice: 'Set "Allow public client flows" to Yes in the app registration; device code needs it.',
  },
  '90002': {
    message: 'The tenant does not exist in this cloud.',
    advice: 'Check tenant id and cloud of the connection.',
  },
  '900023': { message: 'The tenant id is not valid.', advice: 'Check the tenant id of the connection.' },
};
const sameHint: Readonly<Record<string, string>> = { '50079': '50076', '900021': '900023', '530003': '53003' };

const consentNumbers = new Set(['65001', '90094', '90095']);

/** Renewal needs the person. */
const interactionCodes = new Set([
  'no_tokens_found',
  'no_account_found',
  'no_account_in_silent_request',
  'refresh_token_expired',
  'interaction_required',
  'login_required',
  'bad_token',
  'native_account_unavailable',
  'ui_not_allowed',
  'interrupted_user',
  'invalid_grant',
  // What was granted at the sign-in no longer covers what is asked for.
  'invalid_scope',
]);

/** AADSTS number of an error, without the prefix; empty when there is none. */
const aadstsOf = (error: unknown): string => {
  const text = `${textField(error, 'errorMessage')} ${textField(error, 'message')}`;
  return /AADSTS(\d{4,8})/u.exec(text)?.[1] ?? '';
};

/** A scope that this cloud does not know. msal-desktop.md 9, the fallback for the provisioning log. */
export const isUnknownScope = (error: unknown): boolean =>
  ['65005', '650053', '70011'].includes(aadstsOf(error)) || textField(error, 'errorCode') === 'invalid_scope';

const timedOut = (message: string, advice: string): AppError => new AppError({ code: 'timed-out', message, advice });

/**
 * MSAL's errors as Failures. Branches on `errorCode` and the AADSTS number, never on class names, which bundlers
 * duplicate. The service's text is not repeated, it names people. A renewal that needs the person is `auth-required`;
 * the same answer to a person who is signing in is a refusal.
 */
export const signInFailure = (error: unknown, during: 'sign-in' | 'renewal'): AppError => {
  if (isAppError(error)) return error;
  const errorCode = textField(error, 'errorCode');
  const subError = textField(error, 'subError');
  const number = aadstsOf(error);
  const serviceCode = number === '' ? errorCode : `AADSTS${number}`;
  const coded = /^[\w.-]{1,80}$/u.test(serviceCode) ? { serviceCode } : {};
  const named = coded.serviceCode === undefined ? '' : ` (${coded.serviceCode})`;
  const make = (
    failure: Pick<AppError['failure'], 'code' | 'message' | 'advice'> & { permissions?: string[] },
  ): AppError => new AppError({ ...failure, ...coded }, { cause: error });

  if (consentNumbers.has(number) || errorCode === 'consent_required' || subError === 'consent_required') {
    return make({
      code: 'consent-missing',
      message: `An administrator has not consented to the permissions of this application${named}.`,
      advice: 'Ask an administrator to grant admin consent to the app registration.',
      permissions: rightsOfSignIn,
    });
  }
  const hint = hints[sameHint[number] ?? number];
  const needsPerson = during === 'renewal' && interactionCodes.has(errorCode);
  if (hint) {
    const code = needsPerson ? 'auth-required' : 'auth-failed';
    return make({ code, message: `${hint.message.slice(0, -1)}${named}.`, advice: hint.advice });
  }
  if (errorCode === 'user_timeout_reached' || errorCode === 'device_code_expired') {
    return timedOut('Nobody entered the device code in time.', 'Start the sign-in again.');
  }
  if (needsPerson) {
    return make({
      code: 'auth-required',
      message: 'The sign-in is no longer valid, or nobody is signed in.',
      advice: 'Sign in again.',
    });
  }
  if (errorCode === 'access_denied' || number === '65004') {
    return make({
      code: 'auth-failed',
      message: `The sign-in was declined in the browser${named}.`,
      advice: 'Sign in again, and accept the permissions.',
    });
  }
  if (errorCode === 'network_error') {
    return make({
      code: 'network-unreachable',
      message: 'The sign-in host could not be reached.',
      advice: 'Check the network connection and the proxy (HTTPS_PROXY), then try again.',
    });
  }
  return make({
    code: 'auth-failed',
    message: `Microsoft Entra refused the sign-in${named}.`,
    advice: 'Check tenant, client id and sign-in mode of the connection, then sign in again.',
  });
};
