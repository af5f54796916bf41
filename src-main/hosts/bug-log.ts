import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Pino from 'pino';
import { makeFolder } from '../adapters/files/make-folder.ts';
import type { BugLog } from '../services/failure-of.ts';

/** Values that could hold a secret or a person, wherever they stand in a logged object. */
const redact = [
  'token',
  'accessToken',
  'secret',
  'password',
  'authorization',
  'headers',
  'body',
  'userName',
  'userPrincipalName',
  'mail',
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

const requireHere = createRequire(import.meta.url);

/**
 * Writes unexpected errors to `logs/unifi-monitor.log` in the data directory: name, stack without the message's
 * values, and the place. Messages may quote data, so only the first line's error name is kept.
 */
export const createBugLog = (dataDirectory: string): BugLog => {
  let logger: Pino.Logger | undefined;
  const open = (): Pino.Logger => {
    const directory = join(dataDirectory, 'logs');
    makeFolder(directory);
    // Few programs meet an error that nobody expected; and the one that does may end right after it, so no `import()`.
    const { pino } = requireHere('pino') as typeof Pino;
    return pino({ redact, base: null }, pino.destination({ dest: join(directory, 'unifi-monitor.log'), sync: true }));
  };
  return {
    record(error, context) {
      const id = randomBytes(4).toString('hex');
      const known = error instanceof Error ? error : new Error(typeof error);
      const frames = (known.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
      const code = 'code' in known && typeof known.code === 'string' ? known.code : undefined;
      try {
        logger ??= open();
        logger.error({ id, context, error: known.name, code, stack: frames });
      } catch {
        // Where even the log cannot be written, the failure that is reported must not be lost over it.
      }
      return id;
    },
  };
};
