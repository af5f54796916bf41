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
  const found = words.map((pattern) => pattern.exec(answer)).find((match) => match !== null);
  if (found?.[1] === undefined) return answer.startsWith('{') ? status : `${status}: ${answer}`;
  const cutOff = found.index + found[0].length === answer.length;
  return `${status}: ${found[1].replace(/\\(["\\/])/gu, '$1')}${cutOff ? '…' : ''}`;
};
