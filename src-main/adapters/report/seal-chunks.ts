import { createHash } from 'node:crypto';
import type { ReportFormat } from '../../contract/models/report.ts';
import { sealLength, writeSeal } from '../../core/report/seal.ts';

/** The end record of a ZIP file without a comment; its last two bytes are the comment's length. PKWARE APPNOTE 4.3.16. */
const endRecordLength = 22;

/** Announces in the end record the comment that will follow, so that the seal is part of a valid file. */
async function* announceComment(
  chunks: AsyncIterable<string | Uint8Array>,
  length: number,
): AsyncGenerator<string | Uint8Array> {
  let held = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const all = Buffer.concat([held, typeof chunk === 'string' ? Buffer.from(chunk) : chunk]);
    const cut = Math.max(0, all.length - endRecordLength);
    held = all.subarray(cut);
    if (cut > 0) yield all.subarray(0, cut);
  }
  if (held.length < 2) throw new Error('The workbook has no end record.');
  held.writeUInt16LE(length, held.length - 2);
  yield held;
}

/**
 * Ends a report's file with its seal: the sum over the data, and the sum over every byte before the seal.
 *
 * @param dataSha256 asked when the last piece was read
 */
export async function* sealChunks(
  format: Exclude<ReportFormat, 'csv'>,
  chunks: AsyncIterable<string | Uint8Array>,
  dataSha256: () => string,
): AsyncGenerator<string | Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of format === 'xlsx' ? announceComment(chunks, sealLength('xlsx')) : chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    hash.update(bytes);
    yield bytes;
  }
  yield writeSeal(format, { data: dataSha256(), file: hash.digest('hex') });
}
