import type { Connection } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import { hostsOf, isLoopback } from '../net/clouds.ts';
import type { Bucket } from './request-details.ts';
import { sharedPacing, type Pacing } from './pacing.ts';

const reportsPer10s = 5;
const reportsVariable = 'UNIFI_MONITOR_REPORTS_PER_10S';

/**
 * Requests of the reports bucket per 10 s: 5 (graph-provisioning.md 10). The environment raises it for a Graph on
 * loopback only, for benchmarks; elsewhere the variable has no effect. Throws `input-invalid` when it is no whole
 * number above 0.
 */
const reportsLimit = (graph: string, env: Record<string, string | undefined>): number => {
  const given = env[reportsVariable];
  if (given === undefined || given === '' || !isLoopback(graph)) return reportsPer10s;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new AppError({
    code: 'input-invalid',
    message: `${reportsVariable} must be a whole number above 0.`,
    advice: 'Correct the variable or remove it.',
    fields: [{ field: reportsVariable, reason: 'must be a whole number above 0' }],
  });
};

/**
 * The windows of a connection's buckets; null for one that is not paced. Jobs and schemas have no published limit and
 * are asked at most once a second on average (graph-provisioning.md 10), out of caution that a loopback Graph does not
 * need.
 */
export const pacingOf = (
  connection: Pick<Connection, 'cloud' | 'tenantId'>,
  env: Record<string, string | undefined>,
): Readonly<Record<Bucket, Pacing | null>> => {
  const { graph } = hostsOf(connection.cloud);
  const key = `${graph} ${connection.tenantId.toLowerCase()}`;
  const limit = reportsLimit(graph, env);
  return {
    reports: sharedPacing(`reports ${key}`, { limit, windowMs: 10_000, label: `${limit} log requests` }),
    synchronization: isLoopback(graph)
      ? null
      : sharedPacing(`synchronization ${key}`, { limit: 5, windowMs: 5_000, label: '5 job requests' }),
    directory: null,
  };
};
