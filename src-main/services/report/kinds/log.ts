import type { LogFilter } from '../../../contract/models/provisioning-event.ts';
import { chooseColumns } from '../../../core/report/column-rules.ts';
import { logRules, needsBody } from '../../../core/report/kinds/log-rules.ts';
import { smallTable, tableOf } from '../../../core/report/make-sections.ts';
import type { Section, TableSection } from '../../../core/report/report.ts';
import type { ReportContext } from '../report-context.ts';
import { isWithin, logLots } from '../row-sources.ts';
import { isLogRead } from '../what-is-known.ts';

/** The period as a filter of the log. */
export const logPeriod = ({ from, to }: { from?: string; to?: string }): LogFilter => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** Stretches that nobody collected, as far as they touch the period. */
export const gapTable = async (context: ReportContext): Promise<TableSection> => {
  const { store, options, words } = context;
  const gaps = (await store.runs.gaps()).filter((gap) => isWithin(options, gap.from, gap.to));
  return smallTable({
    id: 'gaps',
    title: words.sections.gaps,
    empty: isLogRead(context) ? words.sentences.noGaps : words.sentences.logNeverRead,
    columns: [
      { id: 'from', title: words.columns.from, type: 'time', sensitivity: 'open' },
      { id: 'to', title: words.columns.to, type: 'time', sensitivity: 'open' },
    ],
    rows: gaps.map((gap) => [gap.from, gap.to]),
  });
};

/** The rows of the log of a period, each joined with its steps and modified properties, newest first. */
export const buildLog = async (context: ReportContext): Promise<{ sections: Section[]; mainTable: string }> => {
  const { store, options, words, rowLimit, subjects } = context;
  const rules = chooseColumns(logRules(words), options.columns);
  const filter = logPeriod(options);
  const counted = subjects === null ? await store.log.page(filter, { limit: 1, withTotal: true }) : null;
  const withBodies = rules.some(({ id }) => needsBody(id));
  return {
    mainTable: 'log',
    sections: [
      tableOf(
        {
          id: 'log',
          title: words.sections.log,
          rules,
          lots: logLots(store, filter, { subjects, withBodies }),
          total: counted?.total ?? null,
          limit: rowLimit,
          empty:
            isLogRead(context) || (counted?.total ?? 0) > 0 ? words.sentences.noRows : words.sentences.logNeverRead,
        },
        words,
      ),
      await gapTable(context),
    ],
  };
};
