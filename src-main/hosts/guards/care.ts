import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { CareMethods } from '../../contract/methods/care.ts';
import type { GuardsOf } from './guards-of.ts';
import { cancellable, callId, onConnection } from './parts.ts';

const path = z.string().min(1).max(4_000);

const days = z.int().min(1).max(36_500).nullable();

/** What a caller may send to the methods of `contract/methods/care.ts`. */
export const careGuards: GuardsOf<CareMethods> = {
  getCare: z.strictObject(onConnection) as z.ZodType<Input<'getCare'>>,
  setRetention: z.strictObject({
    ...onConnection,
    retention: z.strictObject({ logs: days, states: days, audit: days, runs: days }),
  }) as z.ZodType<Input<'setRetention'>>,
  verifyHistory: cancellable as z.ZodType<Input<'verifyHistory'>>,
  backupHistory: cancellable as z.ZodType<Input<'backupHistory'>>,
  restoreHistory: z.strictObject({ ...onConnection, callId, file: path }) as z.ZodType<Input<'restoreHistory'>>,
  vacuumHistory: cancellable as z.ZodType<Input<'vacuumHistory'>>,
};
