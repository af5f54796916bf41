import { CommanderError } from 'commander';
import { createProgram } from './program.ts';

/**
 * Runs one command line, as Node gives it, and sets the exit code; prints what it comes to, and throws nothing. Commands
 * load what they need when they run, so that `--help` answers at once.
 */
export const runCommandLine = async (argv: string[]): Promise<void> => {
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      const { reportCrash } = await import('./report-crash.ts');
      reportCrash(error, argv);
    } else if (error.exitCode === 0) {
      process.exitCode = 0;
    } else {
      // Commander has written its sentence to stderr; a script that reads JSON gets a Result as well.
      process.exitCode = 2;
      if (argv.includes('--json')) {
        const message = (error.message.split('\n')[0] ?? '').replace(/^error: /u, '');
        const failure = {
          code: 'input-invalid',
          message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
          advice: 'See --help for what this command takes.',
          fields: [{ field: 'arguments', reason: message }],
        };
        process.stdout.write(`${JSON.stringify({ version: 1, ok: false, failure })}\n`);
      }
    }
  }
};
