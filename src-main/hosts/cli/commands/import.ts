import type { ImportReport } from '../../../contract/models/import.ts';
import { clean, count, line, time } from '../print.ts';
import { runCommand, type CommonOptions } from '../session.ts';

const print = ({ imports, inserted, known }: ImportReport): void => {
  for (const { files, rows, from, to, otherApplications, tooOld, withheld } of imports) {
    line(`${clean(files.join(', '))}: ${count(rows)} rows from ${time(from)} to ${time(to)}.`);
    if (otherApplications > 0) line(`  ${count(otherApplications)} rows of other applications were left out.`);
    if (tooOld) line(`  ${count(tooOld)} rows are older than this connection keeps its log, and were left out.`);
    if (withheld) line(`  ${count(withheld)} rows are withheld by a data-protection purge.`);
  }
  line(`${count(inserted)} rows are new; ${count(known)} were there already and stay as they are.`);
};

/** Imports downloads of the provisioning log. */
export const importFiles = (files: string[], options: CommonOptions): Promise<void> =>
  runCommand(options, async ({ api, callId, on }) => ({
    result: await api.importLog({ ...on, callId, files }),
    print,
  }));
