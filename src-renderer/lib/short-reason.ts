const wrapped = /^StatusCode: (\w+) Message: .*?Web Response: ?(.*)$/su;
const detail = /"detail"\s*:\s*"((?:[^"\\]|\\.)*)/u;

/**
 * A reason of the provisioning log for one line of a list. Entra wraps what the target answered into the same long
 * sentence every time (graph-provisioning.md 4); here the target's own words lead. Lists hold the reason cut off, so
 * its JSON cannot be relied on to be whole.
 */
export const shortReason = (reason: string): string => {
  const [, status, answer] = wrapped.exec(reason) ?? [];
  if (status === undefined || answer === undefined) return reason;
  const words = detail.exec(answer)?.[1]?.replace(/\\(["\\/])/gu, '$1');
  return words ? `${status}: ${words}` : `${status}: ${answer}`;
};
