import { AppError } from '../../core/app-error.ts';
import type { JobSettings } from '../../core/model/synchronization.ts';

const kept: Readonly<Record<keyof JobSettings, true>> = {
  SyncAll: true,
  SkipOutOfScopeDeletions: true,
  SyncNotificationSettings: true,
  BaseAddress: true,
};

const isKept = (key: unknown): key is keyof JobSettings => typeof key === 'string' && Object.hasOwn(kept, key);

/**
 * The four harmless keys of the job's secrets collection; every other entry, credentials included, is dropped here
 * and goes nowhere. graph-provisioning.md 6. Throws `response-unexpected` without quoting anything of the answer.
 */
export const readJobSettings = (value: unknown): JobSettings => {
  const list = typeof value === 'object' && value !== null && 'value' in value ? value.value : null;
  if (!Array.isArray(list)) {
    throw new AppError({
      code: 'response-unexpected',
      message: 'Microsoft Graph answered something else than the settings of a job (job-settings).',
      advice: 'Collect again. If it happens again, report it with the name of the source.',
      source: 'job-settings',
      path: 'value',
    });
  }
  const settings: JobSettings = {};
  for (const entry of list as unknown[]) {
    if (typeof entry !== 'object' || entry === null || !('key' in entry) || !('value' in entry)) continue;
    if (isKept(entry.key) && typeof entry.value === 'string') settings[entry.key] = entry.value;
  }
  return settings;
};
