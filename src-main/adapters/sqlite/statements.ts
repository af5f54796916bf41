import type { Database, Statement } from 'better-sqlite3';

/** Prepares every statement once. */
export interface Statements {
  readonly database: Database;
  /** The statement of this text; `P` are its parameters in order, or one object of named ones, `R` its rows. */
  get<P extends unknown[] | object = unknown[], R = unknown>(sql: string): Statement<P extends unknown[] ? P : [P], R>;
}

/** Texts made from filters differ in shape only, but nothing bounds the shapes: the oldest leave. */
const kept = 500;

export const createStatements = (database: Database): Statements => {
  const prepared = new Map<string, Statement<unknown[], unknown>>();
  return {
    database,
    get<P extends unknown[] | object, R>(sql: string) {
      let statement = prepared.get(sql);
      if (!statement) {
        statement = database.prepare<unknown[], unknown>(sql);
        prepared.set(sql, statement);
        if (prepared.size > kept) prepared.delete(prepared.keys().next().value ?? sql);
      }
      return statement as unknown as Statement<P extends unknown[] ? P : [P], R>;
    },
  };
};
