/** Longer intervals are the "maximum time span" of a disabled job. graph-provisioning.md 5. */
const longestMs = 400 * 86_400_000;

/**
 * An ISO 8601 duration such as `PT40M` in milliseconds. Null for anything else, for years and months (which have no
 * fixed length), and for the maximum time span `P10675199DT2H48M5.4775807S`.
 */
export const readDuration = (value: unknown): number | null => {
  if (typeof value !== 'string') return null;
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/u.exec(value);
  if (!match || !/\d/u.test(value)) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return ms > longestMs ? null : ms;
};
