import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import { connectionFileSchema } from '../../adapters/files/connection-file.ts';
import { targetProfileSchema } from '../../adapters/files/target-profile.ts';
import { callId, cancellable, id, none, onConnection } from './parts.ts';
import type { ConnectionMethods } from '../../contract/methods/connections.ts';
import type { GuardsOf } from './guards-of.ts';

const secretKind = z.enum(['scim-token', 'client-secret', 'access-token']);
/** A bearer token or secret: one line without blanks, so that it cannot smuggle a header. */
const secret = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[\x21-\x7e]+$/u, { error: 'must be one line without blanks' });

/** What a caller may send to the methods of `contract/methods/connections.ts`. */
export const connectionGuards: GuardsOf<ConnectionMethods> = {
  listConnections: none as z.ZodType<Record<string, never>>,
  connect: z.strictObject({
    callId,
    connection: connectionFileSchema,
    trustHost: z.boolean().optional(),
    replace: z.boolean().optional(),
    secrets: z.partialRecord(secretKind, secret).optional(),
    profile: targetProfileSchema.optional(),
  }) as unknown as z.ZodType<Input<'connect'>>,
  testConnection: cancellable as z.ZodType<Input<'testConnection'>>,
  deleteConnection: z.strictObject({ connection: id }),
  setSecret: z.strictObject({ connection: id, kind: secretKind, value: secret }),
  signIn: z.strictObject({
    ...onConnection,
    callId,
    mode: z.enum(['interactive', 'device-code']).optional(),
  }) as z.ZodType<Input<'signIn'>>,
  signOut: z.strictObject(onConnection) as z.ZodType<Input<'signOut'>>,
};
