import { withheldWords } from '../contract/models/withheld-words.ts';
import type { CheckResult } from '../contract/models/finding.ts';
import { AppError, cancelled } from '../core/app-error.ts';
import { crossCheck as evaluate } from '../core/cross-check/cross-check.ts';
import type { CrossCheckInput, TargetLink } from '../core/cross-check/input.ts';
import { jobTiming } from '../core/cross-check/job-timing.ts';
import { runMoment } from '../core/model/run-moment.ts';
import type { JobSettings } from '../core/model/synchronization.ts';
import { parseSyncSchema } from '../core/schema/parse-sync-schema.ts';
import { loadChoice } from './job-health/load-job.ts';
import type { Clock, HistoryStore, SnapshotItems, SnapshotName, VersionedMembers } from './ports.ts';
import type { Progress } from './read-meter.ts';
import { readSeenChanges } from './seen-changes.ts';
import { summarise } from './summarise-findings.ts';

export interface CrossCheckOptions {
  store: HistoryStore;
  clock: Clock;
  signal: AbortSignal;
  progress: Progress;
  /** The job that the connection names; without it `chooseJob` decides. */
  jobId?: string | null;
}

const pageSize = 5000;
/** As far as the audit log itself reaches back. */
const auditMs = 30 * 24 * 3_600_000;

/**
 * Cross-checks what is stored, as of the newest run: loads both sides page by page, evaluates, and stores findings,
 * people's states and what was not evaluated, in one transaction. `summary.byKind` counts pending and open findings.
 * Meant for a thread of its own: evaluating a hundred thousand people blocks for about a second.
 *
 * Throws `run-unknown` before the first collection, `response-unexpected` when the stored schema is unusable,
 * `cancelled`, and the store's failures; nothing is stored then.
 */
export const crossCheck = async (options: CrossCheckOptions): Promise<CheckResult> => {
  const { store, signal } = options;
  const { snapshots } = store;
  const latest = await store.runs.latest();
  if (!latest) {
    throw new AppError({
      code: 'run-unknown',
      message: 'Nothing was collected yet, so there is nothing to check.',
      advice: 'Collect first.',
    });
  }
  const { run, sources } = latest;
  const observedAt = runMoment(run, sources);
  let loaded = 0;

  const proceed = (note: string, total: number | null = null): void => {
    if (signal.aborted) throw cancelled();
    options.progress({ phase: 'checking', source: null, items: loaded, total, rate: null, remainingMs: null, note });
  };

  /** When versions that are no first ones were first seen, by id; only what is recent. */
  const readList = async <N extends SnapshotName>(
    name: N,
    note: string,
    recent?: { since: string; found(item: SnapshotItems[N], at: string): void },
  ): Promise<SnapshotItems[N][]> => {
    const items: SnapshotItems[N][] = [];
    let after: string | null = null;
    do {
      proceed(note);
      const page: Awaited<ReturnType<typeof snapshots.read<N>>> = await snapshots.read(name, {
        after,
        limit: pageSize,
        withoutMembers: true,
      });
      for (const { item, since, firstRun } of page.items) {
        items.push(item);
        if (recent && !firstRun && since > recent.since) recent.found(item, since);
      }
      loaded += page.items.length;
      after = page.next;
    } while (after !== null);
    return items;
  };

  const readMembers = async (name: 'group-members' | 'scim-groups', note: string): Promise<VersionedMembers> => {
    proceed(note);
    const table = await snapshots.members(name);
    loaded += table.groups.length;
    return table;
  };
  const readGroupMembers = async (): Promise<VersionedMembers> => {
    const table = await readMembers('group-members', 'Loading members');
    for (const { groupId, places, since, firstRun } of table.groups) {
      if (firstRun || since <= seen.since) continue;
      seen.members({ groupId, userIds: Array.from(places ?? [], (place) => table.ids[place] ?? '') }, since);
    }
    return table;
  };

  const readLinks = async (): Promise<TargetLink[]> => {
    const links: TargetLink[] = [];
    let after: string | null = null;
    do {
      proceed('Loading what the provisioning log names');
      const page: Awaited<ReturnType<typeof store.findings.links>> = await store.findings.links({
        after,
        limit: pageSize,
      });
      for (const link of page.links) links.push(link);
      loaded += page.links.length;
      after = page.next;
    } while (after !== null);
    return links;
  };

  proceed('Loading mappings and settings');
  const schema = await snapshots.document('schema');
  const settings = await snapshots.document('job-settings');
  const { job } = await loadChoice(store, options.jobId ?? null);
  const { horizonMs } = jobTiming(job);
  const observedMs = Date.parse(observedAt);
  const seen = await readSeenChanges(snapshots, new Date(observedMs - horizonMs).toISOString());
  const auditReport = sources.find((source) => source.source === 'audit');

  const input: CrossCheckInput = {
    observedAt,
    complete: new Set(sources.filter(({ status }) => status === 'complete').map(({ source }) => source)),
    schema: schema && { schema: parseSyncSchema(schema.json), seenAt: schema.seenAt },
    settings: settings && (JSON.parse(settings.json) as JobSettings),
    scopeHints: await store.log.scopeHints(),
    job,
    users: await readList('users', 'Loading users', { since: seen.since, found: seen.user }),
    deletedUsers: await readList('deleted-users', 'Loading deleted users', { since: seen.since, found: seen.user }),
    groups: await readList('groups', 'Loading groups', { since: seen.since, found: seen.group }),
    groupMembers: await readGroupMembers(),
    assignments: await readList('assignments', 'Loading assignments', { since: seen.since, found: seen.assignment }),
    accounts: await readList('scim-users', 'Loading accounts'),
    targetGroups: await readList('scim-groups', 'Loading groups of UNIFI'),
    targetMembers: await readMembers('scim-groups', 'Loading members of groups of UNIFI'),
    links: await readLinks(),
    audit: await snapshots.audit(new Date(observedMs - auditMs).toISOString(), observedAt),
    auditFrom: auditReport?.status === 'complete' ? auditReport.from : null,
    seen: seen.changes,
    previous: await store.findings.previous(),
  };

  proceed('Comparing both sides', loaded);
  const evaluation = evaluate(input);
  proceed('Storing the findings', loaded);
  const { withheld } = await store.counts();
  const notEvaluated = [
    ...evaluation.notEvaluated,
    // Who is left out on both sides is no finding, and no sign of health either.
    ...(withheld > 0 ? [{ reason: withheldWords(withheld), count: withheld }] : []),
  ];
  await store.findings.saveEvaluation({
    runId: run.id,
    at: options.clock.now().toISOString(),
    ...evaluation,
    notEvaluated,
  });
  return {
    run,
    sources,
    summary: summarise(evaluation.findings),
    findings: evaluation.findings,
    notEvaluated,
  };
};
