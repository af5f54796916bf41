/** Text on its way to a file, encoded in UTF-8 and in blocks that are worth a sum and a write each. */
export interface TextBlocks {
  /** Takes a piece; gives the blocks that are full with it. */
  add(text: string): readonly Uint8Array[];
  /** The last block; none when nothing is left. */
  end(): readonly Uint8Array[];
}

/** Larger ones come as fresh pages of the system's every time, which costs more than filling them. */
const blockBytes = 128 * 1024;
/**
 * Pieces are joined to texts of this length: long enough to be worth a call, and short enough to die young, and for one
 * wide character not to make many rows wide.
 */
const textLength = 2_048;
/** No UTF-16 unit takes more bytes in UTF-8. */
const mostBytesOfUnit = 3;

const none: readonly Uint8Array[] = [];

/**
 * Joins and encodes pieces of text. A piece is never split between two blocks, so that no character is.
 *
 * @param options.reused who gets a block is done with it before adding the next piece: it is filled again
 */
export const createTextBlocks = (options: { reused?: boolean } = {}): TextBlocks => {
  let text = '';
  let block = Buffer.allocUnsafeSlow(blockBytes);
  let other = options.reused === true ? Buffer.allocUnsafeSlow(blockBytes) : null;
  let used = 0;

  const cut = (): Uint8Array[] => {
    if (used === 0) return [];
    const full = block.subarray(0, used);
    // Who gets a block may keep it. One that is reused is still read while the next one is begun: there are two.
    [block, other] = [other ?? Buffer.allocUnsafeSlow(blockBytes), other && block];
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
