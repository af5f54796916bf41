import type { Person } from '../../../contract/models/person.ts';
import { investigatePerson } from '../../../core/investigation/investigate-person.ts';
import { chooseColumns } from '../../../core/report/column-rules.ts';
import { personRules, type JudgedPerson } from '../../../core/report/kinds/person-rules.ts';
import { tableOf } from '../../../core/report/make-sections.ts';
import type { Section } from '../../../core/report/report.ts';
import { factsAsked, loadCase, loadSharedCase, type SharedCase } from '../../investigation/load-case.ts';
import type { HistoryStore } from '../../ports.ts';
import type { ReportContext } from '../report-context.ts';
import { personLots } from '../row-sources.ts';
import { isCompared } from '../what-is-known.ts';

/** Verdicts for those with whom something is wrong, read together; for the others nothing has to be found out. */
const judge = async (store: HistoryStore, shared: SharedCase, people: readonly Person[]): Promise<JudgedPerson[]> => {
  const wrong = people.filter(({ findings }) => findings.length > 0);
  const facts = await store.people.factsOfMany(wrong.map((person) => factsAsked(shared, person)));
  const judged: JudgedPerson[] = [];
  let position = 0;
  for (const person of people) {
    if (person.findings.length === 0) judged.push({ person, verdict: null });
    else {
      const loaded = await loadCase(store, shared, person, facts[position]);
      position += 1;
      judged.push({ person, verdict: investigatePerson(loaded).verdict });
    }
  }
  return judged;
};

const verdictColumns: readonly string[] = ['verdict', 'actor', 'certainty'];

async function* judgedLots(
  context: ReportContext,
  lots: AsyncIterable<Person[]>,
  withVerdicts: boolean,
): AsyncGenerator<JudgedPerson[]> {
  const { store, clock, connection } = context;
  const evaluated = withVerdicts && (await store.findings.evaluation()) !== null;
  const shared = evaluated ? await loadSharedCase({ store, clock, jobId: connection.jobId }) : null;
  for await (const lot of lots) {
    yield shared === null ? lot.map((person) => ({ person, verdict: null })) : await judge(store, shared, lot);
  }
}

/** One row per person: both sides, the state, the verdict. */
export const buildPeople = async (context: ReportContext): Promise<{ sections: Section[]; mainTable: string }> => {
  const { store, options, words, rowLimit, subjects } = context;
  const rules = chooseColumns(personRules(words), options.columns);
  const counted = subjects === null ? await store.people.page({}, { limit: 1, withTotal: true }) : null;
  return {
    mainTable: 'people',
    sections: [
      tableOf(
        {
          id: 'people',
          title: words.sections.people,
          rules,
          lots: judgedLots(
            context,
            personLots(store, {}, subjects),
            rules.some(({ id }) => verdictColumns.includes(id)),
          ),
          total: counted?.total ?? subjects?.people.length ?? null,
          limit: rowLimit,
          empty: (await isCompared(store)) ? words.sentences.noPeople : words.sentences.notCompared,
        },
        words,
      ),
    ],
  };
};
