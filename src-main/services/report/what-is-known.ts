import type { HistoryStore } from '../ports.ts';
import type { ReportContext } from './report-context.ts';

/** Whether anything of the provisioning log was ever read: an empty log that nobody read is no quiet one. */
export const isLogRead = ({ status }: Pick<ReportContext, 'status'>): boolean =>
  status.sources.some(
    ({ source, status: state, lastCompleteAt }) =>
      source === 'provisioning-log' && (lastCompleteAt !== null || state === 'partial'),
  );

/** Whether both sides were ever compared: without it nobody has a state and nothing is a finding. */
export const isCompared = async (store: HistoryStore): Promise<boolean> => (await store.findings.evaluation()) !== null;
