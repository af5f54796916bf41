import { createJimp } from '@jimp/core';
import jpeg from '@jimp/js-jpeg';
import png from '@jimp/js-png';
import { methods as resize } from '@jimp/plugin-resize';
import { AppError } from '../../core/app-error.ts';
import type { Logo } from '../../core/report/report.ts';
import { readImageHead } from './image-size.ts';

/** As much as a call over HTTP carries. */
const mostBytes = 600_000;
const mostPixels = 4_000_000;
/** Twice what a page shows, for sharp print. */
const mostWidth = 440;
const mostHeight = 128;

const Jimp = createJimp({ formats: [png, jpeg], plugins: [resize] });

const refused = (message: string, reason: string, cause?: unknown): AppError =>
  new AppError(
    {
      code: 'input-invalid',
      message,
      advice: 'Choose a PNG or JPEG picture of at most 600 KB and 4 million pixels.',
      fields: [{ field: 'logo', reason }],
    },
    { cause },
  );

/**
 * A logo, decoded and written anew as a small PNG: what was hidden in the file stays behind, and what reaches the
 * report is a picture and nothing else. Throws `input-invalid`.
 *
 * @param base64 the file as it was chosen
 */
export const readLogo = async (base64: string): Promise<Logo> => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > mostBytes) throw refused('The logo is too large.', 'is larger than 600 KB');
  const head = readImageHead(bytes);
  if (head === null) throw refused('The logo is neither a PNG nor a JPEG picture.', 'is no PNG or JPEG');
  if (head.width === 0 || head.height === 0 || head.width * head.height > mostPixels) {
    throw refused('The logo has too many pixels.', 'has more than 4 million pixels');
  }
  try {
    const image = await Jimp.fromBuffer(bytes);
    const scale = Math.min(1, mostWidth / image.width, mostHeight / image.height);
    if (scale < 1) {
      image.resize({
        w: Math.max(1, Math.round(image.width * scale)),
        h: Math.max(1, Math.round(image.height * scale)),
      });
    }
    const { width, height } = image;
    return { mime: 'image/png', bytes: new Uint8Array(await image.getBuffer('image/png')), width, height };
  } catch (cause) {
    throw refused('The logo cannot be read: the picture is damaged.', 'is damaged', cause);
  }
};
