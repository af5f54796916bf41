import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { SetUpMethods } from '../../contract/methods/set-up.ts';
import { targetProfileSchema } from '../../adapters/files/target-profile.ts';
import type { GuardsOf } from './guards-of.ts';
import { callId, onConnection } from './parts.ts';

/** What a caller may send to the methods of `contract/methods/set-up.ts`. */
export const setUpGuards: GuardsOf<SetUpMethods> = {
  runSetUpCheck: z.strictObject({
    ...onConnection,
    callId,
    offline: z.boolean().optional(),
    profile: targetProfileSchema.optional(),
  }) as z.ZodType<Input<'runSetUpCheck'>>,
};
