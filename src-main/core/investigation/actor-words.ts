import type { VerdictActor } from '../../contract/models/investigation.ts';

/** Who has to act, as the end of "Who acts: ...". */
export const actorWords: Readonly<Record<VerdictActor, string>> = {
  'entra-admin': 'the Entra administrator',
  'group-owner': 'the owner of the group',
  'unifi-admin': 'the UNIFI administrator',
  microsoft: 'Microsoft support',
  wait: 'nobody; waiting is enough',
  nobody: 'nobody',
};
