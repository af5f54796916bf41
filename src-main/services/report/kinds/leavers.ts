import type { Finding } from '../../../contract/models/finding.ts';
import type { Person, SourceState } from '../../../contract/models/person.ts';
import type { LogRow } from '../../../contract/models/provisioning-event.ts';
import { chooseColumns } from '../../../core/report/column-rules.ts';
import { leaverRules, type Leaver } from '../../../core/report/kinds/person-rules.ts';
import { tableOf } from '../../../core/report/make-sections.ts';
import type { Section } from '../../../core/report/report.ts';
import type { HistoryStore } from '../../ports.ts';
import type { ReportContext } from '../report-context.ts';
import { isWithin, personLots } from '../row-sources.ts';
import { isCompared } from '../what-is-known.ts';

/** Findings.md 1: nobody in these states may use UNIFI any more. */
const leftStates: SourceState[] = ['disabled', 'soft-deleted', 'deleted'];
const dayMs = 86_400_000;

/** Entra's own date of the deletion, else what a finding or the log says about the change. */
const leftAt = (person: Person, findings: readonly Finding[], rows: readonly LogRow[]): string | null =>
  person.entra?.deletedAt ??
  findings.find(({ kind }) => kind === 'active-source-gone')?.changedAt ??
  rows.find(({ action, status }) => status === 'success' && ['disable', 'delete', 'stagedDelete'].includes(action))
    ?.at ??
  null;

const toLeaver = async (
  { store, words }: Pick<ReportContext, 'store' | 'words'>,
  person: Person,
  nowMs: number,
): Promise<Leaver> => {
  const entraId = person.entra?.id;
  const { rows } = entraId === undefined ? { rows: [] } : await store.log.page({ entraId }, { limit: 20 });
  const findings: Finding[] = [];
  for (const { id } of person.findings) {
    const finding = await store.findings.get(id);
    if (finding) findings.push(finding);
  }
  const left = leftAt(person, findings, rows);
  const [newest] = rows;
  const stillActive = person.state.target === 'active';
  return {
    person,
    verdict: null,
    leftAt: left,
    daysActive: stillActive && left !== null ? Math.max(0, Math.floor((nowMs - Date.parse(left)) / dayMs)) : null,
    lastWrite:
      newest === undefined
        ? null
        : {
            at: newest.at,
            text: `${words.actions[newest.action] ?? newest.action}: ${words.logStatuses[newest.status]}`,
          },
  };
};

async function* leaverLots(context: ReportContext, lots: AsyncIterable<Person[]>): AsyncGenerator<Leaver[]> {
  const nowMs = context.clock.now().getTime();
  for await (const lot of lots) {
    const leavers: Leaver[] = [];
    for (const person of lot) {
      const leaver = await toLeaver(context, person, nowMs);
      // Who left at an unknown moment may have left in any period.
      if (leaver.leftAt === null || isWithin(context.options, leaver.leftAt, leaver.leftAt)) leavers.push(leaver);
    }
    yield leavers;
  }
}

const count = async (store: HistoryStore, target: ('active' | 'unknown')[] | null): Promise<number> =>
  (
    await store.people.page(
      { source: leftStates, ...(target === null ? {} : { target }) },
      { limit: 1, withTotal: true },
    )
  ).total ?? 0;

/** People who were disabled or deleted in Entra, those who can still use UNIFI counted. */
export const buildLeavers = async (context: ReportContext): Promise<{ sections: Section[]; mainTable: string }> => {
  const { store, options, words, rowLimit, subjects } = context;
  const rules = chooseColumns(leaverRules(words), options.columns);
  const [all, active] = [await count(store, null), await count(store, ['active'])];
  const compared = await isCompared(store);
  const isPart = subjects !== null || options.from !== undefined || options.to !== undefined;
  return {
    mainTable: 'leavers',
    sections: [
      {
        type: 'figures',
        id: 'summary',
        title: words.sections.summary,
        figures: [
          {
            id: 'leavers',
            label: words.figures.leavers,
            value: compared ? all : null,
            type: 'number',
            sensitivity: 'open',
          },
          {
            id: 'stillActive',
            label: words.figures.stillActive,
            value: compared ? active : null,
            type: 'number',
            sensitivity: 'open',
            ...(active > 0 ? { tone: 'bad' as const } : {}),
          },
        ],
      },
      tableOf(
        {
          id: 'leavers',
          title: words.sections.leavers,
          rules,
          lots: leaverLots(context, personLots(store, { source: leftStates }, subjects)),
          total: isPart ? null : all,
          limit: rowLimit,
          empty: compared ? words.sentences.noLeavers : words.sentences.notCompared,
        },
        words,
      ),
    ],
  };
};
