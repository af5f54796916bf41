import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import type { IssueMethods } from '../../contract/methods/issues.ts';
import { issueStates } from '../../contract/models/issue.ts';
import { viewNames } from '../../contract/models/named-view.ts';
import type { GuardsOf } from './guards-of.ts';
import { id, list, onConnection, page, text } from './parts.ts';

const issueFilter = z.strictObject({ state: list(z.enum(issueStates)), text: text.optional() });
const viewFilter = z.strictObject({ id: id.optional(), what: list(text), text: text.optional() });

/** What a caller may send to the methods of `contract/methods/issues.ts`. */
export const issueGuards: GuardsOf<IssueMethods> = {
  listIssues: z.strictObject({ ...onConnection, filter: issueFilter, page }) as z.ZodType<Input<'listIssues'>>,
  getIssue: z.strictObject({ ...onConnection, id }) as z.ZodType<Input<'getIssue'>>,
  muteIssue: z.strictObject({ ...onConnection, id, note: text.optional() }) as z.ZodType<Input<'muteIssue'>>,
  unmuteIssue: z.strictObject({ ...onConnection, id }) as z.ZodType<Input<'unmuteIssue'>>,
  listView: z.strictObject({ ...onConnection, view: z.enum(viewNames), filter: viewFilter, page }) as z.ZodType<
    Input<'listView'>
  >,
};
