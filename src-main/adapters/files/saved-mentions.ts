import { dirname, join } from 'node:path';
import { eraseJson, type Recognise } from '../../core/purge/erase-json.ts';
import { createReportDefinitions } from './report-definitions.ts';
import { createSavedQueries } from './saved-queries.ts';

/** Saved queries and saved reports beside a history that name a person: their names. */
export interface SavedMentions {
  queries: string[];
  reports: string[];
}

const names = (value: unknown, recognise: Recognise): boolean => {
  const json = JSON.stringify(value);
  return eraseJson(json, recognise) !== json;
};

/** Finds them. Throws `store-damaged` naming a file that cannot be read. */
export const findSavedMentions = async (databaseFile: string, recognise: Recognise): Promise<SavedMentions> => {
  const folder = dirname(databaseFile);
  const queries = await createSavedQueries(join(folder, 'queries.json')).list();
  const reports = await createReportDefinitions(join(folder, 'reports.json')).list();
  return {
    queries: queries.filter((query) => names(query, recognise)).map(({ name }) => name),
    reports: reports.filter((report) => names(report, recognise)).map(({ name }) => name),
  };
};

/** Deletes them; gives how many. Throws `file-unwritable`, too. */
export const deleteSavedMentions = async (
  databaseFile: string,
  recognise: Recognise,
): Promise<{ queries: number; reports: number }> => {
  const { queries, reports } = await findSavedMentions(databaseFile, recognise);
  const folder = dirname(databaseFile);
  for (const name of queries) await createSavedQueries(join(folder, 'queries.json')).delete(name);
  for (const name of reports) await createReportDefinitions(join(folder, 'reports.json')).delete(name);
  return { queries: queries.length, reports: reports.length };
};
