import type { CheckResult } from '../models/finding.ts';
import type { CollectResult } from '../models/run.ts';
import type { AsOf, Cancellable, OnConnection } from './call.ts';

/** Collection and cross-check. */
export interface CollectionMethods {
  collect(input: OnConnection & Cancellable): CollectResult;
  /** Collects and cross-checks; `offline` evaluates what is stored, and with it `asOf` gives an earlier evaluation. */
  check(input: OnConnection & AsOf & Cancellable & { offline?: boolean }): CheckResult;
}
