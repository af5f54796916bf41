import type { DiffSummary, Difference, DifferenceFilter, PastState, SetupDiff } from '../models/history-diff.ts';
import type { Page, PageRequest } from '../models/page.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Two states by run id, date, moment, `first`, `previous` or `last`. */
export interface BetweenStates {
  from: string;
  to: string;
}

/** Earlier states, and what lies between two of them. */
export interface HistoryMethods {
  /** The run that a wanted date or run leads to; `run-unknown` or `input-invalid` says by name why there is none. */
  findState(input: OnConnection & { asOf: string }): PastState;
  /** Of any two runs of a hundred thousand accounts within a second. */
  diffSummary(input: OnConnection & Cancellable & BetweenStates): DiffSummary;
  listDifferences(
    input: OnConnection & BetweenStates & { filter: DifferenceFilter; page: PageRequest },
  ): Page<Difference>;
  /** Set-up of two connections, such as the test application and production. */
  diffSetup(input: OnConnection & { with: string }): SetupDiff;
}
