/** What an image says about itself before it is decoded; null for anything but PNG and JPEG. */
export interface ImageHead {
  type: 'png' | 'jpeg';
  width: number;
  height: number;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** PNG specification, 5.2 and 11.2.2. */
const readPng = (bytes: Buffer): ImageHead | null => {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngSignature)) return null;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { type: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
};

/** Start of frame: C0 to CF without the tables C4, C8 and CC. ITU-T T.81, B.1.1.3 and B.2.2. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const readJpeg = (bytes: Buffer): ImageHead | null => {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let offset = 2;
  while (offset + 9 <= bytes.length) {
    if (bytes[offset] !== 0xff) return null;
    const marker = bytes[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset += 1;
    } else if (isFrame(marker)) {
      return { type: 'jpeg', height: bytes.readUInt16BE(offset + 5), width: bytes.readUInt16BE(offset + 7) };
    } else {
      offset += 2 + bytes.readUInt16BE(offset + 2);
    }
  }
  return null;
};

/** Type and size of a picture from its head alone, so that a small file that would unpack to a huge one is refused. */
export const readImageHead = (bytes: Buffer): ImageHead | null => readPng(bytes) ?? readJpeg(bytes);
