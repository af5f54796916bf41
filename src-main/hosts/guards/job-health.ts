import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { JobHealthMethods } from '../../contract/methods/job-health.ts';
import type { GuardsOf } from './guards-of.ts';
import { asOf, onConnection } from './parts.ts';

/** What a caller may send to the methods of `contract/methods/job-health.ts`. */
export const jobHealthGuards: GuardsOf<JobHealthMethods> = {
  getJobHealth: z.strictObject({ ...onConnection, ...asOf }) as z.ZodType<Input<'getJobHealth'>>,
  blameChanges: z.strictObject({ ...onConnection, ...asOf }) as z.ZodType<Input<'blameChanges'>>,
};
