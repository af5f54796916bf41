import { z } from 'zod';
import { findingFacetNames, type Input, type MethodName } from '../contract/api.ts';
import { findingKinds, findingStates, severities } from '../contract/models/finding.ts';
import { logFacetNames } from '../contract/models/provisioning-event.ts';
import { personFacetNames, sourceStates, targetStates } from '../contract/models/person.ts';
import { connectionFileSchema } from '../adapters/files/connection-file.ts';

/*
 * What a caller may send, per method. Over HTTP the caller can be anyone on the computer, so everything is checked:
 * unknown fields are refused, texts and lists are bounded. A method without a guard does not compile.
 */

const text = z.string().max(500);
const id = z.string().min(1).max(300);
const callId = z.string().min(1).max(100);
const time = z.iso.datetime({ offset: true });
const onConnection = { connection: z.string().min(1).max(200).optional() };
const list = <T extends z.ZodType>(item: T): z.ZodOptional<z.ZodArray<T>> => z.array(item).max(100).optional();

const page = z
  .strictObject({
    limit: z.int().min(1).max(1000),
    cursor: z.string().max(2000).optional(),
    offset: z.int().min(0).optional(),
    withTotal: z.boolean().optional(),
  })
  .refine((value) => value.cursor === undefined || value.offset === undefined, {
    error: 'has both a cursor and an offset',
  });

const logFilter = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  status: list(z.enum(['success', 'failure', 'skipped', 'warning', 'unknown'])),
  action: list(text),
  entraId: id.optional(),
  cycleId: id.optional(),
  errorCode: list(text),
  issue: id.optional(),
  benign: z.boolean().optional(),
  text: text.optional(),
});

const findingFilter = z.strictObject({
  kind: list(z.enum(findingKinds)),
  state: list(z.enum(findingStates)),
  severity: list(z.enum(severities)),
  text: text.optional(),
  subject: id.optional(),
});

const personFilter = z.strictObject({
  text: text.optional(),
  source: list(z.enum(sourceStates)),
  target: list(z.enum(targetStates)),
  withFindings: z.boolean().optional(),
});

const demoOptions = z.strictObject({
  people: z.int().min(20).max(200_000).optional(),
  days: z.int().min(1).max(400).optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31)
    .optional(),
  now: time.optional(),
  faultRate: z.number().min(0).max(1).optional(),
  scenario: text.optional(),
});

const secretKind = z.enum(['scim-token', 'client-secret', 'access-token']);
/** A bearer token or secret: one line without blanks, so that it cannot smuggle a header. */
const secret = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[\x21-\x7e]+$/u, { error: 'must be one line without blanks' });

const none = z.strictObject({});
const cancellable = z.strictObject({ ...onConnection, callId });

export const inputGuards: { [M in MethodName]: z.ZodType<Input<M>> } = {
  getAppInfo: none as z.ZodType<Record<string, never>>,
  listConnections: none as z.ZodType<Record<string, never>>,
  connect: z.strictObject({
    callId,
    connection: connectionFileSchema,
    trustHost: z.boolean().optional(),
    replace: z.boolean().optional(),
    secrets: z.partialRecord(secretKind, secret).optional(),
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
  openDemo: z.strictObject({ callId, options: demoOptions.optional() }) as z.ZodType<Input<'openDemo'>>,
  collect: cancellable as z.ZodType<Input<'collect'>>,
  check: z.strictObject({ ...onConnection, callId, offline: z.boolean().optional() }) as z.ZodType<Input<'check'>>,
  cancel: z.strictObject({ callId }),
  getStatus: z.strictObject(onConnection) as z.ZodType<Input<'getStatus'>>,
  listRuns: z.strictObject({ ...onConnection, page }) as z.ZodType<Input<'listRuns'>>,
  listGaps: z.strictObject(onConnection) as z.ZodType<Input<'listGaps'>>,
  listFindings: z.strictObject({ ...onConnection, filter: findingFilter, page }) as z.ZodType<Input<'listFindings'>>,
  getFinding: z.strictObject({ ...onConnection, id }) as z.ZodType<Input<'getFinding'>>,
  findingFacets: z.strictObject({
    ...onConnection,
    filter: findingFilter,
    facets: z.array(z.enum(findingFacetNames)).max(10),
  }) as z.ZodType<Input<'findingFacets'>>,
  listLog: z.strictObject({ ...onConnection, filter: logFilter, page }) as z.ZodType<Input<'listLog'>>,
  getLogRow: z.strictObject({ ...onConnection, id }) as z.ZodType<Input<'getLogRow'>>,
  logFacets: z.strictObject({
    ...onConnection,
    callId,
    filter: logFilter,
    facets: z.array(z.enum(logFacetNames)).max(10),
  }) as z.ZodType<Input<'logFacets'>>,
  logOutcomes: z.strictObject({ ...onConnection, days: z.int().min(1).max(400) }) as z.ZodType<Input<'logOutcomes'>>,
  listPeople: z.strictObject({ ...onConnection, filter: personFilter, page }) as z.ZodType<Input<'listPeople'>>,
  getPerson: z.strictObject({ ...onConnection, id }) as z.ZodType<Input<'getPerson'>>,
  peopleFacets: z.strictObject({
    ...onConnection,
    filter: personFilter,
    facets: z.array(z.enum(personFacetNames)).max(10),
  }) as z.ZodType<Input<'peopleFacets'>>,
  investigate: z.strictObject({ ...onConnection, who: id }) as z.ZodType<Input<'investigate'>>,
};
