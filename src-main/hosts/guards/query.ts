import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { QueryMethods } from '../../contract/methods/query.ts';
import { queryExportFormats } from '../../contract/models/query.ts';
import type { GuardsOf } from './guards-of.ts';
import { callId, onConnection } from './parts.ts';

const sql = z.string().min(1).max(100_000);
const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, { error: 'must be a single line' });
const column = z.int().min(0).max(1_999);
const narrowing = z
  .array(z.strictObject({ column, value: z.union([z.string().max(100_000), z.number(), z.null()]) }))
  .max(20)
  .optional();
const query = { ...onConnection, callId, sql, narrowing };

/** What a caller may send to the methods of `contract/methods/query.ts`. */
export const queryGuards: GuardsOf<QueryMethods> = {
  getConsole: z.strictObject(onConnection) as z.ZodType<Input<'getConsole'>>,
  runQuery: z.strictObject({ ...query, rows: z.int().min(1).max(10_000).optional() }) as z.ZodType<Input<'runQuery'>>,
  countQuery: z.strictObject({ ...query, columns: z.array(column).min(1).max(10) }) as z.ZodType<Input<'countQuery'>>,
  exportQuery: z.strictObject({ ...query, format: z.enum(queryExportFormats) }) as z.ZodType<Input<'exportQuery'>>,
  saveQuery: z.strictObject({ ...onConnection, name, sql, replace: z.boolean().optional() }) as z.ZodType<
    Input<'saveQuery'>
  >,
  deleteQuery: z.strictObject({ ...onConnection, name }) as z.ZodType<Input<'deleteQuery'>>,
};
