import { resolve } from 'node:path';
import type { HistoryTarget } from '../history-desk.ts';

export interface TargetOptions {
  output?: string;
  force?: boolean;
}

/** The file that `--output` names, from the folder that the command runs in; null without one. */
export const targetOf = ({ output, force }: TargetOptions): HistoryTarget | null =>
  output === undefined ? null : { file: resolve(output), force: force ?? false };
