import type { Api } from '../../src-main/contract/api.ts';
import type { Failure } from '../../src-main/contract/failure.ts';
import type { ReportDownload, ReportFormat } from '../../src-main/contract/models/report.ts';
import { saveFile } from './save-file.ts';

const types: Record<ReportFormat, string> = {
  html: 'text/html',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
};

/** Reads one file of a report in parts. */
const readParts = async (
  api: Api,
  id: string,
  part: 'file' | 'companion',
): Promise<{ parts: Uint8Array<ArrayBuffer>[] } | { failure: Failure }> => {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset: number | null = 0;
  while (offset !== null) {
    const answer = await api.readReport({ id, part, offset });
    if (!answer.ok) return { failure: answer.failure };
    const bytes = Uint8Array.from(atob(answer.value.data), (character) => character.charCodeAt(0));
    parts.push(bytes);
    offset = answer.value.nextOffset;
  }
  return { parts };
};

/**
 * Brings a finished report, and what stands beside it, to the downloads of whoever looks at the window; then the
 * program may forget it. Gives the failure, or null.
 */
export const downloadReport = async (api: Api, made: ReportDownload): Promise<Failure | null> => {
  const files = [
    { part: 'file' as const, name: made.fileName, type: types[made.format] },
    ...(made.companion === null ? [] : [{ part: 'companion' as const, name: made.companion, type: types.json }]),
  ];
  try {
    for (const { part, name, type } of files) {
      const answer = await readParts(api, made.id, part);
      if ('failure' in answer) return answer.failure;
      saveFile(name, new Blob(answer.parts, { type }));
    }
    return null;
  } finally {
    await api.discardReport({ id: made.id });
  }
};
