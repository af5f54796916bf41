import type { Clock } from '../services/ports.ts';

/** The real clock, or one that stands at a moment (ISO 8601): the demo tenant's. */
export const createClock = (fixedNow: string | null): Clock => ({
  now: () => (fixedNow === null ? new Date() : new Date(fixedNow)),
});
