/** Names the connection by id or name; may be left out when there is exactly one. */
export interface OnConnection {
  connection?: string;
}

/** Long work: `cancel` with the same id aborts it, progress events carry it. */
export interface Cancellable {
  callId: string;
}
