import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredRedactionKey } from '../../src-main/adapters/files/redaction-key.ts';
import type { Connection } from '../../src-main/contract/models/connection.ts';
import type { ReportFile, ReportFormat, ReportOptions } from '../../src-main/contract/models/report.ts';
import { runReport } from '../../src-main/hosts/worker/report-task.ts';
import type { HistoryStore } from '../../src-main/services/ports.ts';

const connection: Connection = {
  id: 'contoso',
  name: 'Contoso',
  cloud: 'global',
  tenantId: '7b0c1d52-93a1-4f0e-8d56-2f1b6f0c9e11',
  clientId: '0a1b2c3d-1111-4222-8333-444455556666',
  signIn: 'interactive',
  scim: { baseUrl: 'https://licensing.inviewlabs.com/api/scim/v2/' },
  createdAt: '2026-11-20T12:00:00.000Z',
  demo: false,
  trustedHosts: [],
};

/** What redacted reports of a maker are redacted with. */
export const testKey: StoredRedactionKey = { key: '07'.repeat(32), place: 'in a test' };

/** Makes reports of one history as the job thread does, into a folder of its own. */
export interface ReportMaker {
  folder: string;
  make(options: ReportOptions, format: ReportFormat, more?: { name?: string; force?: boolean }): Promise<ReportFile>;
  /** Cancels the next report as soon as its first rows are told. */
  makeAndCancel(options: ReportOptions, format: ReportFormat): Promise<ReportFile>;
  close(): Promise<void>;
}

export const openReportMaker = async (
  store: HistoryStore,
  given: { now: string; jobId?: string },
): Promise<ReportMaker> => {
  const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-reports-'));
  const run = (
    options: ReportOptions,
    format: ReportFormat,
    file: string,
    more: { force: boolean; signal: AbortSignal; onprogress?: () => void },
  ): Promise<ReportFile> => {
    const report = {
      options,
      format,
      target: { file, force: more.force },
      fileName: `report.${format}`,
      redactionKey: options.redact === true ? testKey : null,
      application: { name: 'UNIFI Provisioning Monitor', version: '0.1.0' },
    };
    return runReport({
      order: {
        task: 'report',
        connection: { ...connection, ...(given.jobId === undefined ? {} : { jobId: given.jobId }) },
        databaseFile: '',
        dataDirectory: folder,
        env: {},
        hasSystemProxy: false,
        fixedNow: given.now,
        report,
      },
      report,
      store,
      clock: { now: () => new Date(given.now) },
      signal: more.signal,
      progress: () => more.onprogress?.(),
    });
  };
  return {
    folder,
    make: (options, format, { name = options.kind, force = true } = {}) =>
      run(options, format, join(folder, `${name}.${format}`), { force, signal: new AbortController().signal }),
    makeAndCancel(options, format) {
      const controller = new AbortController();
      return run(options, format, join(folder, `cancelled.${format}`), {
        force: false,
        signal: controller.signal,
        onprogress: () => controller.abort(),
      });
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
};
