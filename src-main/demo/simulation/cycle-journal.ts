import type { Agenda } from './agenda.ts';
import { failureKinds, nextRetryMs, reasonText, type FailureKind } from './failures.ts';
import type { LogFile } from './log-file.ts';
import type { RowContent } from './log-rows.ts';
import type { Escrow, Group, Person } from './model.ts';
import type { Random } from './random.ts';
import { minuteMs } from './time.ts';

/** One cycle as its execution counts it. */
export interface CycleCounts {
  id: string;
  beganMs: number;
  rows: number;
  imported: number;
  exports: number;
  exported: number;
  entitled: number;
}

/** The cycle in progress: its clock, its rows, and the objects that failed. */
export interface CycleJournal {
  readonly cycle: CycleCounts;
  readonly escrowed: number;
  begin(atMs: number, options: { expectedRows: number; budgetMs: number }): void;
  /** The time of the next row, in whole seconds: rows come one after another. */
  moment(): number;
  /** `linked` notes when a row last named its counterpart in the target. */
  write(content: Omit<RowContent, 'atMs' | 'cycleId'>, linked: Person | Group | null): void;
  error(kind: FailureKind, name: string, escrow: Escrow): RowContent['error'];
  /** Puts the object on the retry ladder, or one step up; it becomes `due` again then. */
  escrow(object: Person | Group, due: Set<number>): Escrow;
  relieve(object: Person | Group): void;
}

export const failureKind = (number: number): FailureKind => failureKinds[number % failureKinds.length] as FailureKind;

export const createCycleJournal = (options: {
  agenda: Agenda;
  random: Random;
  log: LogFile;
  writeRow(content: RowContent): string;
  /** Rows before this moment are beyond the service's retention and are not written. */
  keepFromMs: number;
}): CycleJournal => {
  let cycle: CycleCounts = { id: '', beganMs: 0, rows: 0, imported: 0, exports: 0, exported: 0, entitled: 0 };
  let spacingMs = 0;
  let escrowed = 0;
  const moment = (): number => Math.floor((cycle.beganMs + cycle.rows * spacingMs) / 1000) * 1000;

  return {
    get cycle() {
      return cycle;
    },
    get escrowed() {
      return escrowed;
    },
    moment,
    begin(atMs, { expectedRows, budgetMs }) {
      spacingMs = Math.min(1500, budgetMs / (expectedRows * 1.1 + 10));
      const id = options.random.guid();
      cycle = { id, beganMs: atMs, rows: 0, imported: 0, exports: 0, exported: 0, entitled: 0 };
    },
    write(content, linked) {
      const atMs = moment();
      cycle.rows += 1;
      if (linked !== null && content.targetId !== '') linked.loggedMs = atMs;
      if (atMs < options.keepFromMs) return;
      options.log.add(atMs, options.writeRow({ ...content, atMs, cycleId: cycle.id }));
    },
    error: (kind, name, { firstMs, retries }) => ({
      code: kind.code,
      category: kind.category,
      reason: reasonText(kind, { name, retries, nextMs: nextRetryMs(firstMs, retries) }),
      recommendedAction: kind.recommendedAction,
    }),
    escrow(object, due) {
      const now = moment();
      if (object.escrow === null) {
        object.escrow = { firstMs: now, retries: 0 };
        escrowed += 1;
      } else object.escrow.retries += 1;
      const next = nextRetryMs(object.escrow.firstMs, object.escrow.retries);
      if (next !== null) options.agenda.plan(Math.max(next, now + minuteMs), () => due.add(object.index));
      return object.escrow;
    },
    relieve(object) {
      if (object.escrow === null) return;
      object.escrow = null;
      escrowed -= 1;
    },
  };
};
