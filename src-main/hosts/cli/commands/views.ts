import { viewNames, type NamedView, type ViewPage, type ViewRow } from '../../../contract/models/named-view.ts';
import { AppError } from '../../../core/app-error.ts';
import { clean, count, faint, line, strong, table, time } from '../print.ts';
import { runCommand, type CommonOptions } from '../session.ts';

export interface ViewsOptions extends CommonOptions {
  limit: number;
  cursor?: string;
  what?: string[];
  text?: string;
}

const titles: Record<NamedView, string> = {
  'stale-link': 'Stale links',
  'silent-success': 'Successes without effect',
  'phantom-updates': 'Phantom updates',
  'leaver-clock': 'Leavers and what is owed',
};

/** When it was, in the words of the view. */
const when = (row: ViewRow): string => {
  if (row.view !== 'leaver-clock') return time(row.at);
  if (row.days === null) return '-';
  return row.leftAtKnown ? `${count(row.days)} days ago` : `${count(row.days)} days ago or more`;
};

const print = (view: NamedView, page: ViewPage): void => {
  const parts = page.counts.map(({ value, count: number }) => `${count(number)} ${value}`);
  line(strong(`${titles[view]}: ${parts.join(', ') || 'none, as far as could be seen'}.`));
  line(
    faint(
      page.asOf === null
        ? 'Nothing was checked yet: run "unifi-monitor check" first.'
        : `From the cross-check of ${time(page.asOf)}.`,
    ),
  );
  for (const note of page.notes) line(faint(clean(note)));
  if (page.blind.length > 0) {
    line();
    line('Not known:');
    for (const { source, reason, hides } of page.blind) line(`  ${hides} (${source}: ${clean(reason)})`);
  }
  if (page.rows.length === 0) return;
  line();
  table(
    ['What', view === 'leaver-clock' ? 'Left' : 'When', 'Person or group', 'Entra id', 'Says'],
    page.rows.map((row) => [row.what, when(row), row.subject.name, row.subject.entraId, row.sentence]),
  );
  if (page.total !== undefined) line(`${count(page.rows.length)} of ${count(page.total)} rows.`);
  if (page.nextCursor) line(`More: --cursor ${clean(page.nextCursor)}`);
};

const named = (name: string): NamedView => {
  const view = viewNames.find((one) => one === name);
  if (view) return view;
  throw new AppError({
    code: 'input-invalid',
    message: `There is no view "${name}".`,
    advice: `Known are: ${viewNames.join(', ')}.`,
    fields: [{ field: 'view', reason: 'is not known' }],
  });
};

/** One named view, a page of it. */
export const views = (name: string, options: ViewsOptions): Promise<void> =>
  runCommand(options, async ({ api, on }) => {
    const view = named(name);
    return {
      result: await api.listView({
        ...on,
        view,
        filter: { ...(options.what ? { what: options.what } : {}), ...(options.text ? { text: options.text } : {}) },
        page: { limit: options.limit, withTotal: true, ...(options.cursor ? { cursor: options.cursor } : {}) },
      }),
      print: (page: ViewPage) => print(view, page),
    };
  });
