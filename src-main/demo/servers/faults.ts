import type { HttpAnswer, HttpRequest } from './http-server.ts';

/**
 * A trouble that is switched on from outside:
 * - `too-many-requests`: 429, with `Retry-After: value` seconds when a value is given
 * - `unavailable`: 503, with `Retry-After` likewise
 * - `internal-error`: 500 with the service's error body
 * - `gateway-timeout`: 504
 * - `slow`: the right answer after `value` milliseconds
 * - `cut-off`: the connection ends in the middle of the body
 * - `html`: a web page with status 200, as from a proxy
 * - `broken-json`: the body without its last characters, properly ended
 * - `redirect`: 302 to another host
 * - `redirect-same-host`: 307 to the same address, once
 * - `malformed-row`: one row of the page is no object of its kind, the others are good
 * - `no-list`: a JSON object without the list that was asked for
 * - `claims-challenge`: 401 with a claims challenge, until a token answers it (Graph)
 * - `endless-claims-challenge`: 401 with a new challenge every time (Graph)
 * - `licence-refusal`: 403 as for a tenant without a licence, which licensed tenants see now and then (Graph)
 * - `expired-token`: 401 with `InvalidAuthenticationToken`, as for a token that ran out (Graph, SCIM)
 */
export type FaultKind =
  | 'too-many-requests'
  | 'unavailable'
  | 'internal-error'
  | 'gateway-timeout'
  | 'slow'
  | 'cut-off'
  | 'html'
  | 'broken-json'
  | 'redirect'
  | 'redirect-same-host'
  | 'malformed-row'
  | 'no-list'
  | 'claims-challenge'
  | 'endless-claims-challenge'
  | 'licence-refusal'
  | 'expired-token';

export interface Fault {
  service: 'graph' | 'scim' | 'entra';
  kind: FaultKind;
  /** Part of the path, such as `/auditLogs/provisioning`; without it every request. */
  path?: string;
  /** How many requests it hits; without it all. */
  times?: number;
  /** How many fitting requests pass before it begins. */
  after?: number;
  /** Seconds of Retry-After, or milliseconds of a slow answer (default 1000). */
  value?: number;
}

/** Which faults hit a request; each counts the requests that fitted it. */
export interface FaultBook {
  hits(service: Fault['service'], path: string): Fault[];
}

/** Counts of one fault start anew when the list of faults is replaced. */
export const createFaultBook = (faults: () => Fault[]): FaultBook => {
  const seen = new WeakMap<Fault, number>();
  return {
    hits: (service, path) =>
      faults().filter((fault) => {
        if (fault.service !== service) return false;
        if (fault.path !== undefined && !path.toLowerCase().includes(fault.path.toLowerCase())) return false;
        const before = seen.get(fault) ?? 0;
        seen.set(fault, before + 1);
        const first = fault.after ?? 0;
        return before >= first && before < first + (fault.times ?? Number.POSITIVE_INFINITY);
      }),
  };
};

/** The error body of a service for a status. */
export type ErrorBody = (status: number, request: HttpRequest) => { headers: Record<string, string>; body: string };

const page = '<!DOCTYPE html><html><head><title>Network sign-in</title></head><body>Please sign in.</body></html>';

const retryAfter = (fault: Fault): Record<string, string> =>
  fault.value === undefined ? {} : { 'Retry-After': String(fault.value) };

/** The answer that a fault gives instead of the service's own, null for those that change the right answer. */
export const answerInstead = (fault: Fault, request: HttpRequest, errorBody: ErrorBody): HttpAnswer | null => {
  const failed = (status: number, headers: Record<string, string> = {}): HttpAnswer => {
    const error = errorBody(status, request);
    return { status, headers: { ...error.headers, ...headers }, body: error.body };
  };
  switch (fault.kind) {
    case 'too-many-requests':
      return failed(429, retryAfter(fault));
    case 'unavailable':
      return failed(503, retryAfter(fault));
    case 'internal-error':
      return failed(500);
    case 'gateway-timeout':
      return failed(504);
    case 'expired-token':
      return failed(401);
    case 'html':
      return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page };
    case 'redirect':
      return { status: 302, headers: { Location: 'http://elsewhere.invalid/collect' } };
    case 'redirect-same-host':
      return { status: 307, headers: { Location: request.url.href } };
    case 'no-list':
      return { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"odd":true}' };
    default:
      return null;
  }
};

/** The right answer, changed by the faults that change it. */
export const spoilAnswer = (answer: HttpAnswer, faults: Fault[]): HttpAnswer => {
  let spoilt = answer;
  for (const fault of faults) {
    if (fault.kind === 'slow') spoilt = { ...spoilt, delayMs: fault.value ?? 1000 };
    if (fault.kind === 'cut-off') spoilt = { ...spoilt, cutOff: true };
    if (fault.kind === 'broken-json') spoilt = { ...spoilt, body: (spoilt.body ?? '').slice(0, -2) };
  }
  return spoilt;
};

/** A list element that is no object of its kind, as JSON text: it has an id, and values of wrong types. */
export const malformedRow =
  '{"id":4711,"activityDateTime":"yesterday","userName":{"value":[]},"provisioningAction":[]}';
