import type { ErrorExplanation } from '../../contract/models/provisioning-event.ts';
import { knownErrors } from './error-codes.ts';
import type { ErrorActor, KnownError } from './error-codes.ts';
import { parseReason } from './parse-reason.ts';
import type { ParsedReason } from './parse-reason.ts';

/** Parts of names that Microsoft once renamed by search and replace; both spellings are met. */
const canonical = (code: string): string =>
  code
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^microsoftentraid/, 'azureactivedirectory')
    .replace(/^quarantineondemand$/, 'quarantinedondemand');

const byCode = new Map(knownErrors.map((known) => [canonical(known.code), known]));

/** Longest first, so that the most specific ending wins; short words would fit by accident. */
const bySuffix = [...byCode.entries()]
  .filter(([code]) => code.length >= 7 && code !== 'unknown')
  .sort(([left], [right]) => right.length - left.length);

/** What UNIFI's own answer means where the code says nothing. RFC 7644 3.12, RFC 9110 15. */
const byScimType: Readonly<Record<string, string>> = {
  uniqueness: 'Conflict',
  invalidvalue: 'UnprocessableEntity',
  invalidsyntax: 'SystemForCrossDomainIdentityManagementBadRequest',
  invalidpath: 'SchemaAttributeNotFound',
  notarget: 'SchemaAttributeNotFound',
};
const byStatus: Readonly<Record<number, string>> = {
  400: 'SystemForCrossDomainIdentityManagementBadRequest',
  401: 'Unauthorized',
  403: 'InsufficientRights',
  404: 'InvalidAnchor',
  405: 'MethodNotAllowed',
  408: 'Timeout',
  409: 'Conflict',
  422: 'UnprocessableEntity',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  501: 'NotImplemented',
  502: 'InternalServerError',
  503: 'InternalServerError',
  504: 'Timeout',
};

const findByAnswer = (parsed: ParsedReason | null): KnownError | null => {
  const code = byScimType[parsed?.scimType?.toLowerCase() ?? ''] ?? byStatus[parsed?.httpStatus ?? 0];
  return code === undefined ? null : (byCode.get(canonical(code)) ?? null);
};

const actors: Readonly<Record<ErrorActor, string>> = {
  'entra-admin': 'the Entra administrator',
  'unifi-admin': 'the UNIFI administrator',
  vendor: 'the vendor of UNIFI',
  microsoft: 'Microsoft support',
  nobody: 'nobody',
};

/** The entry with this code, or the one whose code this one ends with (connectors put their name in front). */
export const findKnownError = (code: string): { known: KnownError; match: 'exact' | 'suffix' } | null => {
  const wanted = canonical(code);
  const exact = byCode.get(wanted);
  if (exact !== undefined) return { known: exact, match: 'exact' };
  const suffix = bySuffix.find(([known]) => wanted.endsWith(known));
  return suffix === undefined ? null : { known: suffix[1], match: 'suffix' };
};

/**
 * What an error code means, what to do, and what UNIFI itself answered. Exact match first (whatever the casing), then
 * the longest known code that this one ends with, then what UNIFI answered; otherwise the service's own text is all
 * there is.
 * graph-provisioning.md 13.8.
 *
 * @param code `errorCode` of a row, a `SkipReason`, or a quarantine reason; empty when there is none
 * @param reason the service's reason text, which may hold an HTTP status and a SCIM error body
 */
export const explainError = (code: string, reason: string | null): ErrorExplanation => {
  const parsed = reason === null ? null : parseReason(reason);
  const answer = {
    httpStatus: parsed?.httpStatus ?? null,
    scimType: parsed?.scimType ?? null,
    detail: parsed?.scimDetail ?? null,
    retryAt: parsed?.nextRetryAt ?? null,
  };
  const byAnswer = findByAnswer(parsed);
  const found = findKnownError(code) ?? (byAnswer && { known: byAnswer, match: 'answer' as const });
  if (found === null) {
    return {
      code,
      match: 'unknown',
      knownAs: null,
      meaning: parsed?.scimDetail ?? (parsed?.message || 'The service gave this code and no text.'),
      likelyCauses: [],
      remedy:
        code === ''
          ? 'The service gave no code. Read the text; if it does not help, give Microsoft or the vendor the change id and the time of this row.'
          : 'This code is not documented. Read the text of the service; if it does not help, give Microsoft or the ' +
            'vendor the change id and the time of this row.',
      answer,
    };
  }
  return {
    code,
    match: found.match,
    knownAs: found.known.code,
    meaning: found.known.meaning,
    likelyCauses: [...found.known.likelyCauses],
    remedy: found.known.remedy,
    whoActs: actors[found.known.whoActs],
    answer,
  };
};
