import { GraphError } from './graph-error.ts';

const limit = 5;
const windowMs = 10_000;

/**
 * The reports bucket: 5 requests in any 10 s per application and tenant, refused calls counted too, and no Retry-After.
 * graph-provisioning.md 10. Throws 429.
 */
export const createReportsBucket = (nowMs: () => number): { enter(application: string): void } => {
  const calls = new Map<string, number[]>();
  return {
    enter(application) {
      const now = nowMs();
      const recent = (calls.get(application) ?? []).filter((at) => now - at < windowMs);
      recent.push(now);
      calls.set(application, recent);
      if (recent.length > limit) {
        throw new GraphError(429, 'TooManyRequests', 'This request is throttled. Please try again later.');
      }
    },
  };
};
