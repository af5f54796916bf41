import type { Finding, FindingKind, FindingState, NotEvaluated, Severity } from '../models/finding.ts';
import type { StatusResult } from '../models/job-status.ts';
import type { Facet, Page, PageRequest } from '../models/page.ts';
import type { Person, PersonFacetName, PersonFilter } from '../models/person.ts';
import type { DayOutcome, LogFacetName, LogFilter, LogPage, LogRowDetail } from '../models/provisioning-event.ts';
import type { KeptAside, LogGap, Run, SourceReport } from '../models/run.ts';
import type { AsOf, Cancellable, OnConnection } from './call.ts';

export interface FindingFilter {
  kind?: FindingKind[];
  state?: FindingState[];
  severity?: Severity[];
  /** Substring of names, UPN, userName or an id. */
  text?: string;
  /** Entra id or `scim:` id of the subject or member. */
  subject?: string;
}

export const findingFacetNames = ['kind', 'state', 'severity'] as const;
export type FindingFacetName = (typeof findingFacetNames)[number];

/** Everything that only reads the stored history. */
export interface ReadingMethods {
  getStatus(input: OnConnection & AsOf): StatusResult;
  listRuns(input: OnConnection & { page: PageRequest }): Page<Run & { sources: SourceReport[] }>;
  listGaps(input: OnConnection & AsOf): { gaps: LogGap[] };
  /** Entries of any source that were not understood, newest first, at most a thousand. */
  listKeptAside(input: OnConnection): { entries: KeptAside[] };
  listFindings(input: OnConnection & AsOf & { filter: FindingFilter; page: PageRequest }): Page<Finding>;
  getFinding(input: OnConnection & AsOf & { id: string }): Finding | null;
  findingFacets(input: OnConnection & AsOf & { filter: FindingFilter; facets: FindingFacetName[] }): {
    facets: Facet[];
    notEvaluated: NotEvaluated[];
  };
  listLog(input: OnConnection & AsOf & { filter: LogFilter; page: PageRequest }): LogPage;
  getLogRow(input: OnConnection & AsOf & { id: string }): LogRowDetail | null;
  /** Counts may take up to 2 s on a million rows; they can be cancelled. */
  logFacets(input: OnConnection & AsOf & Cancellable & { filter: LogFilter; facets: LogFacetName[] }): {
    facets: Facet[];
  };
  logOutcomes(input: OnConnection & AsOf & { days: number }): { days: DayOutcome[] };
  listPeople(input: OnConnection & AsOf & { filter: PersonFilter; page: PageRequest }): Page<Person>;
  getPerson(input: OnConnection & AsOf & { id: string }): Person | null;
  /** The values of `withFindings` are `true` and `false`. */
  peopleFacets(input: OnConnection & AsOf & { filter: PersonFilter; facets: PersonFacetName[] }): { facets: Facet[] };
}
