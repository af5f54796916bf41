import { createHash } from 'node:crypto';
import type { ReportFormat } from '../../contract/models/report.ts';
import { writeSeal } from '../../core/report/seal.ts';
import type { WrittenReport } from '../../services/ports.ts';
import { sealChunks } from './seal-chunks.ts';

/** A report ready to be put into files. */
export interface FinishedReport {
  chunks: AsyncIterable<string | Uint8Array>;
  /** The text of the file beside it; asked for when every piece was read. */
  companion: (() => Promise<string>) | null;
}

/** Seals a report: a file that can hold its seal at its end, a CSV file in the companion, which is covered as well. */
export const finishReport = (
  format: ReportFormat,
  written: WrittenReport,
  dataSha256: () => string,
): FinishedReport => {
  if (format !== 'csv') return { chunks: sealChunks(format, written.chunks, dataSha256), companion: null };
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<string | Uint8Array> {
    for await (const chunk of written.chunks) {
      // Encoded once, for the sum and for the file.
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(bytes);
      yield bytes;
    }
  }
  return {
    chunks: hashed(),
    async companion() {
      const text = JSON.stringify(await written.companion?.(), null, 1).replace(/\n?\}$/, '');
      return text + writeSeal('json', { data: dataSha256(), file: hash.update(text).digest('hex') });
    },
  };
};
