/** How many rows of each table went, and how many were changed. */
export interface PurgeTally {
  deleted(table: string, rows: number): void;
  changed(table: string, rows: number): void;
  list(): { table: string; deleted: number; changed: number }[];
}

export const createPurgeTally = (): PurgeTally => {
  const tables = new Map<string, { table: string; deleted: number; changed: number }>();
  const of = (table: string): { table: string; deleted: number; changed: number } => {
    const known = tables.get(table) ?? { table, deleted: 0, changed: 0 };
    tables.set(table, known);
    return known;
  };
  return {
    deleted(table, rows) {
      if (rows > 0) of(table).deleted += rows;
    },
    changed(table, rows) {
      if (rows > 0) of(table).changed += rows;
    },
    list: () => [...tables.values()].sort((one, other) => (one.table < other.table ? -1 : 1)),
  };
};
