import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { ImportMethods } from '../../contract/methods/import.ts';
import type { GuardsOf } from './guards-of.ts';
import { callId, onConnection } from './parts.ts';

/** What a caller may send to the methods of `contract/methods/import.ts`. */
export const importGuards: GuardsOf<ImportMethods> = {
  importLog: z.strictObject({
    ...onConnection,
    callId,
    files: z.array(z.string().min(1).max(4_000)).min(1).max(100),
  }) as z.ZodType<Input<'importLog'>>,
};
