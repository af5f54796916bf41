/** Names the connection by id or name; may be left out when there is exactly one. */
export interface OnConnection {
  connection?: string;
}

/** Reads the state at an earlier run: its id, a date (its end, UTC), a moment, `first`, `previous` or `last`. */
export interface AsOf {
  asOf?: string;
}

/** Long work: `cancel` with the same id aborts it, progress events carry it. */
export interface Cancellable {
  callId: string;
}
