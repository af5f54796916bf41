import type { Failure } from '../../contract/failure.ts';

/** What a store thread is started with. */
export interface StoreThreadData {
  file: string;
  readOnly: boolean;
}

/** What is asked of a history: `subject` is null for its own methods; `asOf` is the id of an earlier run, null now. */
export interface Asked {
  subject: string | null;
  method: string;
  args: unknown[];
  asOf: string | null;
}

/** `cancellable`: the last argument was a `StoreCall`. */
export type ToStore =
  ({ type: 'call'; id: number; cancellable: boolean } & Asked) | { type: 'cancel'; id: number } | { type: 'close' };

export type FromStore =
  | { type: 'opened' }
  | { type: 'value'; id: number; value: unknown }
  | { type: 'failure'; id: number | null; failure: Failure }
  | { type: 'bug'; id: number | null; stack: string }
  | { type: 'progress'; id: number; done: number; total: number };
