import type { CauseId, VerdictActor } from '../../contract/models/investigation.ts';
import type { CauseEntry } from './causes/cause-entry.ts';
import { groupCauses } from './causes/group-causes.ts';
import { missingCauses } from './causes/missing-causes.ts';
import { stillActiveCauses } from './causes/still-active-causes.ts';

const entries: Readonly<Record<CauseId, CauseEntry>> = { ...missingCauses, ...stillActiveCauses, ...groupCauses };

/** What steps say of one case; what a case leaves out is said in general words. */
export type StepWords = Partial<Record<'person' | 'group' | 'inner' | 'due', string>>;

const generalWords: Required<StepWords> = {
  person: 'the person',
  group: 'the group',
  inner: 'the inner group',
  due: 'the next cycle has ended',
};

const fill = (step: string, words: StepWords): string =>
  step.replaceAll(
    /\{(person|group|inner|due)\}/gu,
    (_mark, word: keyof StepWords) => words[word] ?? generalWords[word],
  );

/** A cause as documentation shows it: `steps` in general words. */
export interface CauseDescription extends CauseEntry {
  id: CauseId;
}

/** Every cause in the order of the trees: the one place that says what an id means and who acts. */
export const listCauses = (): CauseDescription[] =>
  (Object.entries(entries) as [CauseId, CauseEntry][]).map(([id, entry]) => ({
    id,
    ...entry,
    steps: entry.steps.map((step) => fill(step, {})),
  }));

/** Who acts on a cause and what is to be done, in the words of one case. */
export const adviceFor = (id: CauseId, words: StepWords): { actor: VerdictActor; steps: string[] } => {
  const { actor, steps } = entries[id];
  return { actor, steps: steps.map((step) => fill(step, words)) };
};

/** Rules that are told in the path as notes, and are never the cause. provisioning-semantics.md 8 and 9. */
export const noteRules: readonly { id: string; title: string; meaning: string; source: string }[] = [
  {
    id: 'A0',
    title: 'What does UNIFI have?',
    meaning: 'The account that counts as theirs, by link, user name or external id, and whether it is active.',
    source: 'provisioning-semantics.md 8, A0',
  },
  {
    id: 'A1',
    title: 'Could everything be read?',
    meaning: 'Names what could not be read, so that nobody takes "not readable" for "not there".',
    source: 'provisioning-semantics.md 8, A1',
  },
  {
    id: 'B0',
    title: 'What does UNIFI have?',
    meaning: 'The account that is still active although it should not be.',
    source: 'provisioning-semantics.md 9, B0',
  },
  {
    id: 'B9',
    title: 'Is a deletion still owed?',
    meaning: 'Whether the account is to be switched off only, or to be deleted after 30 days.',
    source: 'provisioning-semantics.md 9, B9',
  },
  {
    id: 'B12',
    title: 'Does another group still give the access?',
    meaning: 'Other assigned groups of the person, and groups whose members a rule of Entra decides with a delay.',
    source: 'provisioning-semantics.md 9, B12',
  },
  {
    id: 'B14',
    title: 'Does another job write to the same UNIFI?',
    meaning: 'Another provisioning job or application that writes the same accounts: two masters undo each other.',
    source: 'provisioning-semantics.md 9, B14',
  },
];
