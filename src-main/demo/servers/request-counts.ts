/** What the servers were asked since they started. */
export interface TenantStats {
  /** Requests by service, verb and path template, such as `graph GET /users/{id}`. */
  requests: Record<string, number>;
  /** SCIM requests with a writing verb; a read-only client causes none. */
  scimWrites: number;
  /** Graph requests with a writing verb. */
  graphWrites: number;
  /** Requests answered with 429. */
  throttled: number;
}

export interface RequestCounts {
  request(service: string, method: string, template: string): void;
  count(what: 'scimWrites' | 'graphWrites' | 'throttled'): void;
  read(): TenantStats;
}

export const createRequestCounts = (): RequestCounts => {
  const requests = new Map<string, number>();
  const totals = { scimWrites: 0, graphWrites: 0, throttled: 0 };
  return {
    request(service, method, template) {
      const key = `${service} ${method} ${template}`;
      requests.set(key, (requests.get(key) ?? 0) + 1);
    },
    count(what) {
      totals[what] += 1;
    },
    read: () => ({ requests: Object.fromEntries(requests), ...totals }),
  };
};
