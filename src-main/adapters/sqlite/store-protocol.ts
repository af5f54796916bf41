import type { Failure } from '../../contract/failure.ts';

/** What a store thread is started with. */
export interface StoreThreadData {
  file: string;
  readOnly: boolean;
}

/** `subject` is null for the methods of the history itself. `cancellable`: the last argument was a `StoreCall`. */
export type ToStore =
  | { type: 'call'; id: number; subject: string | null; method: string; args: unknown[]; cancellable: boolean }
  | { type: 'cancel'; id: number }
  | { type: 'close' };

export type FromStore =
  | { type: 'opened' }
  | { type: 'value'; id: number; value: unknown }
  | { type: 'failure'; id: number | null; failure: Failure }
  | { type: 'bug'; id: number | null; stack: string }
  | { type: 'progress'; id: number; done: number; total: number };
