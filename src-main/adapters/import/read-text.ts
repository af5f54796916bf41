import { createReadStream } from 'node:fs';
import { isAppError } from '../../core/app-error.ts';
import { importRefused, importUnreadable } from './import-failure.ts';

const blockBytes = 1024 * 1024;

const otherEncoding = (block: Buffer): string | null => {
  const [first, second, third, fourth] = block;
  if (first === 0xff && second === 0xfe) return 'UTF-16';
  if (first === 0xfe && second === 0xff) return 'UTF-16';
  // Text in ASCII that takes two bytes for each character.
  return (second === 0 && fourth === 0) || (first === 0 && third === 0) ? 'UTF-16' : null;
};

/**
 * The text of a file in pieces, without its byte order mark. Throws `input-invalid` for what is no UTF-8, with the
 * place in bytes, and `file-unreadable`.
 */
export async function* readText(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let read = 0;
  try {
    for await (const block of createReadStream(file, { highWaterMark: blockBytes }) as AsyncIterable<Buffer>) {
      const other = read === 0 ? otherEncoding(block) : null;
      if (other !== null) throw importRefused(file, `it is written in ${other}, and UTF-8 is needed`);
      try {
        yield decoder.decode(block, { stream: true });
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        throw importRefused(file, `it is no UTF-8 within the bytes ${read + 1} to ${read + block.length}`, error);
      }
      read += block.length;
    }
    yield decoder.decode();
  } catch (error) {
    if (isAppError(error)) throw error;
    if (error instanceof TypeError) throw importRefused(file, 'it is cut off in the middle of a character', error);
    throw importUnreadable(file, error);
  }
}
