import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { ReportMethods } from '../../contract/methods/report.ts';
import { findingKinds } from '../../contract/models/finding.ts';
import { reportFormats, reportKinds, reportLanguages } from '../../contract/models/report.ts';
import type { GuardsOf } from './guards-of.ts';
import { callId, id, onConnection, time } from './parts.ts';

/** One line of a head: what stands in titles of windows and pages. */
const lineOfText = (most: number): z.ZodString =>
  z
    .string()
    .max(most)
    .regex(/^\P{Cc}*$/u, { error: 'must be a single line' });
const names = z.array(z.string().min(1).max(300)).max(1000);
const name = lineOfText(100).trim().min(1);

/** What a report may be asked for; also for the command line and for what was saved. */
export const reportOptions = z.strictObject({
  kind: z.enum(reportKinds),
  from: time.optional(),
  to: time.optional(),
  fromState: z.string().min(1).max(60).optional(),
  toState: z.string().min(1).max(60).optional(),
  findingKinds: z.array(z.enum(findingKinds)).max(findingKinds.length).optional(),
  people: names.optional(),
  groups: names.optional(),
  subject: z.string().min(1).max(300).optional(),
  columns: z.array(z.string().min(1).max(60)).max(100).optional(),
  language: z.enum(reportLanguages).optional(),
  timeZone: z.string().min(1).max(60).optional(),
  title: lineOfText(200).optional(),
  client: lineOfText(200).optional(),
  logo: z
    .string()
    .max(850_000, { error: 'must be at most 600 KB' })
    .regex(/^[A-Za-z0-9+/]*={0,2}$/u, { error: 'must be base64' })
    .optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/u, { error: 'must be a colour such as #0a5ba8' })
    .optional(),
  redact: z.boolean().optional(),
  rowLimit: z.int().min(1).max(10_000_000).optional(),
});

const format = z.enum(reportFormats);
const definition = z.strictObject({ name, format, options: reportOptions });

/** What a caller may send to the methods of `contract/methods/report.ts`. */
export const reportGuards: GuardsOf<ReportMethods> = {
  listReports: z.strictObject({ ...onConnection, language: z.enum(reportLanguages).optional() }) as z.ZodType<
    Input<'listReports'>
  >,
  previewReport: z.strictObject({ ...onConnection, callId, options: reportOptions }) as z.ZodType<
    Input<'previewReport'>
  >,
  createReport: z.strictObject({ ...onConnection, callId, options: reportOptions, format }) as z.ZodType<
    Input<'createReport'>
  >,
  readReport: z.strictObject({ id, part: z.enum(['file', 'companion']), offset: z.int().min(0) }),
  discardReport: z.strictObject({ id }),
  saveReportDefinition: z.strictObject({
    ...onConnection,
    definition,
    replace: z.boolean().optional(),
  }) as z.ZodType<Input<'saveReportDefinition'>>,
  deleteReportDefinition: z.strictObject({ ...onConnection, name }) as z.ZodType<Input<'deleteReportDefinition'>>,
};
