import { importRefused, longestRow, rowTooLong } from './import-failure.ts';
import type { InputFile } from './input-file.ts';
import { readText } from './read-text.ts';

/** A row as JSON text, and where it stands: `row 12` or `line 12`. */
export interface TextRow {
  text: string;
  place: string;
}

const quote = 0x22;

const nextSlash = (piece: string, from: number): number => {
  const found = piece.indexOf('\\', from);
  return found === -1 ? Number.POSITIVE_INFINITY : found;
};

/**
 * The objects of a JSON array, one after the other, without holding the whole file: also of an array inside one object,
 * such as Graph's `{"value": [...]}`. Throws `input-invalid` where the file ends in the middle.
 */
export async function* arrayRows(input: InputFile): AsyncGenerator<TextRow> {
  const file = input.path;
  let depth = 0;
  /** Depth at which the rows stand; 0 until the array was found. */
  let rowDepth = 0;
  let inString = false;
  let escaped = false;
  let row = '';
  let rows = 0;
  let ended = false;
  for await (const piece of readText(input)) {
    let from = row === '' ? -1 : 0;
    /** The next backslash of the piece, looked for once and not from every text again. */
    let slash = -1;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (inString) {
        if (escaped) {
          escaped = false;
          continue;
        }
        // From quote to quote: most of a row is text, and looking at each character of it takes far longer.
        const end = piece.indexOf('"', at);
        if (slash < at) slash = nextSlash(piece, at);
        if (slash < (end === -1 ? piece.length : end)) {
          escaped = true;
          at = slash;
        } else if (end === -1) {
          at = piece.length;
        } else {
          inString = false;
          at = end;
        }
        continue;
      }
      if (code === quote) inString = true;
      else if (code === 0x5b || code === 0x7b) {
        if (code === 0x5b && rowDepth === 0 && depth <= 1) rowDepth = depth + 1;
        else if (code === 0x7b && depth === rowDepth && rowDepth > 0 && from < 0) from = at;
        depth += 1;
      } else if (code === 0x5d || code === 0x7d) {
        depth -= 1;
        if (code === 0x7d && depth === rowDepth && from >= 0 && rowDepth > 0) {
          rows += 1;
          const text = row + piece.slice(from, at + 1);
          if (text.length > longestRow) throw rowTooLong(file, `row ${rows}`);
          yield { text, place: `row ${rows}` };
          row = '';
          from = -1;
        }
        if (depth < 0) throw importRefused(file, `it is no JSON after row ${rows}`);
        if (depth === 0) ended = true;
      }
    }
    if (from >= 0) row += piece.slice(from);
    if (row.length > longestRow) throw rowTooLong(file, `row ${rows + 1}`);
  }
  if (!ended || depth > 0 || inString) {
    throw importRefused(
      file,
      rows === 0 ? 'it is cut off before its first row ends' : `it is cut off after row ${rows}`,
    );
  }
}

/** The lines of a file that are not empty. Throws `input-invalid` for one that is too long to be a row. */
export async function* lineRows(input: InputFile): AsyncGenerator<TextRow> {
  let rest = '';
  let line = 0;
  for await (const piece of readText(input)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      if (text.length > longestRow) throw rowTooLong(input.path, `line ${line}`);
      if (text.trim() !== '') yield { text, place: `line ${line}` };
    }
    if (rest.length > longestRow) throw rowTooLong(input.path, `line ${line + 1}`);
  }
  if (rest.trim() !== '') yield { text: rest, place: `line ${line + 1}` };
}
