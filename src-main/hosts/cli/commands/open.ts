import type { Output } from '../../../contract/api.ts';
import { clean, line, time } from '../print.ts';
import { runCommand, type CommonOptions } from '../session.ts';

const print = ({ connection, manifest }: Output<'openCaseFile'>): void => {
  line(`The case file is intact and open as connection "${clean(connection.name)}".`);
  line(
    `Written ${time(manifest.writtenAt)}, collected ${time(manifest.collectedAt)}${manifest.redacted ? ', redacted' : ''}.`,
  );
  if (manifest.states)
    line(
      `It holds the states of runs ${manifest.states.first.run} to ${manifest.states.last.run}; --as-of shows each.`,
    );
  line('Intact means that nothing was changed since it was written. It says nothing about who wrote it.');
  line(`Look at it with --connection ${connection.id}, or in the window (unifi-monitor serve).`);
};

/** Opens a case file. */
export const open = (file: string, options: CommonOptions): Promise<void> =>
  runCommand(options, async ({ api, callId }) => ({ result: await api.openCaseFile({ callId, file }), print }));
