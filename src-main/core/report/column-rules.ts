import { AppError } from '../app-error.ts';
import type { Cell, CellType, Column, Sensitivity } from './report.ts';
import type { ColumnId, ReportWords } from './words/report-words.ts';

/** How one column of a table is made of an item. */
export interface ColumnRule<T> {
  id: ColumnId;
  type: CellType;
  sensitivity: Sensitivity;
  /** Share of the width; 1 when left out. */
  weight?: number;
  /** Stands below the row on paper and in a window, where a table has no room for every column. */
  detail?: boolean;
  /** Only when it is asked for. */
  onRequest?: boolean;
  of(item: T): Cell;
}

/** The rules that were asked for, in that order; without a wish those that a kind has by itself. Throws `input-invalid`. */
export const chooseColumns = <T>(
  rules: readonly ColumnRule<T>[],
  ids: readonly string[] | undefined,
): ColumnRule<T>[] => {
  if (ids === undefined || ids.length === 0) return rules.filter(({ onRequest }) => onRequest !== true);
  const unknown = ids.filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length > 0) {
    throw new AppError({
      code: 'input-invalid',
      message: `This report has no column "${unknown.join('", "')}".`,
      advice: `Its columns are: ${rules.map(({ id }) => id).join(', ')}.`,
      fields: unknown.map((id) => ({ field: 'columns', reason: `does not know "${id}"` })),
    });
  }
  return [...new Set(ids)].flatMap((id) => rules.filter((rule) => rule.id === id));
};

/** Most columns that stand side by side on paper. */
const sideBySide = 8;

/** The columns as the report has them. Columns that somebody chose stand side by side while there is room. */
export const columnsOf = <T>(rules: readonly ColumnRule<T>[], words: ReportWords): Column[] => {
  const fits = rules.length <= sideBySide;
  return rules.map(({ id, type, sensitivity, weight, detail }) => ({
    id,
    title: words.columns[id],
    type,
    sensitivity,
    ...(weight === undefined ? {} : { weight }),
    ...(detail === true && !fits ? { detail } : {}),
  }));
};

/** Items as rows. */
export const cellsOf = <T>(rules: readonly ColumnRule<T>[], items: readonly T[]): Cell[][] =>
  items.map((item) => rules.map((rule) => rule.of(item)));
