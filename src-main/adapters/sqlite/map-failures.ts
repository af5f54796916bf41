import { toStoreError } from './sqlite-failure.ts';

/** The same store, whose methods throw store Failures that name the file instead of SQLite's errors. */
export const mapFailures = <S extends object>(store: S, file: string): S =>
  Object.fromEntries(
    Object.entries(store as Record<string, (...args: unknown[]) => Promise<unknown>>).map(([name, method]) => [
      name,
      async (...args: unknown[]): Promise<unknown> => {
        try {
          return await method(...args);
        } catch (error) {
          throw toStoreError(error, file);
        }
      },
    ]),
  ) as S;
