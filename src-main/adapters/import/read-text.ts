import { isAppError } from '../../core/app-error.ts';
import { importRefused, importUnreadable } from './import-failure.ts';
import { checkUnchanged, openInput, type InputFile } from './input-file.ts';

const blockBytes = 1024 * 1024;

const otherEncoding = (block: Buffer): string | null => {
  const [first, second, third, fourth] = block;
  if (first === 0xff && second === 0xfe) return 'UTF-16';
  if (first === 0xfe && second === 0xff) return 'UTF-16';
  // Text in ASCII that takes two bytes for each character.
  const isLittle = first !== 0 && second === 0 && third !== 0 && fourth === 0;
  const isBig = first === 0 && second !== 0 && third === 0 && fourth !== 0;
  return isLittle || isBig ? 'UTF-16' : null;
};

/** How many bytes at the end of a block begin a character that goes on in the next one. */
const openEnd = (block: Buffer): number => {
  for (let back = 1; back <= Math.min(3, block.length); back += 1) {
    const byte = block[block.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? back : 0;
  }
  return 0;
};

/** Index of the first byte that is no UTF-8, of bytes that begin with a character. */
const firstBad = (bytes: Buffer): number => {
  const replacement = '\ufffd';
  const text = bytes.toString('utf8');
  let place = 0;
  let from = 0;
  for (;;) {
    const found = text.indexOf(replacement, from);
    if (found === -1) return bytes.length;
    place += Buffer.byteLength(text.slice(from, found));
    // The character itself may stand in the file, and is none of the decoder's then.
    if (!bytes.subarray(place, place + 3).equals(Buffer.from(replacement))) return place;
    place += 3;
    from = found + 1;
  }
};

/**
 * The text of a file in pieces, without its byte order mark. Throws `input-invalid` for what is no text in UTF-8, with
 * the place in bytes, and for a file that changes meanwhile, and `file-unreadable`.
 */
export async function* readText(input: InputFile): AsyncGenerator<string> {
  const file = input.path;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  const handle = await openInput(input);
  let read = 0;
  let open = Buffer.alloc(0);
  try {
    const blocks = handle.createReadStream({ highWaterMark: blockBytes, autoClose: false });
    for await (const block of blocks as AsyncIterable<Buffer>) {
      const other = read === 0 ? otherEncoding(block) : null;
      if (other !== null) throw importRefused(file, `it is written in ${other}, and UTF-8 is needed`);
      const nul = block.indexOf(0);
      try {
        const text = decoder.decode(nul === -1 ? block : block.subarray(0, nul), { stream: true });
        if (nul !== -1) throw importRefused(file, `byte ${read + nul + 1} is NUL, which no text holds`);
        yield text;
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        const place = read - open.length + firstBad(Buffer.concat([open, block])) + 1;
        throw importRefused(file, `it is no UTF-8 at byte ${place}`, error);
      }
      read += block.length;
      open = Buffer.from(block.subarray(block.length - openEnd(block)));
    }
    await checkUnchanged(input, handle);
    yield decoder.decode();
  } catch (error) {
    if (isAppError(error)) throw error;
    if (error instanceof TypeError) throw importRefused(file, 'it is cut off in the middle of a character', error);
    throw importUnreadable(file, error);
  } finally {
    await handle.close();
  }
}
