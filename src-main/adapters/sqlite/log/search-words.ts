import type { LogRecord } from '../../../core/model/log.ts';
import { toIndexedText } from '../search-text.ts';

const isLocalPart = (code: number): boolean =>
  // Letters, digits, and what stands unquoted before the @ of an address.
  (code >= 97 && code <= 122) ||
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  ".!#$%&'*+/=?^_`{|}~-".includes(String.fromCharCode(code));
const isDomain = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 45 || code === 46;
const longestPart = 253;

/** Addresses in a text, around each @. Written by hand: a pattern takes longer over a row than storing it. */
const addressesIn = (text: string): Set<string> => {
  const found = new Set<string>();
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < longestPart && isLocalPart(text.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (end < text.length && end - at < longestPart && isDomain(text.charCodeAt(end))) end += 1;
    if (start < at && text.slice(at + 1, end).includes('.')) found.add(text.slice(start, end));
  }
  return found;
};

/** What a row is found by in full text: names, addresses, every id, error code and reason. */
export const searchWords = (record: LogRecord): string =>
  toIndexedText([
    record.id,
    record.sourceId,
    record.sourceName,
    record.sourceUpn,
    record.targetId,
    record.targetName,
    record.errorCode,
    record.reason,
    record.skipReason,
    record.cycleId,
    record.changeId,
    record.jobId,
    // Addresses of the changed attributes, such as the mail.
    ...addressesIn(record.raw),
  ]);
