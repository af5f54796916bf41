import type { Issue, IssueDetail, IssuePage, IssueState } from '../../../contract/models/issue.ts';
import { AppError } from '../../../core/app-error.ts';
import { clean, count, faint, line, strong, table, time } from '../print.ts';
import { skipSentence } from '../skip-sentence.ts';
import { runCommand, type CommandEnd, type CliSession, type CommonOptions } from '../session.ts';

export interface IssuesOptions extends CommonOptions {
  limit: number;
  cursor?: string;
  state?: IssueState[];
  text?: string;
  note?: string;
}

const bars = '▁▂▃▄▅▆▇█';

/** One character a day; a day that was not collected shows a dot. */
const sparkline = (days: Issue['days']): string => {
  const most = Math.max(1, ...days.map(({ rows }) => rows));
  return days
    .map(({ rows, covered }) =>
      rows === 0 ? (covered ? ' ' : '·') : (bars[Math.ceil((rows / most) * bars.length) - 1] ?? ''),
    )
    .join('');
};

const quantity = (number: number, word: string): string => `${count(number)} ${word}${number === 1 ? '' : 's'}`;

const whom = ({ affected: { people, groups } }: Issue): string =>
  [
    people > 0 || groups === 0 ? (people === 1 ? '1 person' : `${count(people)} people`) : '',
    groups > 0 ? quantity(groups, 'group') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');

const printList = (page: IssuePage): void => {
  const { states } = page;
  const known = states.open + states.muted + states.resolved;
  line(
    strong(
      page.asOf === null && known === 0
        ? 'The provisioning log was not collected yet, so that nothing is known of its failures.'
        : `${quantity(states.open, 'open issue')}, ${count(states.muted)} muted, ${count(states.resolved)} resolved.`,
    ),
  );
  line(skipSentence(page.skips));
  if (page.asOf) line(faint(`The log is collected up to ${time(page.asOf)}.`));
  if (page.rows.length === 0) return;
  line();
  table(
    ['State', 'Error code', 'Attribute', 'Affects', 'Rows', '14 days', 'Trend', 'First seen', 'Last seen', 'Id'],
    page.rows.map((issue) => [
      issue.state,
      issue.errorCode,
      issue.attribute,
      whom(issue),
      count(issue.rows),
      sparkline(issue.days),
      issue.trend.direction,
      time(issue.firstSeen),
      time(issue.lastSeen),
      issue.id,
    ]),
  );
  if (page.total !== undefined) line(`${count(page.rows.length)} of ${quantity(page.total, 'issue')}.`);
  if (page.nextCursor) line(`More: --cursor ${clean(page.nextCursor)}`);
};

const printIssue = (issue: Issue): void => {
  line(strong(`${issue.state}: ${clean(issue.because)}`));
  line(
    faint(`${clean(issue.errorCode ?? 'no code')}${issue.attribute ? `, ${issue.attribute}` : ''}, ${clean(issue.id)}`),
  );
  line(`Affects ${whom(issue)}, of whom ${count(issue.affected.recovered)} recovered; ${quantity(issue.rows, 'row')}.`);
  line(
    `First seen ${time(issue.firstSeen)}, last seen ${time(issue.lastSeen)}; ${count(issue.trend.last7Days)} rows in the last ` +
      `7 days, ${count(issue.trend.before7Days)} in the 7 before (${issue.trend.direction}).`,
  );
  if (issue.mute?.note) line(`Note of the mute: ${clean(issue.mute.note)}`);
};

const printDetail = (issue: IssueDetail): void => {
  printIssue(issue);
  const { explanation } = issue;
  line();
  line(clean(explanation.meaning));
  for (const cause of explanation.likelyCauses) line(`  - ${clean(cause)}`);
  if (explanation.whoActs) line(`Who acts: ${explanation.whoActs}.`);
  line(`What to do: ${clean(explanation.remedy)}`);
  if (issue.fullReason) {
    line();
    line(`The service says: ${clean(issue.fullReason)}`);
  }
  if (issue.people.length > 0) {
    line();
    table(
      ['Person or group', 'First failed', 'Last failed', 'Recovered', 'Entra id'],
      issue.people.map(({ subject, firstSeen, lastSeen, recoveredAt }) => [
        subject.name,
        time(firstSeen),
        time(lastSeen),
        recoveredAt === null ? 'not yet' : time(recoveredAt),
        subject.entraId,
      ]),
    );
  }
  line();
  line(`All rows: unifi-monitor logs --issue ${clean(issue.id)}`);
};

const unknownIssue = (id: string): AppError =>
  new AppError({
    code: 'input-invalid',
    message: `There is no issue "${id}" in this history.`,
    advice: 'List the issues, and take the id of one of them.',
    fields: [{ field: 'id', reason: 'is not known' }],
  });

const decide = async (
  { api, on }: CliSession,
  action: 'mute' | 'unmute',
  id: string | undefined,
  options: IssuesOptions,
): Promise<CommandEnd<Issue>> => {
  if (id === undefined) {
    throw new AppError({
      code: 'input-invalid',
      message: `Which issue to ${action} was not said.`,
      advice: `Write "issues ${action}" and the id of the issue behind it.`,
      fields: [{ field: 'id', reason: 'is missing' }],
    });
  }
  const result =
    action === 'mute'
      ? await api.muteIssue({ ...on, id, ...(options.note ? { note: options.note } : {}) })
      : await api.unmuteIssue({ ...on, id });
  return { result, print: printIssue };
};

const show = async ({ api, on }: CliSession, id: string): Promise<CommandEnd<IssueDetail>> => {
  const result = await api.getIssue({ ...on, id });
  if (!result.ok) return { result };
  if (result.value === null) throw unknownIssue(id);
  return { result: { ...result, value: result.value }, print: printDetail };
};

/** `issues`, `issues ID`, `issues mute ID`, `issues unmute ID`. */
export const issues = (
  first: string | undefined,
  second: string | undefined,
  options: IssuesOptions,
): Promise<void> => {
  if (options.note !== undefined && first !== 'mute') {
    return runCommand(options, () => {
      throw new AppError({
        code: 'input-invalid',
        message: 'A note goes with muting.',
        advice: 'Write "issues mute", the id of the issue, and --note with the text.',
        fields: [{ field: 'note', reason: 'is not for this' }],
      });
    });
  }
  if (first === 'mute' || first === 'unmute') {
    return runCommand(options, (session) => decide(session, first, second, options));
  }
  if (first !== undefined) return runCommand(options, (session) => show(session, first));
  return runCommand(options, async ({ api, on }) => ({
    result: await api.listIssues({
      ...on,
      filter: { ...(options.state ? { state: options.state } : {}), ...(options.text ? { text: options.text } : {}) },
      page: { limit: options.limit, withTotal: true, ...(options.cursor ? { cursor: options.cursor } : {}) },
    }),
    print: printList,
  }));
};
