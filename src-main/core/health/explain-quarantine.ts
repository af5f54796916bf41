import type { QuarantineInfo } from '../../contract/models/job-status.ts';
import { findKnownError } from '../errors/explain-error.ts';
import type { JobQuarantine } from '../model/synchronization.ts';
import { isoTime, timeOf } from './describe-time.ts';
import { quarantineLadder } from './quarantine-ladder.ts';
import { findQuarantineReason, type QuarantineReason } from './quarantine-reasons.ts';

/** About 28 days after a quarantine began Entra disables the job. provisioning-semantics.md 5. */
const dayMs = 24 * 3_600_000;
const disabledAfterMs = 28 * dayMs;

const present = (code: string | null | undefined): string | null =>
  code === null || code === undefined || code === '' || code.toLowerCase() === 'none' ? null : code;

/** The family of a quarantine's reason, with who acts and what to do. */
export const familyOf = (quarantine: Pick<QuarantineInfo, 'reason' | 'errorCode'>): QuarantineReason => {
  const { errorCode } = quarantine;
  const known = errorCode === null ? null : findKnownError(errorCode);
  return findQuarantineReason(quarantine.reason, known?.known.code ?? errorCode ?? '');
};

/**
 * The quarantine of a job: reason family, what exactly failed, and how Entra goes on with it.
 * provisioning-semantics.md 5.
 *
 * @param quarantine null: the job says "Quarantine" and nothing else
 */
export const explainQuarantine = (quarantine: JobQuarantine | null, nowMs: number): QuarantineInfo => {
  const reason = quarantine?.reason ?? 'Unknown';
  const errorCode = present(quarantine?.error?.code);
  const since = timeOf(quarantine?.seriesBegan) ?? timeOf(quarantine?.currentBegan);
  const lastAttempt = timeOf(quarantine?.currentBegan);
  const nextAttempt = timeOf(quarantine?.nextAttempt);
  const disabledAfter = since === null ? null : since + disabledAfterMs;
  const attempts = quarantine && quarantine.seriesCount > 0 ? quarantine.seriesCount : null;
  const family = familyOf({ reason, errorCode });
  const iso = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));
  return {
    reason,
    title: family.title,
    meaning: family.meaning,
    message: quarantine?.error?.message ?? null,
    errorCode,
    errorMeaning: errorCode === null ? null : (findKnownError(errorCode)?.known.meaning ?? null),
    since: iso(since),
    lastAttempt: iso(lastAttempt),
    attempts,
    nextAttempt: iso(nextAttempt),
    disabledAfter: iso(disabledAfter),
    daysLeft: disabledAfter === null || disabledAfter < nowMs ? null : Math.floor((disabledAfter - nowMs) / dayMs),
    ladder: quarantineLadder({ since, lastAttempt, nextAttempt, disabledAfter, attempts }, nowMs),
  };
};
