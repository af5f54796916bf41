import { isAppError } from '../../core/app-error.ts';
import { readLogRecord } from '../../core/log/read-log-record.ts';
import type { LogRecord } from '../../core/model/log.ts';
import type { ProvisioningLogSource } from '../../services/ports.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import { quoted } from './odata.ts';
import { paginate, type GraphPage } from './paginate.ts';
import { readItems } from './read-items.ts';
import { parseRowTexts, type RowText } from './row-texts.ts';

/** Entra's own sample size; a service that gives fewer is fine. graph-provisioning.md 3. */
const pageSize = 500;

type Scope = { servicePrincipalId: string; jobId: string | null };

/** From the most exact to the one that every service knows; rows of other jobs are left out locally. */
const filters: readonly ((scope: Scope) => string | null)[] = [
  ({ servicePrincipalId }) => `servicePrincipal/id eq ${quoted(servicePrincipalId)}`,
  ({ jobId }) => (jobId === null ? null : `jobId eq ${quoted(jobId)}`),
  () => '',
];

/** Log times have whole seconds; the bounds are moved outwards to them, so that nothing falls between. */
const wholeSecond = (iso: string, round: (value: number) => number): string =>
  new Date(round(Date.parse(iso) / 1000) * 1000).toISOString().replace('.000Z', 'Z');

/** The address of a window's first page. Only documented operators: `eq`, strict `gt` and `lt`. */
const firstUrl = (client: GraphClient, filter: string, from: string, to: string): string => {
  const time = `activityDateTime gt ${wholeSecond(from, Math.floor)} and activityDateTime lt ${wholeSecond(to, Math.ceil)}`;
  const query = filter === '' ? time : `${filter} and ${time}`;
  return `${client.origin}/v1.0/auditLogs/provisioning?$filter=${encodeURIComponent(query)}&$top=${pageSize}`;
};

const same = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.toLowerCase() === b.toLowerCase();

const belongs = (row: LogRecord, scope: Scope): boolean => {
  if (same(row.servicePrincipalId, scope.servicePrincipalId) || same(row.jobId, scope.jobId)) return true;
  // A row that names neither can only have come through a filter of the service.
  return row.servicePrincipalId === null && (row.jobId === null || scope.jobId === null);
};

const isRejectedFilter = (error: unknown): boolean =>
  isAppError(error) && error.code === 'graph-rejected' && error.failure.status === 400;

/**
 * The provisioning log. graph-provisioning.md 3. A filter that this cloud rejects is not tried again by the same
 * source; the order of rows is the service's, which is unreliable.
 */
export const createProvisioningLogs = (client: GraphClient): ProvisioningLogSource => {
  let firstFilter = 0;
  return {
    async *readWindow({ signal, meter, servicePrincipalId, jobId, from, to, resumeLink }) {
      const request: GraphRequest = {
        resource: 'provisioning-log',
        bucket: 'reports',
        signal,
        meter,
        parse: parseRowTexts,
      };
      const scope: Scope = { servicePrincipalId, jobId };
      const read = (page: GraphPage) => {
        const rows = readItems(
          page.items as RowText[],
          ({ value, text }) => readLogRecord(value, text),
          meter,
          ({ text }) => text,
        );
        return { rows: rows.filter((row) => belongs(row, scope)), nextLink: page.nextLink };
      };
      if (resumeLink !== null) {
        for await (const page of paginate(client, resumeLink, request)) yield read(page);
        return;
      }
      for (let index = firstFilter; index < filters.length; index += 1) {
        const filter = filters[index]?.(scope) ?? null;
        if (filter === null) continue;
        let began = false;
        try {
          for await (const page of paginate(client, firstUrl(client, filter, from, to), request)) {
            began = true;
            firstFilter = index;
            yield read(page);
          }
          return;
        } catch (error) {
          if (began || !isRejectedFilter(error) || index === filters.length - 1) throw error;
        }
      }
    },
  };
};
