import type { ConfigurationChange } from '../../../contract/models/configuration-change.ts';
import type { JobHealth } from '../../../contract/models/job-health.ts';
import type { JobStatus } from '../../../contract/models/job-status.ts';
import { clean, count, faint, line, strong, table, time } from '../print.ts';
import { pastState, type PastOptions } from '../past-state.ts';
import { runCommand } from '../session.ts';
import { printNextCycle } from './status.ts';

const changesShown = 10;

/** When a change was made, as exactly as it is known, and by whom. */
export const changeTime = ({ from, to, by }: ConfigurationChange): string => {
  const when = from === to ? time(to) : `between ${time(from)} and ${time(to)}`;
  return by === null ? when : `${when}, ${by}`;
};

const printQuarantine = (quarantine: NonNullable<JobStatus['quarantine']>): void => {
  line();
  line(strong(`Quarantine: ${clean(quarantine.title)}`));
  if (quarantine.message) line(`  ${clean(quarantine.message)}`);
  if (quarantine.errorMeaning) line(`  ${clean(quarantine.errorMeaning)}`);
  if (quarantine.daysLeft !== null) line(`  Days until Entra disables the job: ${count(quarantine.daysLeft)}.`);
  for (const step of quarantine.ladder) line(`  ${time(step.at)}  ${clean(step.title)}: ${clean(step.text)}`);
};

const printJob = (job: JobStatus): void => {
  line(strong(clean(job.sentence)));
  if (job.lastExecution) {
    const last = job.lastExecution;
    line(
      `  Last cycle ${time(last.startedAt)}: ${count(last.exported)} written, ${count(last.escrowed)} to be tried again.`,
    );
  }
  printNextCycle(job);
  if (job.initial) line(`  ${clean(job.initial.sentence)}`);
  if (job.forecast && job.forecast.level !== 'far') line(`  ${clean(job.forecast.sentence)}`);
  for (const [index, step] of job.steps.entries()) line(`  ${index + 1}. ${clean(step)}`);
  if (job.quarantine) printQuarantine(job.quarantine);
};

const printHealth = (value: JobHealth): void => {
  if (value.job) printJob(value.job);
  else line(strong('Nothing is known about the provisioning job yet.'));
  if (value.cadence) {
    line();
    line(`${strong('Cadence')}  ${clean(value.cadence.sentence)}`);
  }
  if (value.settings.length > 0) {
    line();
    table(
      ['Setting', 'Value', 'What it means'],
      value.settings.map((setting) => [setting.title, setting.value ?? 'not known', setting.meaning]),
    );
  }
  line();
  line(strong('What was changed about the job in the last 90 days'));
  if (value.changes.length === 0) line('  Nothing that the audit log or two collections show.');
  for (const change of value.changes.slice(0, changesShown)) {
    line(`  ${clean(change.title)}  ${faint(clean(changeTime(change)))}`);
    for (const detail of change.details) line(`    ${clean(detail)}`);
  }
  const more = value.changes.length - changesShown;
  if (more > 0) line(`  and ${count(more)} more (all of them: --json).`);
};

export const health = (options: PastOptions): Promise<void> =>
  runCommand(options, async ({ api, on }) => ({
    result: await api.getJobHealth({ ...on, ...(await pastState({ api, on }, options)) }),
    print: printHealth,
  }));
