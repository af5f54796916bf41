import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import { findingKinds } from '../../contract/models/finding.ts';
import { batchFileLimit, batchLimit } from '../../contract/models/investigation-batch.ts';
import { asOf, callId, id, onConnection } from './parts.ts';
import type { InvestigationMethods } from '../../contract/methods/investigation.ts';
import type { GuardsOf } from './guards-of.ts';

const batchPeople = z.union([
  z.strictObject({ names: z.array(id).min(1).max(batchLimit) }),
  z.strictObject({
    file: z.strictObject({
      name: id,
      // Four characters for three bytes.
      base64: z.base64().max(Math.ceil(batchFileLimit / 3) * 4),
      column: id.optional(),
    }),
  }),
  z.strictObject({ finding: z.enum(findingKinds) }),
]);

/** What a caller may send to the methods of `contract/methods/investigation.ts`. */
export const investigationGuards: GuardsOf<InvestigationMethods> = {
  investigate: z
    .strictObject({
      ...onConnection,
      ...asOf,
      callId: callId.optional(),
      who: id,
      member: id.optional(),
      live: z.boolean().optional(),
    })
    .refine(({ live, member, asOf: moment }) => live !== true || (member === undefined && moment === undefined), {
      path: ['live'],
      message: 'goes with one person as of now only',
    }) as unknown as z.ZodType<Input<'investigate'>>,
  investigateBatch: z.strictObject({
    ...onConnection,
    ...asOf,
    callId,
    people: batchPeople,
    csv: z.boolean().optional(),
  }) as z.ZodType<Input<'investigateBatch'>>,
};
