import type { QueryView } from '../../../contract/models/query.ts';

/** A view with the SQL that makes it: an expression for each column, and where the rows come from. */
export interface ConsoleView {
  name: string;
  about: string;
  /** Name, type, expression, meaning. */
  columns: readonly (readonly [name: string, type: 'text' | 'integer' | 'json', sql: string, about: string])[];
  from: string;
}

/** What makes the view in a connection of its own: temporary, so that a file that cannot be written has it too. */
export const createView = ({ name, columns, from }: ConsoleView): string =>
  `CREATE TEMP VIEW ${name} AS SELECT ${columns.map(([column, , sql]) => `${sql} AS ${column}`).join(', ')} FROM ${from}`;

/** The view as it is documented. */
export const describeView = ({ name, about, columns }: ConsoleView): QueryView => ({
  name,
  about,
  columns: columns.map(([column, type, , meaning]) => ({ name: column, type, about: meaning })),
});
