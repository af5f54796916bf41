import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import { id, onConnection } from './parts.ts';
import type { InvestigationMethods } from '../../contract/methods/investigation.ts';
import type { GuardsOf } from './guards-of.ts';

/** What a caller may send to the methods of `contract/methods/investigation.ts`. */
export const investigationGuards: GuardsOf<InvestigationMethods> = {
  investigate: z.strictObject({ ...onConnection, who: id }) as z.ZodType<Input<'investigate'>>,
};
