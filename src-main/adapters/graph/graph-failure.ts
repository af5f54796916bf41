import { AppError } from '../../core/app-error.ts';
import { parseJson } from '../net/read-answer.ts';
import { readRetryAfter } from '../net/retry-after.ts';
import type { Answer } from './request-details.ts';
import { rights, type Resource } from './rights.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/** A service code is an identifier; anything longer or stranger is not repeated, it could quote data. */
const codeOf = (value: unknown): string | null => {
  const code = textOf(value);
  return code !== null && /^[\w.-]{1,120}$/u.test(code) ? code : null;
};

const idOf = (value: unknown): string | null => {
  const id = textOf(value);
  return id !== null && /^[\w-]{1,80}$/u.test(id) ? id : null;
};

export interface ServiceError {
  /** Graph's own code; of nested codes the innermost, which is the most exact. */
  code: string | null;
  requestId: string | null;
}

/** Code and request id of an error answer; the error's message is not read, it must not be branched on and may hold data. */
export const readServiceError = (answer: Answer): ServiceError => {
  let body: unknown = null;
  try {
    body = JSON.parse(answer.text);
  } catch (error) {
    // An error without JSON still has its status.
    if (!(error instanceof SyntaxError)) throw error;
  }
  const error = fieldOf(body, 'error');
  const inner = fieldOf(error, 'innerError') ?? fieldOf(error, 'innererror');
  return {
    code: codeOf(fieldOf(inner, 'code')) ?? codeOf(fieldOf(error, 'code')),
    requestId:
      idOf(fieldOf(inner, 'request-id')) ??
      idOf(answer.headers.get('request-id')) ??
      idOf(answer.headers.get('client-request-id')),
  };
};

/** The licence refusal that is reported to appear now and then on licensed tenants. graph-provisioning.md 10. */
export const licenceCode = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';

/**
 * The Failure of an answer that is not a success; `nowMs` is the time for a dated `Retry-After`.
 * 401 `auth-required`, 403 `graph-forbidden`, 404 `graph-not-found`, 429 `graph-throttled`, 5xx `graph-unavailable`,
 * a web page `response-unexpected`, everything else `graph-rejected`.
 */
export const graphFailure = (answer: Answer, resource: Resource, nowMs: number): AppError => {
  const { status } = answer;
  const { what, permissions, roles } = rights[resource];
  const { code, requestId } = readServiceError(answer);
  const common = {
    status,
    source: resource,
    ...(code === null ? {} : { serviceCode: code }),
    ...(requestId === null ? {} : { requestId }),
  };
  const quote = requestId === null ? '' : ` Quote the request id ${requestId} in a support case.`;
  const coded = code === null ? '' : ` (${code})`;

  if (status < 500 && status !== 429 && code === null && answer.text.trimStart().startsWith('<')) {
    // Not Graph: a proxy or a sign-in page. Parsing throws the failure that names it.
    parseJson(answer.text, answer.headers.get('content-type'), resource);
  }
  switch (status) {
    case 401:
      return new AppError({
        ...common,
        code: 'auth-required',
        message: `Microsoft Graph did not accept the sign-in for ${what}${coded}.`,
        advice: `Sign in again.${quote}`,
      });
    case 403:
      if (code === licenceCode) {
        return new AppError({
          ...common,
          code: 'graph-forbidden',
          message: `Microsoft Graph refused ${what}: the tenant has no Microsoft Entra ID P1 or P2 licence.`,
          advice: `Check the licences of the tenant.${quote}`,
        });
      }
      return new AppError({
        ...common,
        code: 'graph-forbidden',
        message: `Microsoft Graph refused ${what}${coded}.`,
        advice: `It needs the permission ${permissions.join(' or ')} with admin consent, and for a signed-in person one of these roles: ${roles.join(', ')}.${quote}`,
        permissions,
        roles,
      });
    case 404:
      return new AppError({
        ...common,
        code: 'graph-not-found',
        message: `Microsoft Graph does not know ${what}${coded}.`,
        advice: `Check tenant, application and job of the connection; in some clouds this is not offered.${quote}`,
      });
    case 429: {
      const retryAfterMs = readRetryAfter(answer.headers, nowMs);
      return new AppError({
        ...common,
        code: 'graph-throttled',
        message: `Microsoft Graph is limiting requests for ${what}, also after several waits.`,
        advice: 'Collect again later; other programs in this tenant may use the same limit.',
        ...(retryAfterMs === null ? {} : { retryAfterMs }),
      });
    }
    default:
      if (status >= 500) {
        return new AppError({
          ...common,
          code: 'graph-unavailable',
          message: `Microsoft Graph could not deliver ${what} (HTTP ${status}), also after several attempts.`,
          advice: `Collect again later; what was collected is kept.${quote}`,
        });
      }
      return new AppError({
        ...common,
        code: 'graph-rejected',
        message: `Microsoft Graph rejected the request for ${what} (HTTP ${status})${coded}.`,
        advice: `Check the connection.${quote}`,
      });
  }
};
