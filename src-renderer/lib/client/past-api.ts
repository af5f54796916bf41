import type { Api, MethodName } from '../../../src-main/contract/api.ts';

/** Methods that read an earlier state when they are told which. */
const reading = [
  'getStatus',
  'listGaps',
  'listFindings',
  'getFinding',
  'findingFacets',
  'listLog',
  'getLogRow',
  'logFacets',
  'logOutcomes',
  'listPeople',
  'getPerson',
  'peopleFacets',
  'getJobHealth',
  'blameChanges',
  'investigate',
  'investigateBatch',
] as const satisfies MethodName[];

/**
 * The same methods, reading the earlier state that the window shows of the connection asked about: views need not know
 * that they show the past.
 *
 * @param pastOf which state is shown of a connection, null for now; read with every call
 */
export const createPastApi = (api: Api, pastOf: (connection: string) => string | null): Api => {
  const past = Object.fromEntries(
    reading.map((name) => [
      name,
      (input: { connection?: string; asOf?: string }) => {
        const asOf = input.connection === undefined ? null : pastOf(input.connection);
        return (api[name] as (input: unknown) => unknown)(asOf === null ? input : { asOf, ...input });
      },
    ]),
  );
  return { ...api, ...past };
};
