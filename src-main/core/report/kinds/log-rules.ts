import type { LogRow, LogRowDetail, LogStep, ModifiedProperty } from '../../../contract/models/provisioning-event.ts';
import { describeLogRow } from '../../log/describe-log-row.ts';
import type { ColumnRule } from '../column-rules.ts';
import type { Cell } from '../report.ts';
import type { ColumnId, ReportWords } from '../words/report-words.ts';

/** A row of the log with its body, which is read only by the columns that need it. */
export interface LogEntry {
  row: LogRow;
  /** The row and its steps; parsed at the first look. */
  detail(): LogRowDetail;
  body: string;
}

/** Columns that need nothing but the list row: a report of these reads no bodies. */
const listColumns: readonly ColumnId[] = [
  'at',
  'action',
  'status',
  'benign',
  'type',
  'name',
  'upn',
  'entraId',
  'scimId',
  'errorCode',
  'cycleId',
  'changeId',
  'logId',
];

/** True when a column is made of the body. */
export const needsBody = (id: ColumnId): boolean => !listColumns.includes(id);

/** A row with its body, parsed when somebody looks. */
export const logEntry = (row: LogRow, body: string): LogEntry => {
  let known: LogRowDetail | null = null;
  return { row, body, detail: () => (known ??= describeLogRow(row, body)) };
};

/** `1. import success: Received User ...`, a line each. */
const stepsText = (steps: readonly LogStep[]): string | null => {
  if (steps.length === 0) return null;
  let text = '';
  for (const [index, step] of steps.entries()) {
    if (index > 0) text += '\n';
    text += `${index + 1}. ${step.type} ${step.status}`;
    if (step.description !== null) text += `: ${step.description}`;
    const details = Object.entries(step.details).filter(([, value]) => value !== null && value !== '');
    if (details.length > 0) text += ` (${details.map(([key, value]) => `${key}: ${value ?? ''}`).join('; ')})`;
  }
  return text;
};

const side = (value: string | null, words: ReportWords): string => (value === null ? words.nothing : value);

/** `department: Design -> Sales`, a line each. */
const changesText = (properties: readonly ModifiedProperty[], words: ReportWords): string | null =>
  properties.length === 0
    ? null
    : properties
        .map(({ name, oldValue, newValue }) => `${name}: ${side(oldValue, words)} -> ${side(newValue, words)}`)
        .join('\n');

const causeText = ({ steps, causeStep }: LogRowDetail): Cell => {
  const step = causeStep === null ? undefined : steps[causeStep];
  return step === undefined ? null : `${step.type} ${step.status}`;
};

/** A row per row of the log, joined with its steps and modified properties. graph-provisioning.md 4. */
export const logRules = (words: ReportWords): ColumnRule<LogEntry>[] => [
  { id: 'at', type: 'time', sensitivity: 'open', weight: 0.9, of: ({ row }) => row.at },
  {
    id: 'action',
    type: 'text',
    sensitivity: 'open',
    weight: 0.7,
    of: ({ row }) => words.actions[row.action] ?? row.action,
  },
  { id: 'status', type: 'text', sensitivity: 'open', weight: 0.7, of: ({ row }) => words.logStatuses[row.status] },
  { id: 'name', type: 'text', sensitivity: 'name', weight: 1.1, of: ({ row }) => row.subject.name },
  { id: 'upn', type: 'text', sensitivity: 'address', weight: 1.4, of: ({ row }) => row.subject.upn },
  { id: 'errorCode', type: 'text', sensitivity: 'open', weight: 1.2, of: ({ row }) => row.errorCode },
  {
    id: 'reason',
    type: 'text',
    sensitivity: 'prose',
    weight: 2.2,
    of: ({ row, detail }) => detail().errorReason ?? row.reason,
  },
  { id: 'benign', type: 'flag', sensitivity: 'open', detail: true, of: ({ row }) => row.benign },
  {
    id: 'type',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ row }) => words.subjectTypes[row.subject.type],
  },
  { id: 'entraId', type: 'text', sensitivity: 'id', detail: true, of: ({ row }) => row.subject.entraId },
  { id: 'scimId', type: 'text', sensitivity: 'id', detail: true, of: ({ row }) => row.subject.scimId },
  { id: 'steps', type: 'text', sensitivity: 'prose', detail: true, of: ({ detail }) => stepsText(detail().steps) },
  { id: 'causeStep', type: 'text', sensitivity: 'open', detail: true, of: ({ detail }) => causeText(detail()) },
  {
    id: 'changes',
    type: 'text',
    sensitivity: 'value',
    detail: true,
    of: ({ detail }) => changesText(detail().modifiedProperties, words),
  },
  { id: 'errorDetails', type: 'text', sensitivity: 'prose', detail: true, of: ({ detail }) => detail().errorDetails },
  {
    id: 'recommendedAction',
    type: 'text',
    sensitivity: 'prose',
    detail: true,
    of: ({ detail }) => detail().recommendedAction,
  },
  {
    id: 'meaning',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ detail }) => detail().explanation?.meaning ?? null,
  },
  {
    id: 'remedy',
    type: 'text',
    sensitivity: 'open',
    detail: true,
    of: ({ detail }) => detail().explanation?.remedy ?? null,
  },
  { id: 'durationMs', type: 'number', sensitivity: 'open', detail: true, of: ({ detail }) => detail().durationMs },
  { id: 'initiatedBy', type: 'text', sensitivity: 'name', detail: true, of: ({ detail }) => detail().initiatedBy },
  { id: 'sourceSystem', type: 'text', sensitivity: 'open', detail: true, of: ({ detail }) => detail().sourceSystem },
  { id: 'targetSystem', type: 'text', sensitivity: 'open', detail: true, of: ({ detail }) => detail().targetSystem },
  { id: 'cycleId', type: 'text', sensitivity: 'open', detail: true, of: ({ row }) => row.cycleId },
  { id: 'changeId', type: 'text', sensitivity: 'open', detail: true, of: ({ row }) => row.changeId },
  { id: 'jobId', type: 'text', sensitivity: 'open', detail: true, of: ({ detail }) => detail().jobId },
  { id: 'logId', type: 'text', sensitivity: 'open', detail: true, of: ({ row }) => row.id },
  { id: 'body', type: 'json', sensitivity: 'value', detail: true, onRequest: true, of: ({ body }) => body },
];
