import type { Failure, FailureCode } from '../../contract/failure.ts';
import type { SourceReport } from '../../contract/models/run.ts';

/** Exit code of a failure, by its family. style.md 5. */
const byCode: Record<FailureCode, number> = {
  'input-invalid': 2,
  'connection-unknown': 2,
  'selection-ambiguous': 2,
  'run-unknown': 2,
  'auth-required': 3,
  'auth-failed': 3,
  'consent-missing': 3,
  'graph-forbidden': 4,
  'graph-not-found': 4,
  'graph-throttled': 4,
  'graph-rejected': 4,
  'graph-unavailable': 4,
  'scim-unauthorised': 4,
  'scim-rejected': 4,
  'scim-unavailable': 4,
  'network-unreachable': 4,
  'timed-out': 4,
  'response-unexpected': 4,
  'store-locked': 5,
  'store-full': 5,
  'store-newer': 5,
  'store-damaged': 5,
  'file-exists': 5,
  'file-unwritable': 5,
  'file-unreadable': 5,
  'query-stopped': 5,
  'not-available': 5,
  cancelled: 130,
  bug: 70,
};

export const exitCodeOf = (failure: Failure): number => byCode[failure.code];

/** 4 as soon as one source is not what it should be: what follows from it may be incomplete. */
export const exitCodeOfSources = (sources: Pick<SourceReport, 'status'>[]): number =>
  sources.some((source) => source.status === 'partial' || source.status === 'failed') ? 4 : 0;
