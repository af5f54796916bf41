/** A column of the grid. `text` is what is shown unless the view draws the cell, and what is copied. */
export interface GridColumn<T> {
  id: string;
  title: string;
  /** Width in pixels until somebody changes it. */
  width: number;
  /** Takes the room that is left. */
  grows?: boolean;
  hiddenAtFirst?: boolean;
  /** Left out where the grid is too narrow for all columns; the lowest number goes first. */
  yields?: number;
  align?: 'end';
  text: (row: T) => string;
}

/** What a person made of the columns of one grid. */
export interface ColumnSettings {
  hidden: string[];
  widths: Record<string, number>;
}

const narrowest = 48;
const widest = 900;

export const clampWidth = (width: number): number => Math.round(Math.min(widest, Math.max(narrowest, width)));

const keyOf = (grid: string): string => `unifi-monitor-columns-${grid}`;

/** The stored settings, or those of a first visit. Damaged ones count as none. */
export const readColumnSettings = (
  storage: Pick<Storage, 'getItem'>,
  grid: string,
  columns: readonly { id: string; hiddenAtFirst?: boolean }[],
): ColumnSettings => {
  const first = { hidden: columns.filter(({ hiddenAtFirst }) => hiddenAtFirst).map(({ id }) => id), widths: {} };
  try {
    const stored = JSON.parse(storage.getItem(keyOf(grid)) ?? 'null') as Partial<ColumnSettings> | null;
    if (!Array.isArray(stored?.hidden) || typeof stored.widths !== 'object') return first;
    return { hidden: stored.hidden, widths: stored.widths };
  } catch {
    return first;
  }
};

export const writeColumnSettings = (
  storage: Pick<Storage, 'setItem'>,
  grid: string,
  settings: ColumnSettings,
): void => {
  storage.setItem(keyOf(grid), JSON.stringify(settings));
};

/** `grid-template-columns` of a row. Where no column that grows is left, the last one takes the room. */
export const columnTemplate = <T>(columns: readonly GridColumn<T>[], widths: Record<string, number>): string => {
  const growing = columns.filter(({ id, grows }) => grows && widths[id] === undefined);
  const growers = growing.length > 0 ? growing : columns.slice(-1);
  return columns
    .map((column) => {
      const px = clampWidth(widths[column.id] ?? column.width);
      return growers.includes(column) ? `minmax(${px}px, 1fr)` : `${px}px`;
    })
    .join(' ');
};

/** Width that the columns need at least, the row's padding included; the grid scrolls sideways below it. */
export const narrowestWidth = <T>(columns: readonly GridColumn<T>[], widths: Record<string, number>): number =>
  columns.reduce((sum, { id, width }) => sum + clampWidth(widths[id] ?? width), 2 * 8);

/** The columns that fit into `room` pixels, as far as those that yield can make it fit. */
export const fittingColumns = <T>(
  columns: readonly GridColumn<T>[],
  widths: Record<string, number>,
  room: number,
): GridColumn<T>[] => {
  const kept = [...columns];
  while (narrowestWidth(kept, widths) > room) {
    const [next] = kept.filter(({ yields }) => yields !== undefined).sort((a, b) => (a.yields ?? 0) - (b.yields ?? 0));
    if (!next) break;
    kept.splice(kept.indexOf(next), 1);
  }
  return kept;
};

/** Rows as tab-separated text with a heading line, for a spreadsheet; tabs and line ends inside values become blanks. */
export const rowsAsTsv = <T>(columns: readonly GridColumn<T>[], rows: readonly T[]): string => {
  const cell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
  return [
    columns.map(({ title }) => cell(title)).join('\t'),
    ...rows.map((row) => columns.map(({ text }) => cell(text(row))).join('\t')),
  ].join('\n');
};
