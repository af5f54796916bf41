import type { IssuePage } from '../../src-main/contract/models/issue.ts';
import type { StatusResult } from '../../src-main/contract/models/job-status.ts';
import { accessAddress, viewAddress } from './address/routes.ts';
import { formatCount, formatQuantity } from './format/number.ts';
import { actorWords } from './investigation-words.ts';
import { jobTones, sourceWords, type Tone } from './words.ts';

/** One thing to do, and where. */
export interface FirstStep {
  tone: Tone;
  title: string;
  text: string;
  address: string;
  link: string;
}

export interface WhatIsKnown {
  status: Pick<StatusResult, 'job' | 'sources'>;
  /** Open findings of high severity; null while they are not read. */
  highFindings: number | null;
  /** Open issues, the one with the most people first; null while they are not read. */
  issues: Pick<IssuePage, 'rows' | 'states'> | null;
}

/**
 * What to do first, in the order in which it makes sense: a job that does not run explains most of the rest, and what
 * was not read makes the rest uncertain. Empty where nothing that is known needs anybody, which is no statement about
 * what is not known.
 */
export const firstSteps = (connection: string, known: WhatIsKnown): FirstStep[] =>
  [
    jobStep(connection, known.status),
    sourceStep(connection, known.status),
    findingStep(connection, known.highFindings),
    issueStep(connection, known.issues),
  ].filter((step) => step !== null);

const jobStep = (connection: string, { job }: WhatIsKnown['status']): FirstStep | null => {
  const step = job?.steps[0];
  if (!job || step === undefined) return null;
  return {
    tone: jobTones[job.state],
    title: 'Job',
    text: `${actorWords[job.actor]}: ${step}`,
    address: viewAddress(connection, 'job'),
    link: job.steps.length > 1 ? `All ${formatQuantity(job.steps.length, 'step')}` : 'Look at the job',
  };
};

const sourceStep = (connection: string, { sources }: WhatIsKnown['status']): FirstStep | null => {
  const broken = sources.filter(({ status }) => status === 'failed' || status === 'partial');
  if (broken.length === 0) return null;
  return {
    tone: 'warning',
    title: 'Sources',
    text: `Not read completely: ${broken.map(({ source }) => sourceWords[source]).join(', ')}. What rests on them is not certain.`,
    address: accessAddress(connection),
    link: 'Access and tests',
  };
};

const findingStep = (connection: string, high: number | null): FirstStep | null => {
  if (high === null || high === 0) return null;
  return {
    tone: 'danger',
    title: 'Findings',
    text: `${formatQuantity(high, 'finding')} of high severity ${high === 1 ? 'is' : 'are'} open.`,
    address: viewAddress(connection, 'findings', { severity: 'high', state: 'open' }),
    link: high === 1 ? 'Show it' : 'Show them',
  };
};

const issueStep = (connection: string, issues: WhatIsKnown['issues']): FirstStep | null => {
  const largest = issues?.rows[0];
  if (!issues || largest?.state !== 'open') return null;
  const affected = largest.affected.people + largest.affected.groups;
  return {
    tone: 'warning',
    title: 'Failures',
    text: `Writes fail for ${formatQuantity(issues.states.open, 'cause')}. The largest, with ${formatCount(affected)} affected: ${largest.meaning ?? largest.reason ?? 'the service gives no reason.'}`,
    address: viewAddress(connection, 'issues', { state: 'open', id: largest.id }),
    link: 'Show it',
  };
};
