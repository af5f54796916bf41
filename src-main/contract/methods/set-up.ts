import type { SetUpCheckResult } from '../models/set-up-check.ts';
import type { TargetProfile } from '../models/target-profile.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** The set-up of the application, step by step. */
export interface SetUpMethods {
  /**
   * Checks every step of the article, from what is stored and by asking Entra and the target what only they can tell;
   * `offline` asks nobody. `profile`: another SCIM application than UNIFI.
   */
  runSetUpCheck(input: OnConnection & Cancellable & { offline?: boolean; profile?: TargetProfile }): SetUpCheckResult;
}
