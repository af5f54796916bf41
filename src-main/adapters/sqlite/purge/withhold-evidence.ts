import { readLogRecord } from '../../../core/log/read-log-record.ts';
import type { AuditEvent } from '../../../core/model/directory.ts';
import type { LogRecord } from '../../../core/model/log.ts';
import { eraseJson, type Recognise } from '../../../core/purge/erase-json.ts';
import { purgedText } from '../../../core/purge/traces.ts';
import type { Withheld } from './withholding.ts';
import type { KeptItems } from './withhold-items.ts';

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
};

/** The row without what points to the person: read again from its JSON, so that all of it agrees. */
export const eraseRecord = (record: LogRecord, recognise: Recognise): LogRecord => {
  const raw = eraseJson(record.raw, recognise);
  const again = raw === record.raw ? null : readLogRecord(parse(raw), raw);
  if (again) return again;
  const { targetId, ...rest } = { ...record, raw };
  const erased = eraseJson(JSON.stringify({ ...rest, raw: '' }), recognise);
  const isTarget = targetId !== null && recognise.whole(targetId) !== null;
  const found = { ...(JSON.parse(erased) as LogRecord), raw, targetId };
  return isTarget ? { ...found, targetId: null, targetName: null } : found;
};

const isAbout = ({ sourceId, sourceUpn, targetId }: LogRecord, from: Withheld): boolean =>
  from.knows(sourceId) || from.knows(sourceUpn) || (sourceId === null && from.knows(targetId));

/** Rows that are about nobody who was purged, without what names them. */
export const withholdLog = (records: readonly LogRecord[], from: Withheld): KeptItems<LogRecord> => {
  const kept = records.filter((record) => !isAbout(record, from));
  return {
    items: kept.map((record) => eraseRecord(record, from.recognise)),
    withheld: records.length - kept.length,
  };
};

/**
 * The event without a person: null when it was about nobody else. A target that goes takes its name out of the changed
 * properties, too.
 */
export const eraseEvent = (
  event: AuditEvent,
  recognise: Recognise,
  isPerson: (id: string | null) => boolean,
): AuditEvent | null => {
  const isGone = ({ id, name }: AuditEvent['targets'][number]): boolean =>
    isPerson(id) || (name !== null && recognise.whole(name) === 'address');
  const targets = event.targets.filter((target) => !isGone(target));
  if (targets.length === 0 && event.targets.length > 0) return null;
  const names = new Set(event.targets.filter(isGone).flatMap(({ name }) => name ?? []));
  const withoutName = (value: string | null): string | null =>
    value !== null && names.has(value.replaceAll('"', '')) ? purgedText.name : value;
  const properties = event.properties.map((property) => ({
    ...property,
    oldValue: withoutName(property.oldValue),
    newValue: withoutName(property.newValue),
  }));
  const before = JSON.stringify({ ...event, targets, properties });
  const after = eraseJson(before, recognise);
  const erased = after === before ? { ...event, targets, properties } : (JSON.parse(after) as AuditEvent);
  return { ...erased, id: event.id };
};

/** Events without the people who were purged. */
export const withholdEvents = (events: readonly AuditEvent[], from: Withheld): KeptItems<AuditEvent> => {
  const kept = events.flatMap((event) => eraseEvent(event, from.recognise, (id) => from.knows(id)) ?? []);
  return { items: kept, withheld: events.length - kept.length };
};

/** Texts that nobody understood are left out as wholes: nobody knows what of them is whose. */
export const withholdTexts = (texts: readonly string[], from: Withheld): KeptItems<string> => {
  const kept = texts.filter((text) => eraseJson(text, from.recognise) === text);
  return { items: kept, withheld: texts.length - kept.length };
};
