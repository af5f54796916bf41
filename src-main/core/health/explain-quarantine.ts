import type { QuarantineInfo } from '../../contract/models/job-status.ts';
import { findKnownError } from '../errors/explain-error.ts';
import type { JobQuarantine } from '../model/synchronization.ts';
import { isoTime, timeOf } from './describe-time.ts';
import { findQuarantineReason } from './quarantine-reasons.ts';

/** About 28 days after a quarantine began Entra disables the job. provisioning-semantics.md 5. */
const disabledAfterMs = 28 * 24 * 3_600_000;

const present = (code: string | null | undefined): string | null =>
  code === null || code === undefined || code === '' || code.toLowerCase() === 'none' ? null : code;

/**
 * The quarantine of a job with the meaning of its reason family (provisioning-semantics.md 5) as a sentence part.
 * Null `quarantine`: the job says "Quarantine" and nothing else.
 */
export const explainQuarantine = (quarantine: JobQuarantine | null): QuarantineInfo => {
  const reason = quarantine?.reason ?? 'Unknown';
  const errorCode = present(quarantine?.error?.code);
  const since = timeOf(quarantine?.seriesBegan) ?? timeOf(quarantine?.currentBegan);
  const nextAttempt = timeOf(quarantine?.nextAttempt);
  const known = errorCode === null ? null : findKnownError(errorCode);
  const family = findQuarantineReason(reason, known?.known.code ?? errorCode ?? '');
  return {
    reason,
    meaning: family.meaning,
    message: quarantine?.error?.message ?? null,
    errorCode,
    since: since === null ? null : isoTime(since),
    nextAttempt: nextAttempt === null ? null : isoTime(nextAttempt),
    disabledAfter: since === null ? null : isoTime(since + disabledAfterMs),
  };
};
