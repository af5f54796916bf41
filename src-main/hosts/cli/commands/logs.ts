import type { Api, Input } from '../../../contract/api.ts';
import type { AsOf, Cancellable, OnConnection } from '../../../contract/methods/call.ts';
import type { Result } from '../../../contract/failure.ts';
import type { LogFilter, LogPage, LogRowDetail, LogStatus } from '../../../contract/models/provisioning-event.ts';
import { AppError } from '../../../core/app-error.ts';
import { clean, count, faint, line, strong, table, time } from '../print.ts';
import { pastState, type PastOptions } from '../past-state.ts';
import { runCommand, type CommandEnd } from '../session.ts';
import { skipSentence } from '../skip-sentence.ts';

export interface LogsOptions extends PastOptions {
  limit: number;
  cursor?: string;
  from?: string;
  to?: string;
  status?: LogStatus[];
  action?: string[];
  person?: string;
  cycle?: string;
  errorCode?: string[];
  issue?: string;
  benign?: boolean;
  text?: string;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** The Entra id of whoever a caller reads out; several that fit are listed to choose from. */
const personId = async (api: Api, on: AsOf & OnConnection, who: string): Promise<string> => {
  if (guid.test(who)) return who.toLowerCase();
  const found = await api.listPeople({ ...on, filter: { text: who }, page: { limit: 20 } });
  if (!found.ok) throw new AppError(found.failure);
  const known = found.value.rows.filter((person) => person.entra !== null);
  const exact = known.filter((person) =>
    [person.entra?.userPrincipalName, person.entra?.mail, person.name].some(
      (value) => value?.toLowerCase() === who.toLowerCase(),
    ),
  );
  const fitting = exact.length > 0 ? exact : known;
  const [only] = fitting;
  if (only?.entra && fitting.length === 1) return only.entra.id;
  throw new AppError({
    code: only ? 'selection-ambiguous' : 'input-invalid',
    message: only ? 'Several people fit.' : 'Nobody in the stored history fits.',
    advice: only ? 'Name one by its object id or UPN.' : 'Check the spelling, or collect first.',
    ...(only
      ? {
          candidates: fitting.map((person) => ({
            id: person.id,
            name: person.name,
            detail: person.entra?.userPrincipalName ?? '',
          })),
        }
      : { fields: [{ field: 'person', reason: 'is not known' }] }),
  });
};

const printPage = (page: LogPage): void => {
  table(
    ['Time', 'Action', 'Status', 'Who', 'Code', 'Reason'],
    page.rows.map((row) => [
      row.at.slice(0, 19).replace('T', ' '),
      row.action,
      row.benign ? `${row.status} (benign)` : row.status,
      row.subject.upn ?? row.subject.name,
      row.errorCode,
      row.reason?.slice(0, 100),
    ]),
  );
  if (page.total !== undefined) line(`${count(page.rows.length)} of ${count(page.total)} rows.`);
  if (page.nextCursor) line(`More: --cursor ${page.nextCursor}`);
};

const printRow = (row: LogRowDetail): void => {
  line(strong(`${clean(row.action)} of ${clean(row.subject.name)}: ${row.status}`));
  line(`  ${time(row.at)}  cycle ${clean(row.cycleId ?? '-')}  change ${clean(row.changeId ?? '-')}`);
  for (const [index, step] of row.steps.entries()) {
    const mark = index === row.causeStep ? '<- the cause' : '';
    line(`  ${index + 1}. ${clean(step.type)} ${clean(step.status)} ${mark}`.trimEnd());
    if (step.description) line(faint(`     ${clean(step.description)}`));
  }
  if (row.explanation) {
    line(`  ${strong(clean(row.explanation.code))}: ${clean(row.explanation.meaning)}`);
    line(`  What to do: ${clean(row.explanation.remedy)}`);
  }
  if (row.errorReason) line(`  The service says: ${clean(row.errorReason)}`);
  if (row.modifiedProperties.length > 0) {
    table(
      ['Property', 'Before', 'After'],
      row.modifiedProperties.map((property) => [property.name, property.oldValue, property.newValue]),
    );
  }
};

const filterOf = (options: LogsOptions, entraId: string | null): LogFilter => ({
  ...(options.from ? { from: options.from } : {}),
  ...(options.to ? { to: options.to } : {}),
  ...(options.status ? { status: options.status } : {}),
  ...(options.action ? { action: options.action } : {}),
  ...(entraId ? { entraId } : {}),
  ...(options.cycle ? { cycleId: options.cycle } : {}),
  ...(options.errorCode ? { errorCode: options.errorCode } : {}),
  ...(options.issue ? { issue: options.issue } : {}),
  ...(options.benign === undefined ? {} : { benign: options.benign }),
  ...(options.text ? { text: options.text } : {}),
});

type On = AsOf & OnConnection;

/** How many of the skips that fit a filter need somebody; null when the filter leaves skips out. */
const countSkips = async (api: Api, on: On & Cancellable, filter: LogFilter): Promise<string | null> => {
  if (filter.status && !filter.status.includes('skipped')) return null;
  const found = await api.logFacets({ ...on, filter: { ...filter, status: ['skipped'] }, facets: ['benign'] });
  if (!found.ok) throw new AppError(found.failure);
  const values = found.value.facets[0]?.values ?? [];
  const matter = values.find(({ value }) => value === 'false')?.count ?? 0;
  const total = values.reduce((sum, { count: number }) => sum + number, 0);
  return total === 0 ? null : skipSentence({ matter, total }, ' among the rows that fit');
};

const list = async (api: Api, on: On & Cancellable, options: LogsOptions): Promise<CommandEnd<LogPage>> => {
  const { callId, ...place } = on;
  const entraId = options.person ? await personId(api, place, options.person) : null;
  const filter = filterOf(options, entraId);
  const input: Input<'listLog'> = {
    ...place,
    filter,
    page: { limit: options.limit, withTotal: true, ...(options.cursor ? { cursor: options.cursor } : {}) },
  };
  return {
    result: await api.listLog(input),
    print: async (page) => {
      printPage(page);
      const skips = await countSkips(api, { ...place, callId }, filter);
      if (skips) line(skips);
    },
  };
};

export const logs = (id: string | undefined, options: LogsOptions): Promise<void> =>
  id === undefined
    ? runCommand(options, async ({ api, callId, on }) =>
        list(api, { ...on, callId, ...(await pastState({ api, on }, options)) }, options),
      )
    : runCommand(options, async ({ api, on }) => {
        const found = await api.getLogRow({ ...on, ...(await pastState({ api, on }, options)), id });
        if (found.ok && found.value === null) {
          throw new AppError({
            code: 'input-invalid',
            message: 'No row of the provisioning log has this id.',
            advice: 'List rows with "unifi-monitor logs --json" and take an id from there.',
            fields: [{ field: 'id', reason: 'is not known' }],
          });
        }
        return { result: found as Result<LogRowDetail>, print: printRow };
      });
