/** A piece of SQL and what is bound to it, in order. */
export interface Sql {
  text: string;
  values: unknown[];
}

/** Joins conditions with AND; none is always true. */
export const allOf = (conditions: readonly Sql[]): Sql => ({
  text: conditions.length === 0 ? 'true' : conditions.map((condition) => `(${condition.text})`).join(' AND '),
  values: conditions.flatMap((condition) => condition.values),
});

/** True when the column holds one of the values. */
export const oneOf = (column: string, values: readonly unknown[]): Sql => ({
  text: `${column} IN (${values.map(() => '?').join(', ')})`,
  values: [...values],
});
