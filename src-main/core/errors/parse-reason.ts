/** What the long reason text of a failed log row says, taken apart. graph-provisioning.md 4, sample "Failure". */
export interface ParsedReason {
  /** HTTP status that UNIFI answered, where the text names one. */
  httpStatus: number | null;
  /** `scimType` and `detail` of the SCIM error body inside the text. */
  scimType: string | null;
  scimDetail: string | null;
  /** The text without the response body and without the sentences about repetition. */
  message: string;
  /** How often the service tried again, and when it will next, ISO 8601. */
  retries: number | null;
  nextRetryAt: string | null;
}

const statusNames: Readonly<Record<string, number>> = {
  badrequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notfound: 404,
  methodnotallowed: 405,
  requesttimeout: 408,
  conflict: 409,
  gone: 410,
  preconditionfailed: 412,
  requestentitytoolarge: 413,
  unsupportedmediatype: 415,
  unprocessableentity: 422,
  toomanyrequests: 429,
  internalservererror: 500,
  notimplemented: 501,
  badgateway: 502,
  serviceunavailable: 503,
  gatewaytimeout: 504,
};

const statusText = /\bStatus ?Code: ?'?([A-Za-z]+|\d{3})\b|\bHTTP[/ ](?:\d\.\d )?(\d{3})\b/i;
const retryText = /This operation was retried (\d+) times?\.?/i;
const againText = /It will be retried again after this date:? ?(\d{4}-\d\d-\d\dT[\d:.]+Z?)(?: UTC)?\.?/i;

const neverText = /It will not be retried again\.?/i;

/** Bounds for texts that come from anywhere: a body lies early, and is one of the first braces. */
const longestSearch = 50_000;
const mostBraces = 20;

/** The first balanced `{...}` of a text that is a JSON object; strings inside may hold braces. */
const findBody = (text: string): { start: number; end: number; body: Record<string, unknown> } | null => {
  let start = text.indexOf('{');
  for (let braces = 0; start !== -1 && braces < mostBraces; braces += 1, start = text.indexOf('{', start + 1)) {
    const end = closingBrace(text, start);
    if (end === -1) return null;
    try {
      const body: unknown = JSON.parse(text.slice(start, end + 1));
      if (typeof body === 'object' && body !== null) return { start, end, body: body as Record<string, unknown> };
    } catch {
      // Not JSON after all, such as a placeholder in a sentence: try the next brace.
      continue;
    }
  }
  return null;
};

const closingBrace = (text: string, start: number): number => {
  let depth = 0;
  let quoted = false;
  const limit = Math.min(text.length, start + longestSearch);
  for (let at = start; at < limit; at += 1) {
    const character = text[at];
    if (character === '\\' && quoted) at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth += 1;
    else if (!quoted && character === '}' && (depth -= 1) === 0) return at;
  }
  return -1;
};

const member = (body: Record<string, unknown>, key: string): string | null => {
  const name = Object.keys(body).find((candidate) => candidate.toLowerCase() === key);
  const value = name === undefined ? null : body[name];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
};

const statusOf = (word: string | null | undefined): number | null => {
  if (word === null || word === undefined) return null;
  const status = /^\d{3}$/.test(word) ? Number(word) : (statusNames[word.toLowerCase()] ?? null);
  return status !== null && status >= 100 && status <= 599 ? status : null;
};

/** Never throws: a text of another form comes back whole as `message`. */
export const parseReason = (reason: string): ParsedReason => {
  const found = reason.includes('{') ? findBody(reason) : null;
  const outside = found === null ? reason : `${reason.slice(0, found.start)} ${reason.slice(found.end + 1)}`;
  const named = statusText.exec(outside);
  const retries = retryText.exec(outside)?.[1];
  const again = againText.exec(outside)?.[1];
  return {
    httpStatus: statusOf(found && member(found.body, 'status')) ?? statusOf(named?.[1] ?? named?.[2]),
    scimType: found && member(found.body, 'scimtype'),
    scimDetail: found && member(found.body, 'detail'),
    message: outside.replace(retryText, '').replace(againText, '').replace(neverText, '').replace(/\s+/g, ' ').trim(),
    retries: retries === undefined ? null : Number(retries),
    nextRetryAt: again === undefined ? null : again.endsWith('Z') ? again : `${again}Z`,
  };
};
