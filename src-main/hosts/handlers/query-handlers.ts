import { dirname, join } from 'node:path';
import { consoleExamples, consoleViews } from '../../adapters/sqlite/console/console-views.ts';
import { describeView } from '../../adapters/sqlite/console/console-view.ts';
import { queryLimits } from '../../adapters/sqlite/console/create-query-runner.ts';
import { createSavedQueries, type SavedQueries } from '../../adapters/files/saved-queries.ts';
import { saveQueryResult } from '../../adapters/files/save-query-result.ts';
import type { QueryMethods } from '../../contract/methods/query.ts';
import { AppError } from '../../core/app-error.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';

const unavailable =
  'The query console is off here: it needs a Node whose SQLite can refuse everything but reading, version 24 or later.';

/** The query console. A query runs in a process of its own; nothing of it happens in this one. */
export const createQueryHandlers = (context: HostContext): Pick<Handlers, keyof QueryMethods> => {
  const { calls, connections, queries, sessions } = context;

  /** The history's file, made when it does not exist yet, and the queries saved beside it. */
  const open = async (idOrName: string | undefined): Promise<{ id: string; file: string; saved: SavedQueries }> => {
    const session = await sessions.of(idOrName);
    await session.history();
    const { id } = session.connection;
    const file = connections.databaseFile(id);
    return { id, file, saved: createSavedQueries(join(dirname(file), 'queries.json')) };
  };
  const openForQuery = async (idOrName: string | undefined): ReturnType<typeof open> => {
    if (!(await queries.isAvailable())) {
      throw new AppError({
        code: 'not-available',
        message: unavailable,
        advice: 'Use the command line of the same version, which brings its own Node.',
      });
    }
    return open(idOrName);
  };

  return {
    async getConsole(input) {
      const { saved } = await open(input.connection);
      return {
        unavailable: (await queries.isAvailable()) ? null : unavailable,
        views: consoleViews.map(describeView),
        examples: [...consoleExamples],
        saved: await saved.list(),
        limits: queryLimits,
      };
    },
    runQuery: (input) =>
      calls.run(input.callId, async (signal) => {
        const { file } = await openForQuery(input.connection);
        const { sql, narrowing = [], rows } = input;
        return queries.list(file, { sql, narrowing }, { signal, ...(rows === undefined ? {} : { rows }) });
      }),
    countQuery: (input) =>
      calls.run(input.callId, async (signal) => {
        const { file } = await openForQuery(input.connection);
        const { sql, narrowing = [], columns } = input;
        return queries.count(file, { sql, narrowing, facets: columns }, { signal });
      }),
    exportQuery: (input) =>
      calls.run(input.callId, async (signal) => {
        const { id, file } = await openForQuery(input.connection);
        const { sql, narrowing = [], format } = input;
        // The real time, also of a tenant whose time stands still: two exports are two files.
        const stamp = new Date().toISOString().replace(/[:.]/gu, '-');
        return saveQueryResult(
          { directory: join(context.dataDirectory, 'reports'), name: `${id}-query-${stamp}`, format },
          queries.stream(file, { sql, narrowing }, { signal }),
        );
      }),
    async saveQuery(input) {
      const { saved } = await open(input.connection);
      const query = { name: input.name, sql: input.sql, savedAt: new Date().toISOString() };
      await saved.save(query, { replace: input.replace ?? false });
      return query;
    },
    async deleteQuery(input) {
      const { saved } = await open(input.connection);
      await saved.delete(input.name);
      return { deleted: input.name };
    },
  };
};
