import type { FindingKind } from './finding.ts';
import type { CauseId, Certainty, InvestigationQuestion, VerdictActor } from './investigation.ts';

/** More names than a helpdesk list holds; a longer file is refused, never cut. */
export const batchLimit = 10_000;
/** Largest file of names, in bytes. */
export const batchFileLimit = 700_000;

/** Who is asked about: names as somebody wrote them, the rows of a CSV file, or everybody with a finding of a kind. */
export type BatchPeople =
  | { names: string[] }
  | {
      /** The file as it lies on the disk, in base64, so that its encoding is judged in one place. */
      file: {
        name: string;
        base64: string;
        /** Heading of the column that names people; else a heading that says so, else the first column. */
        column?: string;
      };
    }
  | { finding: FindingKind };

/** One person or group of the list with what an investigation says in short. */
export interface BatchRow {
  /** Line of the file, place in the list of names, or place among the findings; from 1. */
  line: number;
  /** As it stands in the list. */
  who: string;
  /** Id of the person or group as `investigate` takes it; null when nobody, or nobody alone, was meant. */
  id: string | null;
  /** Of a membership, the id of the member: then `id` is the group. */
  member: string | null;
  name: string;
  question: InvestigationQuestion;
  cause: CauseId | null;
  sentence: string;
  certainty: Certainty;
  actor: VerdictActor;
  /** What to do first; null when there is nothing to do. */
  nextStep: string | null;
  /** Where waiting is the answer: until when. */
  expectedBy: string | null;
  /** How many people fit, when several do. */
  candidates: number;
}

/** A line that names somebody whom an earlier line names: left out. */
export interface RepeatedLine {
  line: number;
  who: string;
  /** The line that stays. */
  sameAs: number;
}

export interface InvestigationBatch {
  /** The moment that the verdicts stand for, ISO 8601. */
  asOf: string;
  rows: BatchRow[];
  repeated: RepeatedLine[];
  /** The rows as CSV for a spreadsheet, when it was asked for. */
  csv?: string;
}
