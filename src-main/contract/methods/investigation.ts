import type { Investigation } from '../models/investigation.ts';
import type { OnConnection } from './call.ts';

/** Verdicts about people and groups. */
export interface InvestigationMethods {
  /** Why somebody is in UNIFI as they are, from what is stored. `who`: any name, address or id. */
  investigate(input: OnConnection & { who: string }): Investigation;
}
