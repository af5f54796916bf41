import type { LogRow, LogRowDetail, LogStep } from '../../contract/models/provisioning-event.ts';
import { explainError } from '../errors/explain-error.ts';
import { bag, list, text } from './json-fields.ts';
import type { Bag } from './json-fields.ts';
import { readProperties } from './read-properties.ts';

const parse = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch {
    // The stored text is damaged: the list row is still worth showing.
    return null;
  }
};

const readDetails = (details: unknown): Record<string, string | null> => {
  const pairs: [string, unknown][] = Array.isArray(details)
    ? details.map((pair) => [text(bag(pair)['key']) ?? text(bag(pair)['name']) ?? '', bag(pair)['value']])
    : Object.entries(bag(details));
  return Object.fromEntries(
    pairs
      .filter(([key]) => key !== '')
      .map(([key, value]) => [key, typeof value === 'object' && value !== null ? JSON.stringify(value) : text(value)]),
  );
};

const readStep = (entry: unknown): LogStep => {
  const step = bag(entry);
  return {
    name: text(step['name']) ?? 'unnamed step',
    type: lowerFirst(text(step['provisioningStepType']) ?? 'unknown'),
    status: lowerFirst(text(step['status']) ?? 'unknown'),
    description: text(step['description']),
    details: readDetails(step['details']),
  };
};

/** `Import` of old samples and `import` of today are the same word. */
const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

/** The first step that did not succeed; later ones are its consequences. provisioning-semantics.md 6. */
const findCause = (steps: readonly LogStep[]): number | null => {
  const index = steps.findIndex((step) => step.status !== 'success' && step.status !== 'unknown');
  return index === -1 ? null : index;
};

const initiatorOf = (row: Bag): string | null => {
  const initiator = bag(row['initiatedBy']);
  return text(initiator['displayName']) ?? text(initiator['initiatorType']) ?? text(initiator['initiatingType']);
};

/** What the body of a row adds to what lists show of it. */
export type LogBodyDetail = Omit<LogRowDetail, keyof LogRow | 'raw'>;

/** The parts of a list row that its explanation depends on. */
type Explained = Pick<LogRow, 'status' | 'errorCode' | 'reason'>;

const describeBody = (parsed: unknown, row: Explained): LogBodyDetail => {
  const full = bag(parsed);
  const error = bag(bag(full['provisioningStatusInfo'])['errorInformation']);
  const errorReason = text(error['reason']);
  const steps = list(full['provisioningSteps']).map(readStep);
  const duration = full['durationInMilliseconds'];
  const code = row.errorCode ?? (row.status === 'skipped' && /^\w+$/.test(row.reason ?? '') ? row.reason : null);
  return {
    durationMs: typeof duration === 'number' && duration >= 0 ? duration : null,
    jobId: text(full['jobId']),
    initiatedBy: initiatorOf(full),
    sourceSystem: text(bag(full['sourceSystem'])['displayName']),
    targetSystem: text(bag(full['targetSystem'])['displayName']),
    steps,
    causeStep: findCause(steps),
    modifiedProperties: readProperties(full['modifiedProperties']),
    errorReason,
    errorDetails: text(error['additionalDetails']),
    recommendedAction: text(error['recommendedAction']),
    explanation: code === null ? null : explainError(code, errorReason),
  };
};

/** What the JSON as received tells of a row; damaged text tells nothing. */
export const describeLogBody = (row: Explained, raw: string): LogBodyDetail => describeBody(parse(raw), row);

/**
 * Everything the detail view shows of one log row, read again from the JSON as received.
 *
 * @param row the row as lists show it
 * @param raw its JSON as received; damaged text yields the list row's facts without steps
 */
export const describeLogRow = (row: LogRow, raw: string): LogRowDetail => {
  const parsed = parse(raw);
  return {
    ...row,
    ...describeBody(parsed, row),
    raw: parsed === null ? raw : JSON.stringify(parsed, null, 2),
  };
};
