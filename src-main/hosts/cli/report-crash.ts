import { createBugLog } from '../bug-log.ts';
import { dataDirectory } from '../data-directory.ts';
import { exitCodeOf } from './exit-codes.ts';
import { failureOf } from '../../services/failure-of.ts';
import { printFailure, printJson } from './print.ts';

/** An error that nobody expected: a `bug` with the id of its log entry, never a stack on the terminal. */
export const reportCrash = (error: unknown, argv: string[]): void => {
  const named = argv.indexOf('--data-dir');
  const directory = dataDirectory(named === -1 ? undefined : argv[named + 1], process.env);
  const failure = failureOf(error, createBugLog(directory), 'the command line');
  if (argv.includes('--json')) printJson({ version: 1, ok: false, failure });
  else printFailure(failure);
  process.exitCode = exitCodeOf(failure);
};
