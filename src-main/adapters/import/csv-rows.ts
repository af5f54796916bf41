import { once } from 'node:events';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { recogniseCsv, type CsvKind } from './csv-columns.ts';
import type { ImportStore } from '../../services/ports.ts';
import { importRefused, longestRow, rowTooLong } from './import-failure.ts';
import type { InputFile } from './input-file.ts';
import type { TextRow } from './json-rows.ts';
import { readText } from './read-text.ts';

export interface CsvFile {
  input: InputFile;
  kind: CsvKind;
  places: Map<string, number>;
}

interface ParsedRow {
  record: string[];
  info: { lines: number };
}

const words: Record<string, string> = {
  at: 'the time',
  action: 'the action',
  status: 'the status',
  changeId: 'the change id',
  type: 'the type of the step',
  name: 'the property',
  oldValue: 'the old value',
  newValue: 'the new value',
};

/** Lines of a CSV file, the heading first. Throws `input-invalid` naming the line that cannot be read. */
async function* records(input: InputFile): AsyncGenerator<ParsedRow> {
  const file = input.path;
  const source = Readable.from(readText(input));
  // A pipe does not hand on what goes wrong before it.
  const own = parse({ info: true, skip_empty_lines: true, max_record_size: longestRow });
  source.on('error', (error) => own.destroy(error));
  source.pipe(own);
  try {
    yield* own as AsyncIterable<ParsedRow>;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : null;
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw rowTooLong(file, `the row at line ${line ?? 1}`, error);
    const where = line === null ? '' : ` at line ${line}`;
    const why =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'it is cut off in the middle of a value'
        : error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'
          ? 'a row has more or fewer columns than the heading, or is cut off'
          : 'it is no CSV';
    throw importRefused(file, `${why}${where}`, error);
  } finally {
    // A reader that has seen enough leaves the file open otherwise.
    const closed = source.closed ? null : once(source, 'close');
    source.destroy();
    await closed;
  }
}

/** What a CSV file is, from its heading. Throws `input-invalid` naming the columns that are missing. */
export const openCsv = async (input: InputFile): Promise<CsvFile> => {
  const file = input.path;
  for await (const { record } of records(input)) {
    const found = recogniseCsv(record);
    if ('kind' in found) return { input, kind: found.kind, places: found.places };
    const missing = found.missing.map((field) => words[field] ?? field).join(', ');
    throw importRefused(file, `its heading lacks ${missing}`);
  }
  throw importRefused(file, 'it is empty');
};

async function* valuesOf(csv: CsvFile): AsyncGenerator<{ value(field: string): string | null; line: number }> {
  let isHeading = true;
  for await (const { record, info } of records(csv.input)) {
    if (isHeading) {
      isHeading = false;
      continue;
    }
    const value = (field: string): string | null => {
      const place = csv.places.get(field);
      const text = place === undefined ? undefined : record[place];
      return text === undefined || text === '' ? null : text;
    };
    yield { value, line: info.lines };
  }
}

/** Parts that are put aside at once. */
const partsAtOnce = 1_000;

type Part = Parameters<ImportStore['stageParts']>[0][number];

/** Puts the rows of a file of steps or properties aside, by the change that they belong to: in memory they have no end. */
const stageParts = async (
  csv: CsvFile | undefined,
  stage: ImportStore['stageParts'],
  make: (value: (field: string) => string | null) => unknown,
): Promise<void> => {
  if (!csv) return;
  const kind = csv.kind === 'steps' ? 'steps' : 'changes';
  let lot: Part[] = [];
  for await (const { value, line } of valuesOf(csv)) {
    const change = value('changeId');
    if (change === null) throw importRefused(csv.input.path, `line ${line} names no change`);
    lot.push({ kind, change, json: JSON.stringify(make(value)) });
    if (lot.length < partsAtOnce) continue;
    await stage(lot);
    lot = [];
  }
  await stage(lot);
};

/** `{...}` as it is, anything else as one text. */
const detailsOf = (text: string | null): unknown => {
  if (text === null) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : { text };
  } catch {
    // A text that is no JSON is kept as a text.
    return { text };
  }
};

const isoTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\s?[+-]00:?00)?$/u;

/** The time as Graph writes it; null for a form in which day and month could be mixed up. */
const timeOf = (text: string | null): string | null => {
  if (text === null || !isoTime.test(text)) return null;
  const bare = text.replace(' ', 'T').replace(/Z|\s?[+-]00:?00$/u, '');
  const ms = Date.parse(`${bare}Z`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

const number = (text: string | null): number | null => (text === null ? null : Number(text.replace(/[^\d.]/gu, '')));

/**
 * The rows of a download in three CSV files, joined by change id, in the shape that Graph gives. Steps and properties
 * of changes that the main file does not hold are left out, as the portal's own filter does.
 */
export async function* csvRows(
  files: { log: CsvFile; steps?: CsvFile; changes?: CsvFile },
  stage: Pick<ImportStore, 'stageParts' | 'partsOf'>,
): AsyncGenerator<TextRow> {
  await stageParts(files.steps, stage.stageParts, (value) => ({
    name: value('name'),
    provisioningStepType: value('type'),
    status: value('status')?.toLowerCase() ?? null,
    description: value('description'),
    details: detailsOf(value('details')),
  }));
  await stageParts(files.changes, stage.stageParts, (value) => ({
    displayName: value('name'),
    oldValue: value('oldValue'),
    newValue: value('newValue'),
  }));
  for await (const { value, line } of valuesOf(files.log)) {
    const file = files.log.input.path;
    const change = value('changeId');
    if (change === null) throw importRefused(file, `line ${line} names no change`);
    const at = timeOf(value('at'));
    if (at === null) {
      throw importRefused(
        file,
        `the time "${(value('at') ?? '').slice(0, 40)}" at line ${line} is not written as 2026-11-23T09:14:00Z`,
      );
    }
    const parts = await stage.partsOf(change, longestRow);
    if (parts === null) throw rowTooLong(file, `the change at line ${line} with its steps and properties`);
    const failed = value('errorCode') !== null || value('reason') !== null;
    const row = {
      // A download without ids of its rows: one row for each change.
      id: value('id') ?? `change:${change}`,
      activityDateTime: at,
      tenantId: value('tenantId'),
      jobId: value('jobId'),
      cycleId: value('cycleId'),
      changeId: change,
      provisioningAction: value('action')?.toLowerCase() ?? null,
      durationInMilliseconds: number(value('durationMs')),
      initiatedBy: { displayName: value('initiatedBy') },
      servicePrincipal: { id: value('servicePrincipalId'), displayName: value('servicePrincipal') },
      sourceSystem: { displayName: value('sourceSystem') },
      targetSystem: { displayName: value('targetSystem') },
      sourceIdentity: {
        id: value('sourceId'),
        displayName: value('sourceName'),
        identityType: value('sourceType'),
        details: value('sourceUpn') === null ? {} : { UserPrincipalName: value('sourceUpn') },
      },
      targetIdentity: {
        id: value('targetId'),
        displayName: value('targetName'),
        identityType: value('targetType'),
        details: {},
      },
      provisioningStatusInfo: {
        status: value('status')?.toLowerCase() ?? null,
        errorInformation: failed
          ? {
              errorCode: value('errorCode'),
              reason: value('reason'),
              additionalDetails: value('details'),
              recommendedAction: value('recommended'),
            }
          : null,
      },
    };
    const text = JSON.stringify(row).slice(0, -1);
    yield {
      text: `${text},"provisioningSteps":[${parts.steps}],"modifiedProperties":[${parts.changes}]}`,
      place: `line ${line}`,
    };
  }
}
