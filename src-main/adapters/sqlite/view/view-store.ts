import type { ViewStore } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { readLeavers } from './leavers.ts';
import { readSuspectLinks } from './suspect-links.ts';
import { readOftenUpdated, readWrites } from './writes.ts';

/** Facts behind the named views; each method reads everything that its rule may want to see, and no more. */
export const createViewStore = (statements: Statements): ViewStore => ({
  suspectLinks: async () => readSuspectLinks(statements),
  leavers: async () => readLeavers(statements),
  writes: async (entraIds, limit) => readWrites(statements, entraIds, limit),
  oftenUpdated: async (options) => readOftenUpdated(statements, options),
});
