import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CaseManifest } from '../../../contract/models/case-file.ts';

const text = z.string().max(1_000);
/** What a saved connection is called, and names: as strict as there, or the connection made of it could not be read again. */
const name = text.regex(/^[^\p{Cc}]*$/u);
const jobId = z.string().regex(/^[\w.-]{1,200}$/u);
const sum = z.string().regex(/^[0-9a-f]{64}$/u);
const scope = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('all') }),
  z.strictObject({ what: z.literal('person'), id: text }),
  z.strictObject({ what: z.literal('finding'), id: text }),
  z.strictObject({ what: z.literal('period'), from: text, to: text }),
]);

const state = z.strictObject({ run: z.string().regex(/^[1-9]\d{0,14}$/u), at: z.iso.datetime() });

/** The shape of a manifest; what comes from outside may be anything. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  version: text,
  connection: name,
  tenantId: text,
  jobId: jobId.nullable(),
  writtenAt: z.iso.datetime(),
  collectedAt: text.nullable(),
  scope,
  states: z.strictObject({ first: state, last: state }).nullable().optional(),
  redacted: z.boolean(),
  redactionKeyId: text.nullable(),
  tables: z.array(z.strictObject({ name: text, rows: z.int().min(0), sha256: sum })).max(200),
  sha256: sum,
}) as z.ZodType<CaseManifest>;

/** The sum over everything else that a manifest says, in a fixed order. */
export const sumOfManifest = (manifest: Omit<CaseManifest, 'sha256'>): string => {
  const { format, version, connection, tenantId, jobId, writtenAt, collectedAt, scope: what } = manifest;
  const parts = [format, version, connection, tenantId, jobId, writtenAt, collectedAt, what];
  const rest = [
    manifest.redacted,
    manifest.redactionKeyId,
    manifest.tables.map((one) => [one.name, one.rows, one.sha256]),
    ...(manifest.states === undefined ? [] : [manifest.states]),
  ];
  return createHash('sha256')
    .update(JSON.stringify([...parts, ...rest]))
    .digest('hex');
};
