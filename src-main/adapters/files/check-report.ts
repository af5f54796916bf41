import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { ReportCheck, ReportFormat } from '../../contract/models/report.ts';
import { AppError } from '../../core/app-error.ts';
import { readSeal, sealLength, type Seal } from '../../core/report/seal.ts';
import { companionOf } from './save-report.ts';

type SealedFormat = Exclude<ReportFormat, 'csv'>;

const blockBytes = 1_048_576;
const limits =
  'A sum proves that the file was not changed after it was written. It does not prove who wrote it: anybody can compute one.';

const unreadable = (file: string, cause: unknown): AppError =>
  new AppError(
    {
      code: 'file-unreadable',
      message: `The file ${file} cannot be read.`,
      advice: 'Check its path and rights.',
      file,
    },
    { cause },
  );

const hashPart = async (handle: FileHandle, end: number, hash: Hash): Promise<void> => {
  const block = Buffer.alloc(blockBytes);
  let offset = 0;
  while (offset < end) {
    const { bytesRead } = await handle.read(block, 0, Math.min(blockBytes, end - offset), offset);
    if (bytesRead === 0) break;
    hash.update(block.subarray(0, bytesRead));
    offset += bytesRead;
  }
};

const readTail = async (handle: FileHandle, size: number, length: number): Promise<string> => {
  if (size < length) return '';
  const tail = Buffer.alloc(length);
  await handle.read(tail, 0, length, size - length);
  return tail.toString('latin1');
};

const formatOf = async (handle: FileHandle): Promise<ReportFormat> => {
  const head = Buffer.alloc(64);
  const { bytesRead } = await handle.read(head, 0, 64, 0);
  const text = head.toString('latin1', 0, bytesRead);
  if (text.startsWith('%PDF-')) return 'pdf';
  if (text.startsWith('PK')) return 'xlsx';
  if (text.toLowerCase().startsWith('<!doctype html')) return 'html';
  if (text.startsWith('{"type":"report"')) return 'ndjson';
  return text.startsWith('{') ? 'json' : 'csv';
};

/** The seal at the end of a file, and where it begins; null when there is none. */
const sealOf = async (handle: FileHandle, format: SealedFormat): Promise<{ seal: Seal; start: number } | null> => {
  const { size } = await handle.stat();
  const length = sealLength(format);
  const seal = readSeal(format, await readTail(handle, size, length));
  return seal === null ? null : { seal, start: size - length };
};

const withFile = async <T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> => {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    return await work(handle);
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    await handle.close();
  }
};

const sentences: Record<ReportCheck['state'], string> = {
  intact: 'The file is as it was written: not a byte was changed.',
  changed: 'The file was changed after it was written.',
  unsealed:
    'The file does not say what it should be: it is no whole report of this program, or another program saved it.',
};

/** A CSV file is sealed together with its companion. */
const checkCsv = async (handle: FileHandle, file: string): Promise<{ seal: Seal; actual: string } | null> => {
  const hash = createHash('sha256');
  const { size } = await handle.stat();
  const beside = await withFile(companionOf(file), async (companion) => {
    const found = await sealOf(companion, 'json');
    if (found === null) return null;
    await hashPart(handle, size, hash);
    await hashPart(companion, found.start, hash);
    return { seal: found.seal, actual: hash.digest('hex') };
  }).catch((error: unknown) => {
    // No companion: nothing says what the file should be.
    if (error instanceof AppError) return null;
    throw error;
  });
  return beside;
};

/**
 * Compares a report's file with the sum that it carries (a CSV file with that of its companion). Throws
 * `file-unreadable`.
 */
export const checkReport = (file: string): Promise<ReportCheck> =>
  withFile(file, async (handle) => {
    const format = await formatOf(handle);
    let found: { seal: Seal; actual: string } | null = null;
    if (format === 'csv') {
      found = await checkCsv(handle, file);
    } else {
      const sealed = await sealOf(handle, format);
      if (sealed !== null) {
        const hash = createHash('sha256');
        await hashPart(handle, sealed.start, hash);
        found = { seal: sealed.seal, actual: hash.digest('hex') };
      }
    }
    const state = found === null ? 'unsealed' : found.actual === found.seal.file ? 'intact' : 'changed';
    return { file, format, state, sentence: sentences[state], limits, dataSha256: found?.seal.data ?? null };
  });
