import type { SubjectRef } from '../../contract/models/finding.ts';
import type { PhantomUpdateRow } from '../../contract/models/named-view.ts';
import type { WriteRow } from './written-properties.ts';

/** From so many cycles in a row it is no coincidence: one correction and its repetition can happen by chance. */
export const phantomFrom = 3;

/** A person or group that was updated again and again, and those updates, newest first. */
export interface OftenUpdated {
  subject: SubjectRef;
  rows: WriteRow[];
}

interface Run {
  attribute: string;
  value: string;
  heldBefore: string | null;
  heldAlways: boolean;
  cycles: Set<string>;
  newest: WriteRow;
  oldest: WriteRow;
  isOver: boolean;
}

const cycleOf = (row: WriteRow): string => row.cycleId ?? row.id;

/**
 * Attributes that are written again and again with the same value: UNIFI gives back something else than it was sent
 * (it trims, folds case, or leaves the attribute out), so that every cycle sees a difference. Counts different cycles,
 * from the newest write back to the first with another value.
 * `rows` are updates that succeeded.
 */
export const findPhantomUpdates = ({ subject, rows }: OftenUpdated): PhantomUpdateRow[] => {
  const runs = new Map<string, Run>();
  for (const row of rows) {
    for (const { name, oldValue, newValue } of row.properties) {
      const key = name.toLowerCase();
      const run = runs.get(key);
      if (run === undefined) {
        if (newValue === null || newValue === '') continue;
        runs.set(key, {
          attribute: name,
          value: newValue,
          heldBefore: oldValue,
          heldAlways: true,
          cycles: new Set([cycleOf(row)]),
          newest: row,
          oldest: row,
          isOver: false,
        });
      } else if (!run.isOver) {
        if (newValue !== run.value) {
          run.isOver = true;
          continue;
        }
        run.cycles.add(cycleOf(row));
        run.oldest = row;
        run.heldAlways &&= oldValue === run.heldBefore;
      }
    }
  }
  return [...runs.values()]
    .filter(({ cycles }) => cycles.size >= phantomFrom)
    .map(({ attribute, value, heldBefore, heldAlways, cycles, newest, oldest }): PhantomUpdateRow => {
      const held = heldAlways ? heldBefore : null;
      const before = held === null || held === '' ? '' : `, and found "${held}" there each time`;
      return {
        view: 'phantom-updates',
        id: `phantom-updates:${subject.entraId ?? subject.scimId ?? ''}:${attribute}`,
        subject,
        what: 'rewritten',
        attribute,
        value,
        heldBefore: held,
        cycles: cycles.size,
        firstAt: oldest.at,
        at: newest.at,
        logId: newest.id,
        sentence: `Entra wrote "${value}" into ${attribute} of ${subject.name} in ${cycles.size} cycles in a row${before}.`,
      };
    });
};
