import { z } from 'zod';

/** A short text. */
export const text = z.string().max(500);
/** The id or name of something. */
export const id = z.string().min(1).max(300);
/** The id of one long call. */
export const callId = z.string().min(1).max(100);
/** ISO 8601 with a zone. */
export const time = z.iso.datetime({ offset: true });
/** Which connection. */
export const onConnection = { connection: z.string().min(1).max(200).optional() };
/** At which run, date or moment. */
export const asOf = { asOf: z.string().min(1).max(60).optional() };
/** A bounded list. */
export const list = <T extends z.ZodType>(item: T): z.ZodOptional<z.ZodArray<T>> => z.array(item).max(100).optional();

/** A page by cursor or by offset, never by both. */
export const page = z
  .strictObject({
    limit: z.int().min(1).max(1000),
    cursor: z.string().max(2000).optional(),
    offset: z.int().min(0).optional(),
    withTotal: z.boolean().optional(),
  })
  .refine((value) => value.cursor === undefined || value.offset === undefined, {
    error: 'has both a cursor and an offset',
  });

/** No fields at all. */
export const none = z.strictObject({});
/** A long call on a connection. */
export const cancellable = z.strictObject({ ...onConnection, callId });
