import type {
  HistoryBackup,
  HistoryCare,
  HistoryRestored,
  HistoryVacuumed,
  HistoryVerification,
  Retention,
} from '../models/care.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Care of a history file. */
export interface CareMethods {
  /** Size, what was last done, retention, purges. */
  getCare(input: OnConnection): HistoryCare;
  /** From the next collection on; what is deleted then does not come back. */
  setRetention(input: OnConnection & { retention: Retention }): { retention: Retention };
  /** Reads all of it and compares what has to agree; changes nothing. */
  verifyHistory(input: OnConnection & Cancellable): HistoryVerification;
  /** One moment of it as one file, also while it is written: a new one in the folder `backups`. */
  backupHistory(input: OnConnection & Cancellable): HistoryBackup;
  /** Replaces it by a backup; what was there is kept as a backup, too. */
  restoreHistory(input: OnConnection & Cancellable & { file: string }): HistoryRestored;
  /** Gives back the room of what was deleted, and overwrites it. */
  vacuumHistory(input: OnConnection & Cancellable): HistoryVacuumed;
}
