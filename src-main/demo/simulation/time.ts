export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Graph's "never". graph-provisioning.md 5. */
export const never = '0001-01-01T00:00:00Z';

/** ISO 8601 UTC in whole seconds, as the provisioning log and most directory dates have it. */
export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** ISO 8601 UTC with seven fractional digits, as assignments have it. graph-provisioning.md 7. */
export const isoTicks = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}5980Z`;
