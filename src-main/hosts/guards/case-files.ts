import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { CaseFileMethods } from '../../contract/methods/case-files.ts';
import type { GuardsOf } from './guards-of.ts';
import { callId, id, onConnection, time } from './parts.ts';

const path = z.string().min(1).max(4_000);
/** What a case file may be about; also for the command line. */
export const caseScope = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('all') }),
  z.strictObject({ what: z.literal('person'), id }),
  z.strictObject({ what: z.literal('finding'), id }),
  z
    .strictObject({ what: z.literal('period'), from: time, to: time })
    .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { error: 'must end after it begins', path: ['to'] }),
]);

/** What a caller may send to the methods of `contract/methods/case-files.ts`. */
export const caseFileGuards: GuardsOf<CaseFileMethods> = {
  writeCaseFile: z.strictObject({
    ...onConnection,
    callId,
    scope: caseScope,
    redact: z.boolean().optional(),
  }) as z.ZodType<Input<'writeCaseFile'>>,
  openCaseFile: z.strictObject({ callId, file: path }),
};
