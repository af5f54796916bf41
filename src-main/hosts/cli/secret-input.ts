import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../../core/app-error.ts';
import { note } from './print.ts';

/** Asks at the terminal without showing what is typed. Empty input gives null. */
export const askHidden = (question: string): Promise<string | null> =>
  new Promise((resolve, reject) => {
    process.stderr.write(question);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
    let answered = false;
    reader.question('', (answer) => {
      answered = true;
      reader.close();
      note('');
      resolve(answer.trim() || null);
    });
    reader.on('SIGINT', () => reader.close());
    reader.on('close', () => {
      if (answered) return;
      note('');
      reject(new AppError({ code: 'cancelled', message: 'Nothing was entered.', advice: 'Start the command again.' }));
    });
  });

/** The first line of standard input: how a script hands over a secret. */
export const readSecretFromStandardInput = async (what: string): Promise<string> => {
  for await (const text of createInterface({ input: process.stdin })) {
    const value = text.trim();
    if (value !== '') return value;
  }
  throw new AppError({
    code: 'input-invalid',
    message: `Standard input held no ${what}.`,
    advice: `Pipe the ${what} into the command, for example from a password manager.`,
    fields: [{ field: what, reason: 'is empty' }],
  });
};

export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;
