import type { CaseFileMethods } from '../../src-main/contract/methods/case-files.ts';
import type { CareMethods } from '../../src-main/contract/methods/care.ts';
import type { ImportMethods } from '../../src-main/contract/methods/import.ts';
import { fakePurgeList } from './fake-purges.ts';
import type { CaseManifest } from '../../src-main/contract/models/case-file.ts';
import type { ConnectionSummary } from '../../src-main/contract/models/connection.ts';

const manifest: CaseManifest = {
  format: 1,
  version: '0.1.0',
  connection: 'Fabrikam',
  tenantId: '7b0c1d52-93a1-4f0e-8d56-2f1b6f0c9e11',
  jobId: null,
  writtenAt: '2026-11-20T12:00:00.000Z',
  collectedAt: '2026-11-20T11:00:00.000Z',
  scope: { what: 'all' },
  redacted: false,
  redactionKeyId: null,
  tables: [{ name: 'runs', rows: 30, sha256: 'a'.repeat(64) }],
  sha256: 'b'.repeat(64),
};

/** Answers of case files and imports, for the window without a program behind it. */
export const createFakeCare = (connection: ConnectionSummary): CaseFileMethods & ImportMethods & CareMethods => ({
  getCare: () => ({
    bytes: 184_549_376,
    notes: [
      { task: 'backup', at: '2026-11-16T02:00:00.000Z', good: true },
      { task: 'verify', at: '2026-11-20T12:00:00.000Z', good: true },
    ],
    retention: { logs: 400, states: null, audit: null, runs: null },
    statesFrom: null,
    purges: fakePurgeList,
    readOnly: false,
  }),
  setRetention: ({ retention }) => ({ retention }),
  verifyHistory: () => ({
    file: '/data/history.db',
    good: true,
    checks: [{ id: 'integrity', good: true, sentence: 'The file is whole.' }],
  }),
  backupHistory: () => ({ file: '/data/backups/history.db', bytes: 1_048_576, sha256: 'c'.repeat(64) }),
  restoreHistory: ({ file }) => ({ file: '/data/history.db', from: file, kept: '/data/backups/before.db' }),
  vacuumHistory: () => ({ file: '/data/history.db', bytesBefore: 2_000_000, bytesAfter: 1_000_000 }),
  writeCaseFile: ({ redact = false, scope }) => ({
    file: '/data/reports/fabrikam-case.db',
    bytes: 1_048_576,
    rows: 4_321,
    keyPlace: redact ? 'in the key store of this computer' : null,
    manifest: { ...manifest, scope, redacted: redact },
  }),
  openCaseFile: () => ({ connection, manifest }),
  importLog: ({ files }) => ({
    imports: [
      {
        files,
        format: 'portal-csv',
        rows: 2_500,
        inserted: 2_400,
        otherApplications: 0,
        from: '2026-10-01T00:00:00.000Z',
        to: '2026-10-31T00:00:00.000Z',
      },
    ],
    rows: 2_500,
    inserted: 2_400,
    known: 100,
  }),
});
