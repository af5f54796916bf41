import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { PurgeMethods } from '../../contract/methods/purge.ts';
import type { GuardsOf } from './guards-of.ts';
import { callId, cancellable, id, onConnection, text } from './parts.ts';

const receiptId = z.string().regex(/^[\w-]{1,60}$/u, { error: 'is no id of a purge' });

/** What a caller may send to the methods of `contract/methods/purge.ts`. */
export const purgeGuards: GuardsOf<PurgeMethods> = {
  previewPurge: z.strictObject({ ...onConnection, callId, who: text.min(1) }) as z.ZodType<Input<'previewPurge'>>,
  purgePerson: z.strictObject({ ...onConnection, callId, id }) as z.ZodType<Input<'purgePerson'>>,
  finishPurges: cancellable as z.ZodType<Input<'finishPurges'>>,
  listPurges: z.strictObject(onConnection) as z.ZodType<Input<'listPurges'>>,
  getPurgeReceipt: z.strictObject({ ...onConnection, id: receiptId }) as z.ZodType<Input<'getPurgeReceipt'>>,
  liftPurge: z.strictObject({ ...onConnection, id: receiptId }) as z.ZodType<Input<'liftPurge'>>,
};
