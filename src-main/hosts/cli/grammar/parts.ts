import { Command, InvalidArgumentError } from 'commander';

/** A whole number within bounds, for an option of that name. */
export const whole =
  (name: string, least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`${name} is a whole number from ${least} to ${most}.`);
    }
    return value;
  };

/** A share from 0 to 1. */
export const share = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It is a share from 0 to 1.');
  return value;
};

/** A date (midnight UTC) or a time with zone, as ISO 8601 UTC. */
export const moment = (text: string): string => {
  const shaped = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/u.test(text);
  const ms = shaped ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Write it as 2026-11-23 or 2026-11-23T09:00:00Z.');
  return new Date(ms).toISOString();
};

/** One or more of a list, with commas or repeated. */
export const oneOf =
  (allowed: readonly string[]) =>
  (text: string, before: string[] = []): string[] => {
    for (const value of text.split(',')) {
      if (!allowed.includes(value)) throw new InvalidArgumentError(`Known are: ${allowed.join(', ')}.`);
    }
    return [...before, ...text.split(',')];
  };

/** Texts, with commas or repeated. */
export const texts = (text: string, before: string[] = []): string[] => [...before, ...text.split(',')];

/** A command with what every command takes. */
export const create = (name: string, description: string, example: string): Command =>
  new Command(name)
    .description(description)
    .option('--json', 'print the Result as JSON on stdout, and nothing else there')
    .option('--connection <name>', 'which connection, by name or id (not needed when there is one)')
    .option('--data-dir <directory>', 'where everything is kept (also UNIFI_MONITOR_DATA_DIR)')
    .addHelpText('after', `\nExample:\n  ${example}`);

/** Adds the choice of an earlier state. */
export const past = (command: Command): Command =>
  command.option(
    '--as-of <date|run>',
    'the state at an earlier run: its id, a date (its end, UTC), a moment, first, previous or last',
  );

/** Adds the options of a list in pages. */
export const paged = (command: Command): Command =>
  command
    .option('--limit <n>', 'rows on this page', whole('--limit', 1, 1000), 50)
    .option('--cursor <text>', 'where the page begins: nextCursor of the page before');
