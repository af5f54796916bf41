import type { QuarantineInfo } from '../../contract/models/job-status.ts';
import { findKnownError } from '../errors/explain-error.ts';
import type { JobQuarantine } from '../model/synchronization.ts';
import { isoTime, timeOf } from './describe-time.ts';

/** About 28 days after a quarantine began Entra disables the job. provisioning-semantics.md 5. */
const disabledAfterMs = 28 * 24 * 3_600_000;

const meanings: Readonly<Record<string, string>> = {
  encounteredescrowproportionthreshold: 'more than 40 % of the changes failed',
  encounteredbaseescrowthreshold: 'more changes failed than Entra allows (about 40,000)',
  encounteredtotalescrowthreshold: 'more changes failed than Entra allows, references included (about 60,000)',
  toomanydeletes: 'the deletion guard held back more removals than its threshold allows, and waits for approval',
  quarantinedondemand: 'Microsoft set the quarantine by hand',
  quarantineondemand: 'Microsoft set the quarantine by hand',
  ingestioninterrupted: 'reading the changes from Entra was interrupted',
  unknown: 'Entra gives no reason',
};

/** `EncounteredQuarantineException` covers three troubles; the error code tells them apart. */
const exceptionMeaning = (errorCode: string | null): string => {
  const code = errorCode === null ? '' : (findKnownError(errorCode)?.known.code ?? errorCode).toLowerCase();
  if (code.includes('unavailable') || code === 'timeout' || code === 'webexceptionprotocolerror') {
    return 'UNIFI could not be reached, or did not answer properly';
  }
  if (code.includes('incompatible') || code.includes('multipleentries')) {
    return 'UNIFI answered in a way that Entra does not understand';
  }
  if (/credential|unauthorized|insufficientrights|notpermitted/.test(code)) return 'UNIFI refused the credentials';
  return 'the credentials or the connection were refused, or UNIFI answered in a way that Entra does not understand';
};

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
  const family = reason.toLowerCase();
  return {
    reason,
    meaning:
      family === 'encounteredquarantineexception'
        ? exceptionMeaning(errorCode)
        : (meanings[family] ?? `Entra gives the reason "${reason}", which is not documented`),
    message: quarantine?.error?.message ?? null,
    errorCode,
    since: since === null ? null : isoTime(since),
    nextAttempt: nextAttempt === null ? null : isoTime(nextAttempt),
    disabledAfter: since === null ? null : isoTime(since + disabledAfterMs),
  };
};
