import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { pseudonymsOf } from '../../adapters/files/redaction-key.ts';
import { saveReport } from '../../adapters/files/save-report.ts';
import { finishReport } from '../../adapters/report/finish-report.ts';
import { createTextBlocks } from '../../adapters/report/text-blocks.ts';
import { writerOf } from '../../adapters/report/writers.ts';
import type { ReportFile, ReportOptions, ReportPreview } from '../../contract/models/report.ts';
import { cancelled } from '../../core/app-error.ts';
import type { OpenReport, ReportPassage } from '../../core/report/open-report.ts';
import { pageLook, pageStyle } from '../../core/report/page-style.ts';
import type { Clock, HistoryStore } from '../../services/ports.ts';
import type { Progress } from '../../services/read-meter.ts';
import { openBuiltReport } from '../../services/report/open-built-report.ts';
import { unifiProfile } from '../target-profile.ts';
import type { JobOrder, ReportOrder } from './job-protocol.ts';

export interface ReportTask {
  order: JobOrder;
  report: ReportOrder;
  store: HistoryStore;
  clock: Clock;
  signal: AbortSignal;
  progress: Progress;
}

/** A quiet blue that goes with every logo. */
const defaultAccent = '#0a5ba8';
const reportEveryMs = 200;
/** Rows of a table that a preview shows. */
const previewRows = 40;

const createPassage = ({ signal, progress }: Pick<ReportTask, 'signal' | 'progress'>): ReportPassage => {
  const hash = createHash('sha256');
  const blocks = createTextBlocks({ reused: true });
  const startedMs = performance.now();
  let reportedMs = 0;
  let digest: string | null = null;
  return {
    hash: {
      update(lines) {
        for (const block of blocks.add(lines)) hash.update(block);
      },
      digest() {
        if (digest === null) {
          for (const block of blocks.end()) hash.update(block);
          digest = hash.digest('hex');
        }
        return digest;
      },
    },
    async breathe() {
      // Lets the message come in that cancels.
      await setImmediate();
      if (signal.aborted) throw cancelled();
    },
    progress(rows, total) {
      const nowMs = performance.now();
      if (nowMs - reportedMs < reportEveryMs) return;
      reportedMs = nowMs;
      const rate = (1000 * rows) / Math.max(1, nowMs - startedMs);
      progress({
        phase: 'reporting',
        source: null,
        items: rows,
        total,
        rate,
        remainingMs: total === null || rate === 0 ? null : Math.round((1000 * Math.max(0, total - rows)) / rate),
        note: null,
      });
    },
  };
};

const openFor = async (
  task: ReportTask,
  options: ReportOptions,
): Promise<{ report: OpenReport; redacted: boolean }> => {
  const { order, report, store, clock, signal } = task;
  const accent = options.accent ?? defaultAccent;
  const { redactionKey } = report;
  const key = redactionKey === null ? null : pseudonymsOf(Buffer.from(redactionKey.key, 'hex'));
  const logo =
    options.logo === undefined
      ? null
      : await (await import('../../adapters/report/read-logo.ts')).readLogo(options.logo);
  const opened = await openBuiltReport({
    store,
    clock,
    signal,
    options,
    connection: order.connection,
    profile: unifiProfile,
    application: report.application,
    format: report.format,
    look: { logo, accent },
    passage: createPassage(task),
    redaction: key === null ? null : { pseudonym: key.pseudonym, keyId: key.id },
  });
  return { report: opened, redacted: key !== null };
};

/** Builds a report from the stored history and writes it into the ordered file, whole or not at all. */
export const runReport = async (task: ReportTask): Promise<ReportFile> => {
  const { format, target } = task.report;
  if (target === null) throw new Error('a report was ordered without a file');
  const { report, redacted } = await openFor(task, task.report.options);
  const writer = await writerOf(format);
  const finished = finishReport(format, writer(report), () => report.end().dataSha256);
  const { bytes, companion } = await saveReport(target.file, finished, { force: target.force });
  const { tables, dataSha256 } = report.end();
  return {
    kind: report.meta.kind,
    format,
    title: report.meta.title,
    file: target.file,
    companion,
    fileName: task.report.fileName,
    bytes,
    tables,
    dataSha256,
    redacted,
    keyPlace: task.report.redactionKey?.place ?? null,
  };
};

/** The page of a report with the first rows of its tables, and its style apart from it. */
export const runPreview = async (task: ReportTask): Promise<ReportPreview> => {
  const asked = task.report.options;
  const { report } = await openFor(task, {
    ...asked,
    rowLimit: Math.min(previewRows, asked.rowLimit ?? previewRows),
  });
  const writer = await writerOf('html');
  let html = '';
  for await (const chunk of writer(report).chunks) html += typeof chunk === 'string' ? chunk : '';
  return {
    html: html.replace(/<style>[^<]*<\/style>/, ''),
    style: pageStyle(pageLook(report)),
    tables: report.end().tables,
  };
};
