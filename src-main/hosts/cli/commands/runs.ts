import type { Page } from '../../../contract/models/page.ts';
import type { KeptAside, Run, SourceReport } from '../../../contract/models/run.ts';
import { clean, count, faint, line, table, time } from '../print.ts';
import { runCommand, type CommonOptions } from '../session.ts';

export interface RunsOptions extends CommonOptions {
  limit: number;
  cursor?: string;
  keptAside?: boolean;
}

const statusOf = (sources: SourceReport[], status: SourceReport['status']): string =>
  sources
    .filter((source) => source.status === status)
    .map(({ source }) => source)
    .join(', ');

const printRuns = (page: Page<Run & { sources: SourceReport[] }>): void => {
  if (page.rows.length === 0) line('Nothing was collected yet.');
  else {
    table(
      ['Run', 'Started', 'Ended', 'Complete', 'Partial', 'Failed'],
      page.rows.map(({ id, startedAt, endedAt, sources }) => [
        id,
        time(startedAt),
        endedAt ? time(endedAt) : 'not ended',
        `${count(sources.filter(({ status }) => status === 'complete').length)} of ${count(sources.length)}`,
        statusOf(sources, 'partial'),
        statusOf(sources, 'failed'),
      ]),
    );
  }
  if (page.nextCursor) line(`More: --cursor ${page.nextCursor}`);
};

const printKeptAside = ({ entries }: { entries: KeptAside[] }): void => {
  if (entries.length === 0) line('Every entry that was read was understood.');
  for (const { source, text, firstSeen, lastSeen } of entries) {
    line(`${source}, first met ${time(firstSeen)}, last ${time(lastSeen)}`);
    line(faint(`  ${clean(text)}`));
  }
};

export const runs = (options: RunsOptions): Promise<void> => {
  if (options.keptAside) {
    return runCommand(options, async ({ api, on }) => ({ result: await api.listKeptAside(on), print: printKeptAside }));
  }
  const page = { limit: options.limit, withTotal: true, ...(options.cursor ? { cursor: options.cursor } : {}) };
  return runCommand(options, async ({ api, on }) => ({
    result: await api.listRuns({ ...on, page }),
    print: printRuns,
  }));
};
