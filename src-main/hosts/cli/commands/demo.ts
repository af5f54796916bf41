import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoOptions, DemoResult, TruthEntry } from '../../../contract/models/demo.ts';
import { AppError } from '../../../core/app-error.ts';
import { startDemoTenant } from '../../../demo/start-tenant.ts';
import { checkScenario } from '../../check-scenario.ts';
import type { App } from '../../compose.ts';
import { dataDirectory } from '../../data-directory.ts';
import { exitCodeOfSources } from '../exit-codes.ts';
import { line, note, printJson, strong } from '../print.ts';
import { runCommand, type CliSession, type CommandEnd, type CommonOptions } from '../session.ts';
import { printCheck } from './check.ts';
import { serveUntilStopped } from './serve.ts';
import { printStatus } from './status.ts';
import { untilStopped } from '../until-stopped.ts';

export interface DemoCommandOptions extends CommonOptions {
  people: number;
  days: number;
  seed: number;
  now?: string;
  faultRate?: number;
  scenario?: string;
  truth?: string;
  port?: number;
  tenantOnly?: boolean;
  serve: boolean;
}

const demoOptions = (options: DemoCommandOptions): DemoOptions => ({
  people: options.people,
  days: options.days,
  seed: options.seed,
  ...(options.now ? { now: options.now } : {}),
  ...(options.faultRate === undefined ? {} : { faultRate: options.faultRate }),
  ...(options.scenario ? { scenario: options.scenario } : {}),
});

const writeTruth = async (file: string, truth: TruthEntry[]): Promise<void> => {
  try {
    await writeFile(file, `${JSON.stringify(truth, null, 1)}\n`);
  } catch (error) {
    throw new AppError(
      {
        code: 'file-unwritable',
        message: `The truth file "${file}" could not be written.`,
        advice: 'Choose a folder that exists and that you may write to.',
        file,
      },
      { cause: error },
    );
  }
};

/** What the program itself and other programs need to reach the tenant; its secrets are random at each start. */
const tenantOnly = async (options: DemoCommandOptions): Promise<void> => {
  checkScenario(options.scenario);
  const tenant = await startDemoTenant({
    ...demoOptions(options),
    workerUrl: new URL('../../../demo/tenant-worker.ts', import.meta.url),
  });
  try {
    if (options.truth) await writeTruth(options.truth, await tenant.truth());
    const value = {
      now: new Date(tenant.nowMs).toISOString(),
      connection: {
        name: 'Demo tenant over HTTP',
        cloud: { authority: tenant.authority, graph: tenant.graph },
        tenantId: tenant.ids.tenantId,
        clientId: tenant.ids.clientId,
        signIn: 'client-secret',
        servicePrincipalId: tenant.ids.servicePrincipalId,
        jobId: tenant.ids.jobId,
        scim: { baseUrl: tenant.scimBaseUrl },
      },
      environment: {
        AZURE_CLIENT_SECRET: tenant.credentials.clientSecret,
        UNIFI_SCIM_TOKEN: tenant.credentials.scimToken,
      },
    };
    const stopped = untilStopped();
    if (options.json) {
      printJson({ version: 1, ok: true, value });
    } else {
      line('The demo tenant runs. A connection file for it:');
      line(JSON.stringify(value.connection, null, 2));
      line('Secrets of this start, for the environment:');
      for (const [name, secret] of Object.entries(value.environment)) line(`  ${name}=${secret}`);
      line(`Its present moment: UNIFI_MONITOR_NOW=${value.now}`);
      note('Ctrl-C ends it.');
    }
    await stopped;
  } finally {
    await tenant.close();
  }
};

interface Finished extends DemoResult {
  databaseFile: string;
}

const printDemo = (value: Finished): void => {
  line(strong('Demo tenant'));
  printStatus(value.status);
  line();
  printCheck(value.check);
  line();
  line(`Database: ${value.databaseFile}`);
  for (const file of value.files) line(`Report:   ${file}`);
};

const mainJob = async (app: App, callId: string, options: DemoCommandOptions): Promise<Finished> => {
  const opened = await app.api.openDemo({ callId, options: demoOptions(options) });
  if (!opened.ok) throw new AppError(opened.failure);
  const on = { connection: opened.value.connection.id };
  const check = await app.api.check({ ...on, callId });
  if (!check.ok) throw new AppError(check.failure);
  const status = await app.api.getStatus(on);
  if (!status.ok) throw new AppError(status.failure);
  const files: string[] = [];
  for (const format of ['csv', 'html'] as const) {
    const file = join(dataDirectory(options.dataDir, process.env), 'reports', `demo-findings.${format}`);
    await app.runCall(callId, (signal) =>
      app.reports.write(
        { connection: on.connection, options: { kind: 'reconciliation' }, callId, signal },
        { format, file, force: true },
      ),
    );
    files.push(file);
  }
  if (options.truth) await writeTruth(options.truth, await app.demo.truth());
  return { status: status.value, check: check.value, files, databaseFile: opened.value.connection.databaseFile };
};

export const demo = (options: DemoCommandOptions): Promise<void> => {
  if (options.tenantOnly) return tenantOnly(options);
  const run = async ({ app, callId }: CliSession): Promise<CommandEnd<Finished>> => {
    const value = await mainJob(app, callId, options);
    return {
      result: { version: 1, ok: true, value },
      async print(finished) {
        printDemo(finished);
        if (options.serve) await serveUntilStopped(app, options);
      },
      exitCode: exitCodeOfSources(value.check.sources),
    };
  };
  return runCommand(options, run, options.serve ? 'web' : 'cli');
};
