import type { Api } from '../../contract/api.ts';
import type { PastState } from '../../contract/models/history-diff.ts';
import { AppError } from '../../core/app-error.ts';
import { clean, note, time } from './print.ts';
import type { CommonOptions } from './session.ts';

/** Options of commands that read an earlier state. */
export interface PastOptions extends CommonOptions {
  asOf?: string;
}

/** `run 12, 2026-11-12 08:00 UTC` */
export const stateName = ({ run, at }: PastState): string => `run ${clean(run.id)}, ${time(at)}`;

/**
 * `{asOf}` for a call, empty without the option. Says on stderr which state is shown and what has to be known about it,
 * so that the past is never taken for the present, also beside JSON.
 *
 * Throws what the choice fails with.
 */
export const pastState = async (
  { api, on }: { api: Api; on: { connection?: string } },
  { asOf }: PastOptions,
): Promise<{ asOf?: string }> => {
  if (asOf === undefined) return {};
  const found = await api.findState({ ...on, asOf });
  if (!found.ok) throw new AppError(found.failure);
  note(`This is the past: ${stateName(found.value)}.`);
  for (const sentence of found.value.notes) note(clean(sentence));
  return { asOf: found.value.run.id };
};
