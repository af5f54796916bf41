import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileExists, writeAtomically } from '../../../adapters/files/write-atomically.ts';
import type { Failure, Result } from '../../../contract/failure.ts';
import type {
  PurgedTable,
  PurgeEntry,
  PurgeOutcome,
  PurgePreview,
  PurgeReceipt,
} from '../../../contract/models/purge.ts';
import { AppError } from '../../../core/app-error.ts';
import { confirmByYes } from '../confirm.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { clean, count, line, note, printFailure, strong, table, time } from '../print.ts';
import { runCommand, type CliSession, type CommandEnd, type CommonOptions } from '../session.ts';

export interface PurgeCommandOptions extends CommonOptions {
  dryRun?: boolean;
  yes?: boolean;
  receipt?: string;
  force?: boolean;
  list?: boolean;
  show?: string;
  lift?: string;
  finish?: boolean;
}

type Value = PurgePreview | PurgeOutcome | PurgeReceipt | { purges: PurgeEntry[] } | { finished: PurgeReceipt[] };
type End = CommandEnd<Value>;

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new AppError(result.failure);
  return result.value;
};

const ok = <T>(value: T): Result<T> => ({ version: 1, ok: true, value });

const printTables = (tables: readonly PurgedTable[]): void =>
  table(
    ['Deleted', 'Changed', 'Table', 'What it holds'],
    tables.map(({ table: name, holds, deleted, changed }) => [count(deleted), count(changed), name, holds]),
  );

const listed = (title: string, texts: readonly string[]): void => {
  if (texts.length > 0) line(`  ${title}: ${texts.map(clean).join(', ')}`);
};

const printPreview = (preview: PurgePreview): void => {
  line(strong(clean(preview.name)));
  listed('Ids in Entra', preview.entraIds);
  listed('Accounts in UNIFI', preview.scimIds);
  listed('Called', preview.called);
  listed('Somebody else is called so, too, and it stays there', preview.shared);
  listed('Too short to be found inside sentences', preview.short);
  if (preview.collections) {
    const { first, last, runs } = preview.collections;
    line(`  In the lists of ${count(runs)} collections, from run ${clean(first)} to run ${clean(last)}`);
  }
  printTables(preview.tables);
  listed('Saved queries that name the person, and would be deleted', preview.queries);
  listed('Saved reports that name the person, and would be deleted', preview.reports);
};

const textOf = async ({ api, on }: CliSession, id: string): Promise<string> =>
  valueOf(await api.getPurgeReceipt({ ...on, id })).text;

/** The receipt as JSON where the file is called so, else as text. Throws `file-exists`, `file-unwritable`. */
const saveReceipt = async (file: string, receipt: PurgeReceipt, text: string, force: boolean): Promise<void> => {
  const content = file.toLowerCase().endsWith('.json') ? `${JSON.stringify(receipt, null, 2)}\n` : text;
  await writeAtomically(resolve(file), [content], { force, mode: 0o600 });
};

/** Before anything is deleted: a receipt that cannot be kept is none. */
const checkReceiptFile = ({ receipt, force = false }: PurgeCommandOptions): void => {
  if (receipt !== undefined && !force && existsSync(receipt)) throw fileExists(resolve(receipt));
};

const unfinishedNote = (failure: Failure): void => {
  note('');
  printFailure(failure);
};

