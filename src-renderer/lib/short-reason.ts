const wrapped = /^StatusCode: (\w+) Message: .*?Web Response: ?(.*)$/su;
/** The target's own words, the best first. */
const words = ['detail', 'message', 'scimType'].map(
  (name) => new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)+)`, 'u'),
);

/**
 * A reason of the provisioning log for one line of a list. Entra wraps what the target answered into the same long
 * sentence every time (graph-provisioning.md 4); here the target's own words lead. Lists hold the reason cut off, so
 * its JSON cannot be relied on to be whole.
 */
export const shortReason = (reason: string): string => {
  const [, status, answer] = wrapped.exec(reason) ?? [];
  if (status === undefined || answer === undefined) return reason;
  const [own] = words.flatMap((pattern) => pattern.exec(answer)?.[1] ?? []);
  if (own !== undefined) return `${status}: ${own.replace(/\\(["\\/])/gu, '$1')}`;
  return answer.startsWith('{') ? status : `${status}: ${answer}`;
};
