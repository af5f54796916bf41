import { styleText } from 'node:util';
import type { Failure, Result } from '../../contract/failure.ts';

/** Control and bidirectional characters from the network must not drive the terminal. */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
export const clean = (text: string): string => text.replace(unsafe, '\uFFFD');

export const line = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const strong = (text: string): string => styleText('bold', text, { stream: process.stdout });
export const faint = (text: string): string => styleText('dim', text, { stream: process.stdout });

export const printJson = (result: Result<unknown>): void => line(JSON.stringify(result));

/** The failure for people, on stderr: what, which fields or choices, what to do. */
export const printFailure = (failure: Failure): void => {
  note(`${styleText('red', 'Error:', { stream: process.stderr })} ${clean(failure.message)}`);
  for (const field of failure.fields ?? [])
    note(`  ${field.field.replace(/^connection\./u, '') || 'input'} ${clean(field.reason)}`);
  for (const candidate of failure.candidates ?? []) {
    note(`  ${clean(candidate.name)}  ${candidate.id}  ${clean(candidate.detail)}`);
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
  iso ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : '-';

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
