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

/** Whether anything about a person or group lies in the store, in a list of today or of before, or in the log. */
export type IsStored = (subject: Pick<TruthEntry['subject'], 'type' | 'entraId' | 'scimId'>) => Promise<boolean>;

/** "Cannot tell" is right where something was missing; that somebody is not known, only where nothing stored names them. */
const isBlind = async (entry: TruthEntry, found: Investigation, isStored: IsStored): Promise<boolean> => {
  const { question, verdict, unknown } = found;
  if (verdict.certainty !== 'cannot-tell' || unknown.length === 0) return false;
  if (question !== 'unknown-person') return true;
  const asked = [entry.subject, ...(entry.member ? [{ type: 'user' as const, ...entry.member }] : [])];
  const stored = await Promise.all(asked.map(isStored));
  return stored.includes(false);
};

/**
 * Asks about everybody and every group and membership that the truth names, and gives what disagrees. `blind`: not everything
 * could be read, so that "cannot tell", with what was missing, is right as well.
 */
export const compareVerdicts = async (
  truth: readonly TruthEntry[],
  ask: Ask,
  blind?: { isStored: IsStored },
): Promise<{ causes: Set<string>; wrong: Disagreement[] }> => {
  const wrong: Disagreement[] = [];
  const causes = new Set<string>();
  for (const entry of truth) {
    const who = idOf(entry.subject);
    const found = await ask(who, entry.member ? idOf(entry.member) : undefined);
    const { question, verdict, path } = found;
    if (verdict.cause !== null) causes.add(verdict.cause);
    if (verdict.cause === entry.cause && question === entry.question) continue;
    if (isUncollected(entry, found) || (blind && (await isBlind(entry, found, blind.isStored)))) continue;
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
