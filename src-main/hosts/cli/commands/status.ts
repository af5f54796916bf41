import type { JobStatus, StatusResult } from '../../../contract/models/job-status.ts';
import { withheldWords } from '../../../contract/models/withheld-words.ts';
import { exitCodeOfSources } from '../exit-codes.ts';
import { clean, count, line, strong, table, time } from '../print.ts';
import { pastState, type PastOptions } from '../past-state.ts';
import { runCommand } from '../session.ts';
import { skipSentence } from '../skip-sentence.ts';
import { printAdvice } from './collect.ts';

/** When the next cycle comes; of a late or silent job, when it should have come. */
export const printNextCycle = ({ state, nextExpectedAt }: JobStatus): void => {
  if (nextExpectedAt === undefined) return;
  const missed = state === 'late' || state === 'silent';
  line(`  ${missed ? 'The next cycle was due' : 'Next cycle expected'} ${time(nextExpectedAt)}.`);
};

/** The job in one sentence, the sources with their age, the counts. */
export const printStatus = (value: StatusResult): void => {
  line(strong(value.job ? clean(value.job.sentence) : 'Nothing is known about the provisioning job yet.'));
  if (value.job?.quarantine?.message) line(`  ${clean(value.job.quarantine.message)}`);
  if (value.job?.lastExecution) {
    const last = value.job.lastExecution;
    line(`  Last cycle ${time(last.startedAt)}: ${count(last.exported)} written, ${count(last.escrowed)} with errors.`);
  }
  if (value.job) printNextCycle(value.job);
  const { counts } = value;
  line(
    `  Entra: ${count(counts.users)} users, ${count(counts.groups)} groups, ${count(counts.assignments)} assignments. ` +
      `UNIFI: ${count(counts.accounts)} accounts, ${count(counts.targetGroups)} groups. ${count(counts.logRows)} log rows.`,
  );
  if (counts.withheld > 0) line(`  ${withheldWords(counts.withheld)}: no count here includes them.`);
  if (value.sources.length === 0) {
    line('Nothing was collected yet: run "unifi-monitor collect".');
    return;
  }
  line(`  ${skipSentence(value.skips)}`);
  table(
    ['Source', 'Status', 'Read', 'Last complete', 'Note'],
    value.sources.map((source) => [
      source.source,
      source.status,
      time(source.endedAt),
      time(source.lastCompleteAt),
      source.failure?.message ?? '',
    ]),
  );
  printAdvice(value.sources);
};

export const status = (options: PastOptions): Promise<void> =>
  runCommand(options, async ({ api, on }) => {
    const result = await api.getStatus({ ...on, ...(await pastState({ api, on }, options)) });
    return { result, print: printStatus, exitCode: result.ok ? exitCodeOfSources(result.value.sources) : 0 };
  });
