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

/** Asks about a person or group, or about a member of a group. */
export type Ask = (who: string, member?: string) => Promise<Investigation>;

const idOf = ({ entraId, scimId, name }: { entraId: string | null; scimId: string | null; name: string }): string =>
  entraId ?? (scimId === null ? name : `scim:${scimId}`);

/** A group that nobody assigned is not collected: of its id alone it is said what it would mean for a group. */
const isUncollected = (entry: TruthEntry, found: Investigation): boolean =>
  entry.cause === 'G2' && entry.kind === null && found.question === 'unknown-person' && found.verdict.cause === 'G2';

/**
 * Asks about everybody and every group and membership that the truth names, and gives what disagrees. `mayBeBlind`: not
 * everything could be read, so that "cannot tell", with what was missing, is right as well.
 */
export const compareVerdicts = async (
  truth: readonly TruthEntry[],
  ask: Ask,
  { mayBeBlind }: { mayBeBlind: boolean },
): Promise<{ causes: Set<string>; wrong: Disagreement[] }> => {
  const wrong: Disagreement[] = [];
  const causes = new Set<string>();
  for (const entry of truth) {
    const who = idOf(entry.subject);
    const found = await ask(who, entry.member ? idOf(entry.member) : undefined);
    const { question, verdict, path } = found;
    if (verdict.cause !== null) causes.add(verdict.cause);
    const isUnsure = verdict.certainty === 'cannot-tell' && found.unknown.length > 0;
    const isBlind = mayBeBlind && (isUnsure || question === 'unknown-person');
    if ((verdict.cause === entry.cause && question === entry.question) || isBlind || isUncollected(entry, found))
      continue;
    wrong.push({
      who: entry.member ? `${who} / ${idOf(entry.member)}` : who,
      kind: entry.kind,
      expected: { question: entry.question, cause: entry.cause },
      actual: { question, cause: verdict.cause, certainty: verdict.certainty },
      sentence: verdict.sentence,
      path: path.map(({ rule, outcome }) => `${rule} ${outcome}`).join(', '),
    });
  }
  return { causes, wrong };
};
