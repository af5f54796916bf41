import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteHistory } from '../../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { SynchronizationJob } from '../../../../src-main/core/model/synchronization.ts';
import { collectConfiguration } from '../../../../src-main/services/collect/collect-configuration.ts';
import type { ChosenConnection } from '../../../../src-main/services/collect/context.ts';
import { createSourceRunner } from '../../../../src-main/services/collect/source-runner.ts';
import type { Graph } from '../../../../src-main/services/ports.ts';
import { aConnection } from '../../../support/connections.ts';
import { job } from '../../core/health/small-job.ts';
import { sampleSchema } from '../../core/schema/sample-schema.ts';

const clock = { now: () => new Date('2026-11-20T12:00:00Z') };

/** Collects the configuration of an application with these jobs; gives what was asked for and how the sources ended. */
const collect = async (jobs: readonly SynchronizationJob[], jobId: string | null) => {
  const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
  const store = openSqliteHistory({ file: join(folder, 'history.sqlite') });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const asked: string[] = [];
  const graph = {
    synchronization: {
      listJobs: () => Promise.resolve([...jobs]),
      readSchema: (options: { jobId: string }) => {
        asked.push(options.jobId);
        return Promise.resolve({ version: '1', raw: JSON.stringify(sampleSchema()) });
      },
      readSettings: () => Promise.resolve({ SyncAll: 'false' }),
    },
    applications: {
      readApplication: () => Promise.resolve({ servicePrincipalId: 'sp' }),
      async *readAssignments() {
        yield await Promise.resolve([]);
      },
    },
  } as unknown as Graph;
  const { jobId: _, ...rest } = aConnection();
  const connection = { ...rest, ...(jobId === null ? {} : { jobId }), servicePrincipalId: 'sp' } as ChosenConnection;
  const run = await store.runs.start(clock.now().toISOString());
  const bugs = { record: () => 'none' } as never;
  const runner = createSourceRunner({
    ...{ runId: run.id, runs: store.runs, clock, signal: new AbortController().signal, bugs },
    progress: () => undefined,
    monotonicMs: () => 0,
  });
  const unused = undefined as never;
  await collectConfiguration({
    ...{ connection, runner, runId: run.id, graph, store, clock, bugs, scim: unused, tokens: unused },
    monotonicMs: () => 0,
  });
  return { asked, schema: runner.reports.find(({ source }) => source === 'schema') };
};

const named = (id: string, scheduleState = 'Active'): SynchronizationJob => ({ ...job({}, scheduleState), id });

test('reads the mappings of the only job that is switched on when none is named', async () => {
  const { asked, schema } = await collect([named('old', 'Disabled'), named('new')], null);
  expect(asked).toEqual(['new']);
  expect(schema?.status).toBe('complete');
});

test('reads no mappings while it is not known which of several jobs is meant, and says why', async () => {
  const { asked, schema } = await collect([named('one'), named('two')], null);
  expect(asked).toEqual([]);
  expect(schema).toMatchObject({
    status: 'skipped',
    failure: {
      code: 'selection-ambiguous',
      message:
        'It is not known whose they are: the application has 2 provisioning jobs (one, two), and none is chosen for this connection.',
      advice: expect.stringContaining('--job'),
    },
  });
});

test('asks for the named job even when it is not listed, so that the answer says so', async () => {
  const { asked } = await collect([named('other')], 'gone');
  expect(asked).toEqual(['gone']);
});
