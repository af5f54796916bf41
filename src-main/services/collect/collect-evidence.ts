import { collectLog } from './collect-log.ts';
import type { CollectContext } from './context.ts';
import { overlapMs, retentionMs } from './log-windows.ts';

const dayMs = 86_400_000;

/** The provisioning log, then configuration and membership events of the audit log. */
export const collectEvidence = async (context: CollectContext): Promise<void> => {
  const { clock, connection, graph, runner, store } = context;
  const before = (await store.runs.freshness()).find((source) => source.source === 'audit');

  await runner.run('provisioning-log', (read) =>
    collectLog(
      {
        log: graph.log,
        store: store.log,
        runs: store.runs,
        clock,
        servicePrincipalId: connection.servicePrincipalId,
        jobId: connection.jobId ?? null,
        monotonicMs: context.monotonicMs,
      },
      read,
    ),
  );
  await runner.run('audit', async (read) => {
    const nowMs = clock.now().getTime();
    const reached = before?.status === 'complete' && before.to !== null ? Date.parse(before.to) - overlapMs : 0;
    // Events that would be deleted right away are not asked for, and not claimed to be known.
    const keptMs = connection.keepAuditDays === undefined ? 0 : nowMs - connection.keepAuditDays * dayMs;
    const from = new Date(Math.max(reached, nowMs - retentionMs, keptMs)).toISOString();
    const to = new Date(nowMs).toISOString();
    for await (const events of graph.audit.readWindow({ ...read, from, to })) {
      read.meter.withheld += (await store.snapshots.saveAudit(events)).withheld;
    }
    return { from, to };
  });
};
