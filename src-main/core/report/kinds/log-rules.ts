import type { LogRow, LogStep, ModifiedProperty } from '../../../contract/models/provisioning-event.ts';
import { describeLogBody, type LogBodyDetail } from '../../log/describe-log-row.ts';
import { logPlace as place, type LogLine } from '../../model/log.ts';
import type { ColumnRule } from '../column-rules.ts';
import type { Cell } from '../report.ts';
import type { ColumnId, ReportWords } from '../words/report-words.ts';

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

/** A list row with its JSON as received. */
export const logLine = (row: LogRow, body: string): LogLine => [
  row.at,
  row.action,
  row.status,
  row.benign ? 1 : 0,
  row.subject.type,
  row.subject.name,
  row.subject.upn,
  row.subject.entraId,
  row.subject.scimId,
  row.errorCode,
  row.reason,
  row.cycleId,
  row.changeId,
  row.id,
  body,
];

/** Reads the body of a line once, however many columns are made of it: they come one after the other. */
const createDetails = (): ((line: LogLine) => LogBodyDetail) => {
  let known: { line: LogLine; detail: LogBodyDetail } | null = null;
  return (line) => {
    if (known?.line !== line) {
      const row = { status: line[place.status], errorCode: line[place.errorCode], reason: line[place.reason] };
      known = { line, detail: describeLogBody(row, line[place.body]) };
    }
    return known.detail;
  };
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

const causeText = ({ steps, causeStep }: LogBodyDetail): Cell => {
  const step = causeStep === null ? undefined : steps[causeStep];
  return step === undefined ? null : `${step.type} ${step.status}`;
};

/** A row per row of the log, joined with its steps and modified properties. graph-provisioning.md 4. */
export const logRules = (words: ReportWords): ColumnRule<LogLine>[] => {
  const detail = createDetails();
  return [
    { id: 'at', type: 'time', sensitivity: 'open', weight: 0.9, of: (line) => line[place.at] },
    {
      id: 'action',
      type: 'text',
      sensitivity: 'open',
      weight: 0.9,
      of: (line) => words.actions[line[place.action]] ?? line[place.action],
    },
    {
      id: 'status',
      type: 'text',
      sensitivity: 'open',
      weight: 1,
      of: (line) => words.logStatuses[line[place.status]],
    },
    { id: 'name', type: 'text', sensitivity: 'name', weight: 1.1, of: (line) => line[place.name] },
    { id: 'upn', type: 'text', sensitivity: 'address', weight: 1.4, of: (line) => line[place.upn] },
    { id: 'errorCode', type: 'text', sensitivity: 'open', weight: 1.2, of: (line) => line[place.errorCode] },
    {
      id: 'reason',
      type: 'text',
      sensitivity: 'prose',
      weight: 2.2,
      of: (line) => detail(line).errorReason ?? line[place.reason],
    },
    { id: 'benign', type: 'flag', sensitivity: 'open', detail: true, of: (line) => line[place.benign] === 1 },
    {
      id: 'type',
      type: 'text',
      sensitivity: 'open',
      detail: true,
      of: (line) => words.subjectTypes[line[place.type]],
    },
    { id: 'entraId', type: 'text', sensitivity: 'id', detail: true, of: (line) => line[place.entraId] },
    { id: 'scimId', type: 'text', sensitivity: 'id', detail: true, of: (line) => line[place.scimId] },
    { id: 'steps', type: 'text', sensitivity: 'prose', detail: true, of: (line) => stepsText(detail(line).steps) },
    { id: 'causeStep', type: 'text', sensitivity: 'open', detail: true, of: (line) => causeText(detail(line)) },
    {
      id: 'changes',
      type: 'text',
      sensitivity: 'value',
      detail: true,
      of: (line) => changesText(detail(line).modifiedProperties, words),
    },
    { id: 'errorDetails', type: 'text', sensitivity: 'prose', detail: true, of: (line) => detail(line).errorDetails },
    {
      id: 'recommendedAction',
      type: 'text',
      sensitivity: 'prose',
      detail: true,
      of: (line) => detail(line).recommendedAction,
    },
    {
      id: 'meaning',
      type: 'text',
      sensitivity: 'open',
      detail: true,
      of: (line) => detail(line).explanation?.meaning ?? null,
    },
    {
      id: 'remedy',
      type: 'text',
      sensitivity: 'open',
      detail: true,
      of: (line) => detail(line).explanation?.remedy ?? null,
    },
    { id: 'durationMs', type: 'number', sensitivity: 'open', detail: true, of: (line) => detail(line).durationMs },
    { id: 'initiatedBy', type: 'text', sensitivity: 'name', detail: true, of: (line) => detail(line).initiatedBy },
    { id: 'sourceSystem', type: 'text', sensitivity: 'open', detail: true, of: (line) => detail(line).sourceSystem },
    { id: 'targetSystem', type: 'text', sensitivity: 'open', detail: true, of: (line) => detail(line).targetSystem },
    { id: 'cycleId', type: 'text', sensitivity: 'open', detail: true, of: (line) => line[place.cycleId] },
    { id: 'changeId', type: 'text', sensitivity: 'open', detail: true, of: (line) => line[place.changeId] },
    { id: 'jobId', type: 'text', sensitivity: 'open', detail: true, of: (line) => detail(line).jobId },
    { id: 'logId', type: 'text', sensitivity: 'open', detail: true, of: (line) => line[place.logId] },
    { id: 'body', type: 'json', sensitivity: 'value', detail: true, onRequest: true, of: (line) => line[place.body] },
  ];
};
