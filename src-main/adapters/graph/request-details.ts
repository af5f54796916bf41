import type { MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { ReadMeter } from '../../services/ports.ts';
import type { Resource } from './rights.ts';

/** Requests of one bucket are paced together. graph-provisioning.md 10. */
export type Bucket = 'reports' | 'synchronization' | 'directory';

/** What the service answered, read to its end. */
export interface Answer {
  status: number;
  headers: { get(name: string): string | null };
  text: string;
}

/**
 * Travels with one request through the chain. The client would take the address apart and put it together again; a
 * page link must be followed whole and unedited, so the chain sends `url` as it stands.
 */
export class RequestDetails implements MiddlewareOptions {
  readonly url: string;
  readonly resource: Resource;
  readonly bucket: Bucket;
  readonly signal: AbortSignal;
  readonly meter: ReadMeter;
  /** Set by the last handler, replaced by each attempt. */
  answer: Answer | null = null;
  /** Set when the chain threw. */
  failed: { error: unknown } | null = null;

  constructor(details: { url: string; resource: Resource; bucket: Bucket; signal: AbortSignal; meter: ReadMeter }) {
    this.url = details.url;
    this.resource = details.resource;
    this.bucket = details.bucket;
    this.signal = details.signal;
    this.meter = details.meter;
  }
}
