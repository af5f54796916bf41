import type { SourceName } from './models/run.ts';

/** What a running call tells about itself. `total` is null when nobody knows it. */
export interface ProgressEvent {
  callId: string;
  phase: 'starting' | 'collecting' | 'checking' | 'investigating' | 'reporting' | 'counting' | 'writing' | 'finished';
  source: SourceName | null;
  items: number;
  total: number | null;
  /** Items a second over the last seconds. */
  rate: number | null;
  remainingMs: number | null;
  /** Short sentence, such as "Waiting 8 s: Microsoft Graph allows 5 log requests in 10 s". */
  note: string | null;
}

/** The code a person types at `verificationUri`; shown, never stored. */
export interface DeviceCodeEvent {
  callId: string;
  userCode: string;
  verificationUri: string;
  message: string;
  expiresAt: string;
}

/** Stored data of a connection changed: views that show it load again. */
export interface DataChangedEvent {
  connectionId: string;
  what: 'run' | 'findings' | 'connection' | 'issues';
}

/** Every push event: the single source for all hosts. */
export interface Events {
  progress: ProgressEvent;
  deviceCode: DeviceCodeEvent;
  dataChanged: DataChangedEvent;
}

export type EventName = keyof Events;
const names: Record<EventName, true> = { progress: true, deviceCode: true, dataChanged: true };
export const eventNames = Object.keys(names) as EventName[];
