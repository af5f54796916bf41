import type { Methods } from '../contract/api.ts';
import { applicationGuards } from './guards/application.ts';
import { collectionGuards } from './guards/collection.ts';
import { connectionGuards } from './guards/connections.ts';
import type { GuardsOf } from './guards/guards-of.ts';
import { historyGuards } from './guards/history.ts';
import { investigationGuards } from './guards/investigation.ts';
import { jobHealthGuards } from './guards/job-health.ts';
import { issueGuards } from './guards/issues.ts';
import { careGuards } from './guards/care.ts';
import { caseFileGuards } from './guards/case-files.ts';
import { importGuards } from './guards/import.ts';
import { purgeGuards } from './guards/purge.ts';
import { queryGuards } from './guards/query.ts';
import { reportGuards } from './guards/report.ts';
import { readingGuards } from './guards/reading.ts';
import { setUpGuards } from './guards/set-up.ts';

/**
 * What a caller may send, per method. Over HTTP the caller can be anyone on the computer, so everything is checked:
 * unknown fields are refused, texts and lists are bounded. A method without a guard does not compile.
 */
export const inputGuards: GuardsOf<Methods> = {
  ...applicationGuards,
  ...connectionGuards,
  ...collectionGuards,
  ...readingGuards,
  ...investigationGuards,
  ...jobHealthGuards,
  ...setUpGuards,
  ...historyGuards,
  ...issueGuards,
  ...queryGuards,
  ...caseFileGuards,
  ...careGuards,
  ...purgeGuards,
  ...importGuards,
  ...reportGuards,
};
