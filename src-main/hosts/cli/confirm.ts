import { createInterface } from 'node:readline';
import { AppError } from '../../core/app-error.ts';
import { canAsk } from './secret-input.ts';

const refused = (message: string): AppError =>
  new AppError({
    code: 'input-invalid',
    message,
    advice: 'Say --yes to confirm it without being asked. Nothing was changed.',
    fields: [{ field: 'yes', reason: 'is missing' }],
  });

/**
 * Asks at the terminal, on stderr, and goes on only after "yes" in full. Throws `input-invalid` where nobody can be asked,
 * `cancelled` for every other answer.
 */
export const confirmByYes = async (question: string): Promise<void> => {
  if (!canAsk()) throw refused('This has to be confirmed, and there is no terminal to ask at.');
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await new Promise<string>((resolve) => {
    reader.question(`${question} Type "yes" to go on: `, resolve);
    reader.on('close', () => resolve(''));
  });
  reader.close();
  if (answer.trim().toLowerCase() === 'yes') return;
  throw new AppError({
    code: 'cancelled',
    message: 'It was not confirmed. Nothing was changed.',
    advice: 'Start the command again.',
  });
};
