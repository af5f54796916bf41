/** Every way in which a call can fail. Renderer and command line switch on it; nobody parses messages. */
export const failureCodes = [
  'input-invalid',
  'connection-unknown',
  'selection-ambiguous',
  'run-unknown',
  'auth-required',
  'auth-failed',
  'consent-missing',
  'graph-forbidden',
  'graph-not-found',
  'graph-throttled',
  'graph-rejected',
  'graph-unavailable',
  'scim-unauthorised',
  'scim-rejected',
  'scim-unavailable',
  'network-unreachable',
  'timed-out',
  'response-unexpected',
  'store-locked',
  'store-full',
  'store-newer',
  'store-damaged',
  'file-exists',
  'file-unwritable',
  'file-unreadable',
  'query-stopped',
  'not-available',
  'cancelled',
  'bug',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** One wrong field of an input: `field` is a dotted path, `reason` a sentence part such as "must be an https address". */
export interface FieldProblem {
  field: string;
  reason: string;
}

/**
 * What a caller gets instead of a value. `message` says what went wrong and where, `advice` what to do; both are
 * sentences for a helpdesk person and never hold a token, a secret or a person's attributes.
 */
export interface Failure {
  code: FailureCode;
  message: string;
  advice: string;
  /** `input-invalid`: every wrong field. */
  fields?: FieldProblem[];
  /** `consent-missing`, `graph-forbidden`: permissions and roles that would give the missing right. */
  permissions?: string[];
  roles?: string[];
  /** `graph-throttled`, `scim-unavailable`: how long the service asked to wait, in milliseconds. */
  retryAfterMs?: number;
  /** `input-invalid` of a query: where in its text, in UTF-16 units from the beginning. */
  position?: number;
  /** HTTP status that the service answered. */
  status?: number;
  /** The service's own error code, such as `Authorization_RequestDenied` or `AADSTS700016`. */
  serviceCode?: string;
  /** Microsoft's request id, to quote in a support case. */
  requestId?: string;
  /** `response-unexpected`: which source answered, and the JSON path that was not understood. */
  source?: string;
  path?: string;
  /** Store and file failures: the file. */
  file?: string;
  /** `selection-ambiguous`: what could have been meant. */
  candidates?: { id: string; name: string; detail: string }[];
  /** `bug`: where the details stand in the log. */
  logId?: string;
}

export type Result<T> =
  | { readonly version: 1; readonly ok: true; readonly value: T }
  | { readonly version: 1; readonly ok: false; readonly failure: Failure };
