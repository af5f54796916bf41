const copyLimit = 10_000;

/** Rows that are all here, as the grid looks at them. */
export class ListedRows<T> {
  #rows = $state.raw<readonly T[]>([]);
  /** Grows with every other list: places and selections of the one before mean nothing any more. */
  epoch = $state(0);

  get count(): number {
    return this.#rows.length;
  }

  show(rows: readonly T[]): void {
    this.#rows = rows;
    this.epoch += 1;
  }

  row(index: number): T | undefined {
    return this.#rows[index];
  }

  /** Nothing has to be fetched. */
  look(): void {}

  range(first: number, last: number): Promise<readonly T[]> {
    return Promise.resolve(this.#rows.slice(first, Math.min(last, first + copyLimit - 1) + 1));
  }
}
