import { AppError } from '../../../core/app-error.ts';
import type { Recognise } from '../../../core/purge/erase-json.ts';
import { recogniseHashes } from '../../../core/purge/recognise-hashes.ts';
import { foldTrace } from '../../../core/purge/traces.ts';
import type { PurgeKey } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';

const inForce = `SELECT h.hash, h.purge_id, p.key_id FROM purge_hashes h JOIN purges p ON p.id = h.purge_id
  ORDER BY h.hash, h.purge_id`;
// Hashes only ever come with a purge and go with a lift, or are learned: their number tells.
const mark = `SELECT (SELECT count(*) FROM purge_hashes) || ' ' || (SELECT count(lifted_at) FROM purges) AS mark`;
const learn = 'INSERT OR IGNORE INTO purge_hashes (hash, purge_id) VALUES (?, ?)';

/** As many answers are remembered: everybody of a large company twice. */
const mostRemembered = 500_000;

/** People who were purged, as far as a store recognises them. */
export interface Withheld {
  /** Another text after a purge or a lift. */
  mark: string;
  recognise: Recognise;
  /** Whether the whole text is an id or an address of somebody who was purged. */
  knows(text: string | null): boolean;
  /** From now on the new id counts as well: of an object that was recognised by the address. */
  learnFrom(address: string, id: string): void;
}

export interface Withholding {
  /** Null while nobody is purged. To be asked inside of the transaction that writes. Throws `store-damaged` without the key. */
  current(): Withheld | null;
  /** Stores what was learned; gives the ids with their purges. Inside a write transaction. */
  keepLearned(): { id: string; purge: string }[];
}

const withoutKey = (): AppError =>
  new AppError({
    code: 'store-damaged',
    message:
      'People were purged from this history, and the key by which they are recognised (purge.key of the data directory) is not there, or is another one.',
    advice:
      'Put purge.key back from a backup of the data directory, or lift the purges (purge --list, purge --lift ID). Nothing was stored, so that nobody comes back unnoticed.',
  });

/** Recognises those who were purged in what a store is given, by the hashes that it keeps. */
export const createWithholding = (statements: Statements, key: PurgeKey | null): Withholding => {
  let held: Withheld | null = null;
  let heldMark = '0 0';
  const learned = new Map<string, { id: string; purge: string }>();

  const read = (now: string): Withheld | null => {
    const rows = statements.get<[], { hash: string; purge_id: string; key_id: string }>(inForce).all();
    if (rows.length === 0) return null;
    const known = key;
    if (known === null || rows.some(({ key_id }) => key_id !== known.id)) throw withoutKey();
    const purgeOf = new Map(rows.map(({ hash, purge_id }) => [hash, purge_id]));
    const answers = new Map<string, boolean>();
    const isKnown = (folded: string): boolean => {
      if (learned.has(folded)) return true;
      const answer = answers.get(folded);
      if (answer !== undefined) return answer;
      if (answers.size >= mostRemembered) answers.clear();
      const found = purgeOf.has(known.hash(folded));
      answers.set(folded, found);
      return found;
    };
    return {
      mark: now,
      recognise: recogniseHashes(isKnown),
      knows: (text) => text !== null && text !== '' && isKnown(foldTrace(text)),
      learnFrom(address, id) {
        const purge = purgeOf.get(known.hash(foldTrace(address)));
        if (purge !== undefined && !isKnown(foldTrace(id))) learned.set(foldTrace(id), { id, purge });
      },
    };
  };

  return {
    current() {
      const now = statements.get<[], { mark: string }>(mark).get()?.mark ?? '0 0';
      if (now !== heldMark) {
        held = read(now);
        heldMark = now;
      }
      return held;
    },
    keepLearned() {
      const kept = [...learned.values()];
      if (key !== null) for (const { id, purge } of kept) statements.get(learn).run(key.hash(foldTrace(id)), purge);
      learned.clear();
      return kept;
    },
  };
};
