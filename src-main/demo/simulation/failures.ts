import type { Random } from './random.ts';
import { isoSeconds } from './time.ts';

/** Ways in which UNIFI, or the way to it, refuses a write: as `errorInformation` shows them. */
export interface FailureKind {
  code: string;
  category: 'failure' | 'nonServiceFailure';
  /** `{name}` is the object's reportable name. */
  reason: string;
  recommendedAction: string | null;
}

const scimError = (status: number, detail: string, scimType?: string): string =>
  JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail,
  });

const http = (word: string, body: string): string =>
  `StatusCode: ${word} Message: Processing of the HTTP request resulted in an exception. Please see the HTTP response returned by the 'Response' property of this exception for details. Web Response: ${body}`;

export const failureKinds: readonly FailureKind[] = [
  {
    code: 'SystemForCrossDomainIdentityManagementBadRequest',
    category: 'nonServiceFailure',
    reason: http('BadRequest', scimError(400, 'name.familyName must not be longer than 64 characters', 'invalidValue')),
    recommendedAction: null,
  },
  {
    code: 'UnifiEntryConflict',
    category: 'nonServiceFailure',
    reason: http('Conflict', scimError(409, 'userName {name} already exists', 'uniqueness')),
    recommendedAction: null,
  },
  {
    code: 'LicenseLimitExceeded',
    category: 'failure',
    reason: http('Forbidden', scimError(403, 'All 350 seats of this subscription are taken')),
    recommendedAction: 'Assign fewer users, or buy more seats in the target application.',
  },
  {
    code: 'InternalServerError',
    category: 'failure',
    reason: http('InternalServerError', '{"message":"An unexpected error occurred","trace":"8c1f"}'),
    recommendedAction: null,
  },
  {
    code: 'TooManyRequests',
    category: 'failure',
    reason: http('TooManyRequests', scimError(429, 'Rate limit exceeded')),
    recommendedAction: null,
  },
  {
    code: 'InsufficientRights',
    category: 'failure',
    reason: http('Forbidden', scimError(403, 'The owner of an organisation cannot be changed')),
    recommendedAction: null,
  },
  {
    code: 'Timeout',
    category: 'failure',
    reason: 'The operation has timed out after 60 seconds while calling the target system.',
    recommendedAction: null,
  },
];

/** What UNIFI says to a display name with a comma in it, as a mapping may write it. */
export const commaRefused: FailureKind = {
  code: 'SystemForCrossDomainIdentityManagementBadRequest',
  category: 'nonServiceFailure',
  reason: http('BadRequest', scimError(400, 'displayName must not contain a comma', 'invalidValue')),
  recommendedAction: null,
};

/** When the next attempt comes: +6 h, +12 h and +24 h from the first failure, then every 24 h up to 28 days. */
export const nextRetryMs = (firstMs: number, retries: number): number | null => {
  const hour = 3_600_000;
  const ladder = [6, 12, 24];
  const hours = ladder[retries] ?? 24 * (retries - ladder.length + 2);
  return hours > 28 * 24 ? null : firstMs + hours * hour;
};

export const reasonText = (
  kind: FailureKind,
  options: { name: string; retries: number; nextMs: number | null },
): string => {
  const again =
    options.nextMs === null
      ? 'It will not be retried again.'
      : `It will be retried again after this date: ${isoSeconds(options.nextMs)} UTC`;
  const text = kind.reason.replaceAll('{name}', options.name);
  return `${text}. This operation was retried ${String(options.retries)} times. ${again}`;
};

export const pickFailure = (random: Random): number => random.below(failureKinds.length);