const purgeWhom = async (session: CliSession, who: string, options: PurgeCommandOptions): Promise<End> => {
  const { api, callId, on } = session;
  if (!options.dryRun) checkReceiptFile(options);
  const preview = await api.previewPurge({ ...on, callId, who });
  if (!preview.ok || options.dryRun) {
    return {
      result: preview,
      print(value) {
        printPreview(value as PurgePreview);
        line('Nothing was changed.');
      },
    };
  }
  if (!options.yes) {
    if (!options.json) printPreview(preview.value);
    await confirmByYes('All of this is deleted for good.');
  }
  const done = await api.purgePerson({ ...on, callId, id: preview.value.id });
  if (!done.ok) return { result: done };
  const { receipt, unfinished } = done.value;
  const text = await textOf(session, receipt.id);
  if (options.receipt !== undefined) {
    await saveReceipt(options.receipt, receipt, text, options.force ?? false).catch((error: unknown) => {
      // The person is gone all the same, and the receipt is kept in the history.
      note(`The receipt is kept in the history: unifi-monitor purge --show ${receipt.id}`);
      throw error;
    });
  }
  return {
    result: done,
    print() {
      line(text.trimEnd());
      if (options.receipt !== undefined) line(`\nWrote the receipt to ${clean(resolve(options.receipt))}.`);
      if (unfinished) unfinishedNote(unfinished);
    },
    ...(unfinished ? { exitCode: exitCodeOf(unfinished) } : {}),
  };
};

const show = async (session: CliSession, id: string, options: PurgeCommandOptions): Promise<End> => {
  checkReceiptFile(options);
  const { receipt, text } = valueOf(await session.api.getPurgeReceipt({ ...session.on, id }));
  if (options.receipt !== undefined) await saveReceipt(options.receipt, receipt, text, options.force ?? false);
  return { result: ok(receipt), print: () => line(text.trimEnd()) };
};

const lift = async ({ api, on }: CliSession, id: string, options: PurgeCommandOptions): Promise<End> => {
  if (!options.yes) {
    await confirmByYes('From the next collection on this person is collected again, like anybody else.');
  }
  const { receipt } = valueOf(await api.liftPurge({ ...on, id }));
  return {
    result: ok(receipt),
    print: () => line(`Lifted ${receipt.id}. What was purged does not come back; what is collected from now on does.`),
  };
};

const states = { 'in-force': 'in force', unfinished: 'not finished (purge --finish)', lifted: 'lifted' } as const;

const printList = ({ purges }: { purges: PurgeEntry[] }): void => {
  if (purges.length === 0) {
    line('Nobody was purged from this history.');
    return;
  }
  table(
    ['Receipt', 'Purged', 'State'],
    purges.map(({ id, at, state, liftedAt }) => [
      id,
      time(at),
      `${states[state]}${liftedAt ? ` ${time(liftedAt)}` : ''}`,
    ]),
  );
};

const run = async (session: CliSession, who: string | undefined, options: PurgeCommandOptions): Promise<End> => {
  const { api, callId, on } = session;
  const wishes = [who, options.show, options.lift, options.list, options.finish].filter((wish) => wish !== undefined);
  if (wishes.length !== 1) {
    throw new AppError({
      code: 'input-invalid',
      message: wishes.length === 0 ? 'There is nobody to purge.' : 'More than one thing is asked for.',
      advice: 'Name a person, or say one of --list, --show ID, --lift ID, --finish. Nothing was changed.',
      fields: [{ field: 'who', reason: wishes.length === 0 ? 'is missing' : 'is given beside something else' }],
    });
  }
  if (who !== undefined) return purgeWhom(session, who, options);
  if (options.show !== undefined) return show(session, options.show, options);
  if (options.lift !== undefined) return lift(session, options.lift, options);
  if (options.finish) {
    return {
      result: await api.finishPurges({ ...on, callId }),
      print: (value) =>
        line(
          (value as { finished: PurgeReceipt[] }).finished.length === 0
            ? 'Every purge was finished already.'
            : `Finished: ${(value as { finished: PurgeReceipt[] }).finished.map(({ id }) => id).join(', ')}.`,
        ),
    };
  }
  return { result: await api.listPurges(on), print: (value) => printList(value as { purges: PurgeEntry[] }) };
};

/** Purges one person, or tends the purges that were made. */
export const purge = (who: string | undefined, options: PurgeCommandOptions): Promise<void> =>
  runCommand(options, (session) => run(session, who, options));
