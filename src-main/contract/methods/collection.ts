import type { CheckResult } from '../models/finding.ts';
import type { CollectResult } from '../models/run.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Collection and cross-check. */
export interface CollectionMethods {
  collect(input: OnConnection & Cancellable): CollectResult;
  /** Collects and cross-checks; `offline` evaluates what is stored. */
  check(input: OnConnection & Cancellable & { offline?: boolean }): CheckResult;
}
