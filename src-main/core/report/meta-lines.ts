import type { ReportTableSize } from '../../contract/models/report.ts';
import type { ReportMeta, TableSection } from './report.ts';
import type { ReportWords } from './words/report-words.ts';
import type { ValueFormat } from './format-values.ts';

/** What a report says about itself, as pairs of a label and a text, in the order in which people ask. */
export const metaLines = (
  meta: ReportMeta,
  words: ReportWords,
  format: ValueFormat,
): { id: string; label: string; text: string }[] => {
  const { labels, sentences } = words;
  const moment = (at: string | null): string => (at === null ? words.never : format.moment(at));
  const period =
    meta.period === null
      ? sentences.newest
      : sentences.period(
          meta.period.from === null ? null : format.moment(meta.period.from),
          meta.period.to === null ? null : format.moment(meta.period.to),
        );
  const { on, keyId } = meta.redaction;
  return [
    ...(meta.client === null ? [] : [{ id: 'client', label: labels.client, text: meta.client }]),
    { id: 'connection', label: labels.connection, text: meta.connection.name },
    { id: 'tenant', label: labels.tenant, text: meta.connection.tenantId },
    ...(meta.connection.application === null
      ? []
      : [{ id: 'application', label: labels.application, text: meta.connection.application }]),
    { id: 'period', label: labels.period, text: period },
    { id: 'collected', label: labels.collected, text: moment(meta.collectedAt) },
    { id: 'evaluated', label: labels.evaluated, text: moment(meta.evaluatedAt) },
    { id: 'created', label: labels.created, text: format.moment(meta.createdAt) },
    ...(meta.languageNote === null ? [] : [{ id: 'language', label: labels.language, text: meta.languageNote }]),
    { id: 'timeZone', label: labels.timeZone, text: meta.timeZone },
    { id: 'version', label: labels.version, text: `${meta.application.name} ${meta.application.version}` },
    ...(meta.selection.length === 0
      ? []
      : [{ id: 'selection', label: labels.selection, text: meta.selection.join('; ') }]),
    {
      id: 'redaction',
      label: labels.redaction,
      text: on ? sentences.redactedOn(keyId ?? '') : sentences.redactedOff,
    },
  ];
};

/** What a reader has to know before reading a table: that it will be cut; null when it will not, or nobody knows yet. */
export const cutAhead = (
  { total, limit }: Pick<TableSection, 'total' | 'limit'>,
  words: ReportWords,
  format: ValueFormat,
): string | null =>
  total !== null && total > limit ? words.sentences.cut(format.number(limit), format.number(total)) : null;

/** Of a table of so few rows, what stood before it is still in sight at its end. */
export const shortTable = 20;

/** How many rows a table has, and that it was cut. */
export const describeSize = ({ rows, total, cut }: ReportTableSize, words: ReportWords, format: ValueFormat): string =>
  cut
    ? words.sentences.cut(format.number(rows), total === null ? null : format.number(total))
    : words.sentences.allRows(format.number(rows));
