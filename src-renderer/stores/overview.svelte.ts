import type { Api } from '../../src-main/contract/api.ts';
import type { FindingFilter } from '../../src-main/contract/methods/reading.ts';
import type { Result } from '../../src-main/contract/failure.ts';
import {
  findingKinds,
  severities,
  type FindingKind,
  type NotEvaluated,
  type Severity,
} from '../../src-main/contract/models/finding.ts';
import type { DayOutcome } from '../../src-main/contract/models/provisioning-event.ts';
import type { IssuePage } from '../../src-main/contract/models/issue.ts';
import type { LogGap } from '../../src-main/contract/models/run.ts';
import { Resource } from './resource.svelte.ts';

/** Findings of one kind: open ones by severity, and those that may still settle by themselves. */
export interface KindCount {
  kind: FindingKind;
  open: Record<Severity, number>;
  pending: number;
}

export interface FindingCounts {
  kinds: KindCount[];
  notEvaluated: NotEvaluated[];
}

/** What the overview shows beside the job's status, which the frame has. */
export class Overview {
  readonly findings = new Resource<FindingCounts>();
  readonly days = new Resource<{ days: DayOutcome[] }>();
  /** The largest open issue, and how many there are. */
  readonly issues = new Resource<IssuePage>();
  readonly gaps = new Resource<{ gaps: LogGap[] }>();
  #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  load(connection: string): void {
    void this.findings.load(() => countFindings(this.#api, connection));
    void this.days.load(() => this.#api.logOutcomes({ connection, days: 30 }));
    void this.issues.load(() => this.#api.listIssues({ connection, filter: { state: ['open'] }, page: { limit: 1 } }));
    void this.gaps.load(() => this.#api.listGaps({ connection }));
  }

  clear(): void {
    this.findings.clear();
    this.days.clear();
    this.issues.clear();
    this.gaps.clear();
  }
}

const countFindings = async (api: Api, connection: string): Promise<Result<FindingCounts>> => {
  const filters: FindingFilter[] = [
    ...severities.map((severity): FindingFilter => ({ state: ['open'], severity: [severity] })),
    { state: ['pending'] },
  ];
  const answers = await Promise.all(
    filters.map((filter) => api.findingFacets({ connection, filter, facets: ['kind'] })),
  );
  const counts: Map<string, number>[] = [];
  let notEvaluated: NotEvaluated[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    notEvaluated = answer.value.notEvaluated;
    counts.push(new Map(answer.value.facets[0]?.values.map(({ value, count }) => [value, count])));
  }
  const of = (index: number, kind: FindingKind): number => counts[index]?.get(kind) ?? 0;
  const kinds = findingKinds
    .map((kind) => ({ kind, open: { high: of(0, kind), medium: of(1, kind), low: of(2, kind) }, pending: of(3, kind) }))
    .filter(({ open, pending }) => open.high + open.medium + open.low + pending > 0);
  return { version: 1, ok: true, value: { kinds, notEvaluated } };
};
