/** Text on its way to a file, encoded in UTF-8 and in blocks that are worth a sum and a write each. */
export interface TextBlocks {
  /** Takes a piece; gives the blocks that are full with it. */
  add(text: string): readonly Uint8Array[];
  /** The last block; none when nothing is left. */
  end(): readonly Uint8Array[];
}

const blockBytes = 512 * 1024;
/**
 * Pieces are joined to texts of this length: long enough to be worth a call, and short enough to die young, and for one
 * wide character not to make many rows wide.
 */
const textLength = 2_048;
/** No UTF-16 unit takes more bytes in UTF-8. */
const mostBytesOfUnit = 3;

const none: readonly Uint8Array[] = [];

/** Joins and encodes pieces of text. A piece is never split between two blocks, so that no character is. */
export const createTextBlocks = (): TextBlocks => {
  let text = '';
  let block = Buffer.allocUnsafeSlow(blockBytes);
  let used = 0;

  const cut = (): Uint8Array[] => {
    if (used === 0) return [];
    const full = block.subarray(0, used);
    // Who gets a block may keep it: the next one is another.
    block = Buffer.allocUnsafeSlow(blockBytes);
    used = 0;
    return [full];
  };
  const encode = (): readonly Uint8Array[] => {
    const given = text;
    text = '';
    const most = given.length * mostBytesOfUnit;
    if (most > blockBytes) return [...cut(), Buffer.from(given)];
    const full = used + most > blockBytes ? cut() : none;
    used += block.write(given, used);
    return full;
  };
  return {
    add(piece) {
      text += piece;
      return text.length < textLength ? none : encode();
    },
    end: () => [...encode(), ...cut()],
  };
};
