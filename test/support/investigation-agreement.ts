import type { TruthEntry } from '../../src-main/contract/models/demo.ts';
import type { Investigation } from '../../src-main/contract/models/investigation.ts';

/** A fault of which the verdict says something else than the simulation that planted it. */
export interface Disagreement {
  who: string;
  kind: string | null;
  expected: { question: string; cause: string | null };
  actual: { question: string; cause: string | null; certainty: string };
  sentence: string;
  path: string;
}

/**
 * Asks about everybody whom the truth names, and gives what disagrees. `mayBeBlind`: not everything could be read, so
 * that "cannot tell", with what was missing, is right as well.
 */
export const compareVerdicts = async (
  truth: readonly TruthEntry[],
  ask: (who: string) => Promise<Investigation>,
  { mayBeBlind }: { mayBeBlind: boolean },
): Promise<{ causes: Set<string>; wrong: Disagreement[] }> => {
  const wrong: Disagreement[] = [];
  const causes = new Set<string>();
  const people = truth.filter(({ subject }) => subject.type === 'user');
  for (const entry of people) {
    const who = entry.subject.entraId ?? entry.subject.scimId ?? entry.subject.name;
    const found = await ask(who);
    const { question, verdict, path } = found;
    if (verdict.cause !== null) causes.add(verdict.cause);
    const isUnsure = verdict.certainty === 'cannot-tell' && found.unknown.length > 0;
    const isBlind = mayBeBlind && (isUnsure || question === 'unknown-person');
    if ((verdict.cause === entry.cause && question === entry.question) || isBlind) continue;
    wrong.push({
      who,
      kind: entry.kind,
      expected: { question: entry.question, cause: entry.cause },
      actual: { question, cause: verdict.cause, certainty: verdict.certainty },
      sentence: verdict.sentence,
      path: path.map(({ rule, outcome }) => `${rule} ${outcome}`).join(', '),
    });
  }
  return { causes, wrong };
};
