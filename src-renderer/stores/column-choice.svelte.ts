import { readColumnSettings, writeColumnSettings, type ColumnSettings } from '../lib/grid-columns.ts';

/** Which columns of one grid show, and how wide; remembered on this computer. */
export class ColumnChoice {
  #grid: string;
  #settings: ColumnSettings;

  constructor(grid: string, columns: readonly { id: string; hiddenAtFirst?: boolean }[]) {
    this.#grid = grid;
    this.#settings = $state.raw(readColumnSettings(localStorage, grid, columns));
  }

  get settings(): ColumnSettings {
    return this.#settings;
  }

  change = (settings: ColumnSettings): void => {
    this.#settings = settings;
    writeColumnSettings(localStorage, this.#grid, settings);
  };
}
