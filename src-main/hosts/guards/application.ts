import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import { callId, none, text, time } from './parts.ts';
import type { ApplicationMethods } from '../../contract/methods/application.ts';
import type { GuardsOf } from './guards-of.ts';

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

/** What a caller may send to the methods of `contract/methods/application.ts`. */
export const applicationGuards: GuardsOf<ApplicationMethods> = {
  getAppInfo: none as z.ZodType<Record<string, never>>,
  openDemo: z.strictObject({ callId, options: demoOptions.optional() }) as z.ZodType<Input<'openDemo'>>,
  cancel: z.strictObject({ callId }),
};
