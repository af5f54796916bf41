import type {
  HistoryBackup,
  HistoryRestored,
  HistoryVacuumed,
  HistoryVerification,
} from '../../../contract/models/care.ts';
import { clean, count, line, strong } from '../print.ts';
import { targetOf, type TargetOptions } from '../target.ts';
import { runCommand, type CommonOptions } from '../session.ts';

export type BackupOptions = CommonOptions & TargetOptions;

/** Exit code of a history that does not agree with itself: that of the store's failures. */
const notGood = 5;

/** Verifies a history. */
export const verify = (options: CommonOptions): Promise<void> =>
  runCommand(options, async ({ api, callId, on }) => {
    const result = await api.verifyHistory({ ...on, callId });
    return {
      result,
      print: (value: HistoryVerification) => {
        for (const { good, sentence } of value.checks) line(`${good ? 'good' : strong('BAD ')}  ${clean(sentence)}`);
        line(
          value.good ? 'The history agrees with itself.' : 'Restore a backup, or collect into a new data directory.',
        );
      },
      ...(result.ok && !result.value.good ? { exitCode: notGood } : {}),
    };
  });

/** Copies a history. */
export const backup = (options: BackupOptions): Promise<void> =>
  runCommand(options, async ({ app, callId, on: { connection } }) => ({
    result: {
      version: 1,
      ok: true,
      value: await app.runCall(callId, (signal) =>
        app.histories.backUp({ connection, callId, signal }, targetOf(options)),
      ),
    },
    print: ({ file, bytes, sha256 }: HistoryBackup) => {
      line(`Wrote ${count(bytes)} bytes to ${file}.`);
      line(`SHA-256: ${sha256}`);
    },
  }));

/** Replaces a history by a backup. */
export const restore = (file: string, options: CommonOptions): Promise<void> =>
  runCommand(options, async ({ api, callId, on }) => ({
    result: await api.restoreHistory({ ...on, callId, file }),
    print: ({ from, kept }: HistoryRestored) => {
      line(`The history is now that of ${from}.`);
      line(`What was there before is kept in ${kept}.`);
    },
  }));

/** Writes a history anew without the room of what was deleted. */
export const vacuum = (options: CommonOptions): Promise<void> =>
  runCommand(options, async ({ api, callId, on }) => ({
    result: await api.vacuumHistory({ ...on, callId }),
    print: ({ bytesBefore, bytesAfter }: HistoryVacuumed) =>
      line(`${count(bytesBefore)} bytes before, ${count(bytesAfter)} bytes now.`),
  }));
