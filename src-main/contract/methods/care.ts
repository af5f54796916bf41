import type { HistoryBackup, HistoryRestored, HistoryVacuumed, HistoryVerification } from '../models/care.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Care of a history file. */
export interface CareMethods {
  /** Reads all of it and compares what has to agree; changes nothing. */
  verifyHistory(input: OnConnection & Cancellable): HistoryVerification;
  /** One moment of it as one file, also while it is written: a new one in the folder `backups`. */
  backupHistory(input: OnConnection & Cancellable): HistoryBackup;
  /** Replaces it by a backup; what was there is kept as a backup, too. */
  restoreHistory(input: OnConnection & Cancellable & { file: string }): HistoryRestored;
  /** Gives back the room of what was deleted, and overwrites it. */
  vacuumHistory(input: OnConnection & Cancellable): HistoryVacuumed;
}
