import type { DemoWorld } from '../world.ts';
import { answerInstead, spoilAnswer, type ErrorBody, type Fault, type FaultBook } from './faults.ts';
import type { HttpAnswer, HttpHandler, HttpRequest } from './http-server.ts';
import type { RequestCounts } from './request-counts.ts';
import type { Signing } from './signing.ts';
import type { TenantSettings } from './tenant-settings.ts';

/** Secrets of one start. */
export interface TenantCredentials {
  clientSecret: string;
  scimToken: string;
}

/** What the three servers of one tenant share. */
export interface Tenant {
  readonly world: DemoWorld;
  readonly signing: Signing;
  readonly credentials: TenantCredentials;
  readonly counts: RequestCounts;
  readonly faults: FaultBook;
  /** Read anew for every request: it changes while the servers run. */
  settings(): TenantSettings;
  /** Real time, epoch milliseconds: tokens and throttling follow it, never the simulation's moment. */
  realNowMs(): number;
}

/** Logs at or before this moment (epoch milliseconds) are past their retention. */
export const oldestServedMs = (tenant: Tenant): number => {
  const { retentionDays } = tenant.settings();
  return retentionDays === null ? Number.NEGATIVE_INFINITY : tenant.world.nowMs - retentionDays * 86_400_000;
};

/** A service's own handling of a request that no fault has taken; `faults` are those that change the right answer. */
export type ServiceHandler = (request: HttpRequest, faults: Fault[]) => Promise<HttpAnswer>;

/** Puts the switched-on faults around a service, and counts its requests by path template. */
export const withFaults = (
  tenant: Tenant,
  service: {
    name: Fault['service'];
    template(path: string): string;
    errorBody: ErrorBody;
    handle: ServiceHandler;
  },
): HttpHandler => {
  const answer = async (request: HttpRequest): Promise<HttpAnswer> => {
    const hits = tenant.faults.hits(service.name, request.url.pathname);
    for (const fault of hits) {
      const instead = answerInstead(fault, request, service.errorBody);
      if (instead) return instead;
    }
    return spoilAnswer(await service.handle(request, hits), hits);
  };
  return async (request) => {
    tenant.counts.request(service.name, request.method, service.template(request.url.pathname));
    const result = await answer(request);
    if (result.status === 429) tenant.counts.count('throttled');
    return result;
  };
};
