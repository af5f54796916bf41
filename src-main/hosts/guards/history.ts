import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { HistoryMethods } from '../../contract/methods/history.ts';
import { diffKinds, diffSections } from '../../contract/models/history-diff.ts';
import type { GuardsOf } from './guards-of.ts';
import { callId, id, list, onConnection, page, text } from './parts.ts';

const state = z.string().min(1).max(60);
const between = { from: state, to: state };

const filter = z.strictObject({
  section: list(z.enum(diffSections)),
  kind: list(z.enum(diffKinds)),
  attribute: id.optional(),
  text: text.optional(),
});

/** What a caller may send to the methods of `contract/methods/history.ts`. */
export const historyGuards: GuardsOf<HistoryMethods> = {
  findState: z.strictObject({ ...onConnection, asOf: state }) as z.ZodType<Input<'findState'>>,
  diffSummary: z.strictObject({ ...onConnection, callId, ...between }) as z.ZodType<Input<'diffSummary'>>,
  listDifferences: z.strictObject({ ...onConnection, ...between, filter, page }) as z.ZodType<Input<'listDifferences'>>,
  diffSetup: z.strictObject({ ...onConnection, with: id }) as z.ZodType<Input<'diffSetup'>>,
};
