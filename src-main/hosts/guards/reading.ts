import { z } from 'zod';
import type { Input } from '../../contract/api.ts';
import { findingFacetNames } from '../../contract/methods/reading.ts';
import { findingKinds, findingStates, severities } from '../../contract/models/finding.ts';
import { logFacetNames } from '../../contract/models/provisioning-event.ts';
import { personFacetNames, sourceStates, targetStates } from '../../contract/models/person.ts';
import { asOf, callId, id, list, onConnection, page, text, time } from './parts.ts';
import type { ReadingMethods } from '../../contract/methods/reading.ts';
import type { GuardsOf } from './guards-of.ts';

const logFilter = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  status: list(z.enum(['success', 'failure', 'skipped', 'warning', 'unknown'])),
  action: list(text),
  entraId: id.optional(),
  cycleId: id.optional(),
  errorCode: list(text),
  issue: id.optional(),
  benign: z.boolean().optional(),
  text: text.optional(),
});

const findingFilter = z.strictObject({
  kind: list(z.enum(findingKinds)),
  state: list(z.enum(findingStates)),
  severity: list(z.enum(severities)),
  text: text.optional(),
  subject: id.optional(),
});

const personFilter = z.strictObject({
  text: text.optional(),
  source: list(z.enum(sourceStates)),
  target: list(z.enum(targetStates)),
  withFindings: z.boolean().optional(),
});

/** What a caller may send to the methods of `contract/methods/reading.ts`. */
export const readingGuards: GuardsOf<ReadingMethods> = {
  getStatus: z.strictObject({ ...onConnection, ...asOf }) as z.ZodType<Input<'getStatus'>>,
  listRuns: z.strictObject({ ...onConnection, page }) as z.ZodType<Input<'listRuns'>>,
  listGaps: z.strictObject({ ...onConnection, ...asOf }) as z.ZodType<Input<'listGaps'>>,
  listKeptAside: z.strictObject(onConnection) as z.ZodType<Input<'listKeptAside'>>,
  listFindings: z.strictObject({ ...onConnection, ...asOf, filter: findingFilter, page }) as z.ZodType<
    Input<'listFindings'>
  >,
  getFinding: z.strictObject({ ...onConnection, ...asOf, id }) as z.ZodType<Input<'getFinding'>>,
  findingFacets: z.strictObject({
    ...onConnection,
    ...asOf,
    filter: findingFilter,
    facets: z.array(z.enum(findingFacetNames)).max(10),
  }) as z.ZodType<Input<'findingFacets'>>,
  listLog: z.strictObject({ ...onConnection, ...asOf, filter: logFilter, page }) as z.ZodType<Input<'listLog'>>,
  getLogRow: z.strictObject({ ...onConnection, ...asOf, id }) as z.ZodType<Input<'getLogRow'>>,
  logFacets: z.strictObject({
    ...onConnection,
    ...asOf,
    callId,
    filter: logFilter,
    facets: z.array(z.enum(logFacetNames)).max(10),
  }) as z.ZodType<Input<'logFacets'>>,
  logOutcomes: z.strictObject({ ...onConnection, ...asOf, days: z.int().min(1).max(400) }) as z.ZodType<
    Input<'logOutcomes'>
  >,
  listPeople: z.strictObject({ ...onConnection, ...asOf, filter: personFilter, page }) as z.ZodType<
    Input<'listPeople'>
  >,
  getPerson: z.strictObject({ ...onConnection, ...asOf, id }) as z.ZodType<Input<'getPerson'>>,
  peopleFacets: z.strictObject({
    ...onConnection,
    ...asOf,
    filter: personFilter,
    facets: z.array(z.enum(personFacetNames)).max(10),
  }) as z.ZodType<Input<'peopleFacets'>>,
};
