import type { ImportOrigin } from '../../contract/models/import.ts';
import { bag, text } from '../../core/log/json-fields.ts';
import { importRefused } from './import-failure.ts';
import type { TextRow } from './json-rows.ts';

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

/** Null for lines of a report that hold no row. */
const rowTextOf = (file: string, { text: given, place }: TextRow): { value: unknown; raw: string } | null => {
  const parse = (json: string): unknown => {
    try {
      return JSON.parse(json) as unknown;
    } catch (error) {
      throw importRefused(file, `${place} is no whole JSON, or is cut off`, error);
    }
  };
  const value = parse(given);
  const { type, report, values } = bag(value);
  // A report of the log: its head, sections, rows and seal are lines of their own.
  if (type === 'report') {
    if (bag(bag(report)['redaction'])['on'] === true) throw importRefused(file, 'it is a redacted report');
    return null;
  }
  if (typeof type === 'string' && type !== 'row') return null;
  const body = type === 'row' ? bag(values)['body'] : bag(value)['body'];
  if (type === 'row' && typeof body !== 'string') {
    throw importRefused(file, `${place} has no column "body"; write the report of the log with it`);
  }
  return typeof body === 'string' ? { value: parse(body), raw: body } : { value, raw: given };
};

/** What decides whether a row can be stored, without reading the rest of it. */
interface RowHead {
  id: string;
  changeId: string | null;
  raw: string;
  at: string;
  isOther: boolean;
  /** Older than the connection keeps its log. */
  isTooOld: boolean;
}

/** Checks a row; null for a line that holds none. Throws `input-invalid` naming the place. */
export const headOfRow = (file: string, row: TextRow, origin: ImportOrigin): RowHead | null => {
  const found = rowTextOf(file, row);
  if (found === null) return null;
  const bare = bag(found.value);
  const id = text(bare['id']);
  const at = text(bare['activityDateTime']);
  if (id === null || at === null || at.startsWith('0001-') || Number.isNaN(Date.parse(at))) {
    throw importRefused(file, `${row.place} has no id or no time, and is no row of the provisioning log`);
  }
  const tenant = text(bare['tenantId']);
  if (tenant !== null && guid.test(origin.tenantId) && tenant.toLowerCase() !== origin.tenantId.toLowerCase()) {
    throw importRefused(file, `${row.place} is of another tenant (${tenant})`);
  }
  const own = origin.servicePrincipalId?.toLowerCase() ?? null;
  const application = text(bag(bare['servicePrincipal'])['id'])?.toLowerCase() ?? null;
  const changeId = text(bare['changeId']);
  return {
    id,
    changeId,
    at,
    raw: found.raw.trim(),
    isOther: application !== null && own !== null && application !== own,
    isTooOld: typeof origin.keptFrom === 'string' && Date.parse(at) < Date.parse(origin.keptFrom),
  };
};
