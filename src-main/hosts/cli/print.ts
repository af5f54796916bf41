import { styleText } from 'node:util';
import type { Failure, Result } from '../../contract/failure.ts';

const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const breaks = /[\t\n\r\u2028\u2029]+/gu;
/** Longer texts are cut: a name of a hundred thousand characters would push everything else off the screen. */
const longest = 1_000;

/** One line of text from the network: its control and bidirectional characters must not drive the terminal. */
export const clean = (text: string): string => {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return short.replace(breaks, ' ').replace(unsafe, '\uFFFD');
};

export const line = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const strong = (text: string): string => styleText('bold', text, { stream: process.stdout });
export const faint = (text: string): string => styleText('dim', text, { stream: process.stdout });

/** JSON leaves some of them as they are; escaped, they are the same values and drive no terminal. */
const unescaped = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
export const printJson = (result: Result<unknown>): void =>
  line(
    JSON.stringify(result).replace(
      unescaped,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );

/** The failure for people, on stderr: what, which fields or choices, what to do. */
export const printFailure = (failure: Failure): void => {
  note(`${styleText('red', 'Error:', { stream: process.stderr })} ${clean(failure.message)}`);
  for (const field of failure.fields ?? [])
    note(`  ${clean(field.field.replace(/^connection\./u, '')) || 'input'} ${clean(field.reason)}`);
  for (const candidate of failure.candidates ?? []) {
    note(`  ${clean(candidate.name)}  ${clean(candidate.id)}  ${clean(candidate.detail)}`);
  }
  note(clean(failure.advice));
  if (failure.permissions?.length) note(`Permission: ${failure.permissions.join(', ')}`);
  if (failure.roles?.length) note(`Role: ${failure.roles.join(', ')}`);
  if (failure.requestId) note(`Request id for a support case: ${clean(failure.requestId)}`);
};

const number = new Intl.NumberFormat('en-GB');
export const count = (value: number): string => number.format(value);

/** `2026-11-23 09:14 UTC`, or a dash. */
export const time = (iso: string | null | undefined): string =>
  iso ? clean(`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`) : '-';

/** Columns as wide as their widest cell, the last one free; empty cells show a dash. */
export const table = (head: string[], rows: (string | null | undefined)[][]): void => {
  const cells = rows.map((row) => row.map((cell) => (cell ? clean(cell).replaceAll(/\s+/gu, ' ') : '-')));
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const lay = (row: string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(Math.min(widths[column] ?? 0, 48))))
      .join('  ');
  line(faint(lay(head)));
  for (const row of cells) line(lay(row));
};
