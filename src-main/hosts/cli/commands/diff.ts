import type { Result } from '../../../contract/failure.ts';
import type {
  Difference,
  DiffCount,
  DifferenceFilter,
  DiffKind,
  DiffSection,
  DiffSummary,
  SetupDiff,
} from '../../../contract/models/history-diff.ts';
import type { Page } from '../../../contract/models/page.ts';
import { stateName } from '../past-state.ts';
import { clean, count, faint, line, strong, table, time } from '../print.ts';
import { runCommand, type CommonOptions } from '../session.ts';

export interface DiffOptions extends CommonOptions {
  limit: number;
  cursor?: string;
  from?: string;
  to?: string;
  section?: DiffSection[];
  kind?: DiffKind[];
  attribute?: string;
  text?: string;
  setup?: boolean;
  with?: string;
}

/** What `diff` gives: the summary, and a page of what differs. */
export interface DiffResult {
  summary: DiffSummary;
  differences: Page<Difference>;
}

const sections: Record<DiffSection, string> = {
  people: 'People in Entra',
  accounts: 'Accounts in UNIFI',
  groups: 'Groups in Entra',
  'group-members': 'Members of groups in Entra',
  'target-groups': 'Groups in UNIFI',
  'target-group-members': 'Members of groups in UNIFI',
  assignments: 'Assignments',
  findings: 'Findings',
};

const kindText = ({ kinds }: DiffCount): string =>
  Object.entries(kinds)
    .map(([kind, number]) => `${count(number)} ${kind}`)
    .join(', ');

const printCounts = (counts: DiffCount[]): void => {
  const differing = counts.filter(({ kinds }) => Object.keys(kinds).length > 0);
  if (differing.length === 0) {
    line('No person, account, group, member, assignment or finding differs.');
    return;
  }
  table(
    ['What', 'How many', 'Attributes'],
    differing.map((entry) => [
      sections[entry.section],
      kindText(entry),
      entry.attributes.map(({ attribute, count: number }) => `${attribute} ${count(number)}`).join(', '),
    ]),
  );
};

const printSentences = (title: string, sentences: readonly string[]): void => {
  if (sentences.length === 0) return;
  line();
  line(title);
  for (const sentence of sentences) line(`  ${clean(sentence)}`);
};

const printSummary = ({ from, to, counts, setup, job, log }: DiffSummary): void => {
  line(strong(`From ${stateName(from)}`));
  line(strong(`  to ${stateName(to)}`));
  for (const text of [...from.notes, ...to.notes]) line(faint(clean(text)));
  line();
  printCounts(counts);
  printSentences(
    'Set-up:',
    setup.map(({ sentence }) => sentence),
  );
  printSentences(
    job.length > 1 ? 'The job changed its state:' : 'The job kept its state:',
    job.map(({ run, sentence }) => `${time(run.startedAt)}  ${sentence}`),
  );
  line();
  if (log.outcomes.length === 0) line('No row of the provisioning log lies between the two.');
  else {
    table(
      ['Provisioning log', 'Rows'],
      log.outcomes.map(({ status, benign, count: number }) => [benign ? `${status} (benign)` : status, count(number)]),
    );
    const errors = log.errors.slice(0, 10).map(({ code, count: number }) => `${clean(code)} ${count(number)}`);
    if (errors.length > 0) line(`Error codes: ${errors.join(', ')}.`);
  }
};

const shown = (value: string | null): string => (value === null ? 'nothing' : `"${clean(value)}"`);

const printPage = (page: Page<Difference>): void => {
  let section: DiffSection | null = null;
  for (const entry of page.rows) {
    if (entry.section !== section) {
      line();
      line(strong(sections[entry.section]));
      ({ section } = entry);
    }
    const about = [entry.finding?.kind, entry.detail].filter(Boolean).map((text) => clean(String(text)));
    const head = `  ${clean(entry.name)}  ${strong(entry.kinds.join(', '))}`;
    line(`${head}  ${faint([...about, `seen ${time(entry.seenAt)}`].join(', '))}`);
    for (const { attribute, before, after } of entry.changes) {
      line(`    ${clean(attribute)}: ${shown(before)} -> ${shown(after)}`);
    }
  }
  if (page.nextCursor) {
    line();
    line(`More: --cursor ${page.nextCursor}`);
  }
};

const printSetup = ({ left, right, changes, notCompared }: SetupDiff): void => {
  line(strong(`What changes from "${clean(left.connection)}" to "${clean(right.connection)}"`));
  line(faint(`Seen ${time(left.at)} and ${time(right.at)}.`));
  if (changes.length === 0) line('Nothing of the set-up differs.');
  for (const { sentence } of changes) line(`  ${clean(sentence)}`);
  if (notCompared.length > 0)
    line(`Not known on one of the two sides, and so not compared: ${notCompared.join(', ')}.`);
};

const filterOf = ({ section, kind, attribute, text }: DiffOptions): DifferenceFilter => ({
  ...(section ? { section } : {}),
  ...(kind ? { kind } : {}),
  ...(attribute ? { attribute } : {}),
  ...(text ? { text } : {}),
});

/** What changed between two states, or what differs in two set-ups. */
export const diff = (options: DiffOptions): Promise<void> => {
  const { with: other } = options;
  if (other !== undefined) {
    return runCommand(options, async ({ api, on }) => ({
      result: await api.diffSetup({ ...on, with: other }),
      print: printSetup,
    }));
  }
  return runCommand(options, async ({ api, callId, on }) => {
    const between = { from: options.from ?? 'previous', to: options.to ?? 'last' };
    const summary = await api.diffSummary({ ...on, callId, ...between });
    if (!summary.ok) return { result: summary as Result<DiffResult> };
    const differences = await api.listDifferences({
      ...on,
      ...between,
      filter: filterOf(options),
      page: { limit: options.limit, ...(options.cursor ? { cursor: options.cursor } : {}) },
    });
    if (!differences.ok) return { result: differences as Result<DiffResult> };
    const result: Result<DiffResult> = {
      version: 1,
      ok: true,
      value: { summary: summary.value, differences: differences.value },
    };
    return {
      result,
      print: (value: DiffResult) => {
        // A further page goes on where the one before ended.
        if (options.cursor === undefined) printSummary(value.summary);
        printPage(value.differences);
      },
    };
  });
};
