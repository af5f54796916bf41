import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import { asOf, callId, cancellable, onConnection } from './parts.ts';
import type { CollectionMethods } from '../../contract/methods/collection.ts';
import type { GuardsOf } from './guards-of.ts';

/** What a caller may send to the methods of `contract/methods/collection.ts`. */
export const collectionGuards: GuardsOf<CollectionMethods> = {
  collect: cancellable as z.ZodType<Input<'collect'>>,
  check: z.strictObject({ ...onConnection, ...asOf, callId, offline: z.boolean().optional() }) as z.ZodType<
    Input<'check'>
  >,
};
