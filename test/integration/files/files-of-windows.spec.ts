import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConnectionStore } from '../../../src-main/adapters/files/connection-store.ts';
import { createReportDefinitions } from '../../../src-main/adapters/files/report-definitions.ts';
import type { CaseFile } from '../../../src-main/contract/models/case-file.ts';
import type { HistoryBackup } from '../../../src-main/contract/models/care.ts';
import type { ReportDefinition } from '../../../src-main/contract/models/report.ts';
import { composeApp, type App } from '../../../src-main/hosts/compose.ts';
import { temporaryDirectory } from '../../support/cli.ts';

let app: App;
let directory: string;
let definitionsFile: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  const connections = createConnectionStore(directory);
  const id = '00000000-0000-0000-0000-000000000001';
  const { id: connection } = await connections.save(
    {
      name: 'contoso',
      cloud: 'global',
      tenantId: id,
      clientId: id,
      signIn: 'interactive',
      scim: { baseUrl: 'https://unifi.example/scim/v2' },
    },
    { demo: false, trustedHosts: [], createdAt: '2026-11-20T12:00:00Z' },
  );
  definitionsFile = join(dirname(connections.databaseFile(connection)), 'reports.json');
  const here = (path: string): URL => new URL(`../../../src-main/${path}`, import.meta.url);
  app = await composeApp({
    host: 'web',
    dataDirectory: directory,
    env: {},
    openBrowser: () => Promise.resolve(),
    storeWorkerUrl: here('adapters/sqlite/store-worker.ts'),
    jobWorkerUrl: here('hosts/worker/job-worker.ts'),
    demoWorkerUrl: here('demo/tenant-worker.ts'),
  });
});
afterAll(() => app.close());

test.each([
  ['backupHistory', { file: 'there.db' }, 'file'],
  ['backupHistory', { force: true }, 'force'],
  ['writeCaseFile', { scope: { what: 'all' }, file: 'there.db' }, 'file'],
  ['writeCaseFile', { scope: { what: 'all' }, force: true }, 'force'],
] as const)('a window says nothing of where %s writes: %j', async (method, input, field) => {
  const file = join(directory, 'there.db');
  const given = 'file' in input ? { ...input, file } : input;
  expect(await app.call(method, { ...given, callId: 'one' })).toMatchObject({
    ok: false,
    failure: { code: 'input-invalid', fields: [{ field, reason: 'is not known here' }] },
  });
  expect(existsSync(file)).toBe(false);
});

test('what a window asks for lies in the data directory, each time under a name of its own', async () => {
  for (const [method, folder] of [
    ['backupHistory', 'backups'],
    ['writeCaseFile', 'reports'],
  ] as const) {
    const input = method === 'writeCaseFile' ? { scope: { what: 'all' } } : {};
    const made = new Set<string>();
    for (const callId of ['first', 'second']) {
      const result = await app.call(method, { ...input, callId });
      expect(result).toMatchObject({ ok: true });
      const { file } = (result as { value: CaseFile | HistoryBackup }).value;
      expect(dirname(file)).toBe(join(directory, folder));
      expect(existsSync(file)).toBe(true);
      made.add(file);
    }
    expect(made.size).toBe(2);
  }
});

test('a saved report that is replaced under another spelling keeps its file', async () => {
  const stored = createReportDefinitions(definitionsFile);
  const first: ReportDefinition = {
    name: 'Monatlich für Müller',
    format: 'pdf',
    file: '/srv/reports/{date}.pdf',
    options: { kind: 'health' },
    savedAt: '2026-11-20T12:00:00.000Z',
  };
  await stored.save(first, { replace: false });
  for (const name of ['Monatlich für müller', 'Monatlich für Müller'.normalize('NFD')]) {
    const saved = await app.api.saveReportDefinition({
      definition: { name, format: 'html', options: { kind: 'health', language: 'de' } },
      replace: true,
    });
    expect(saved).toMatchObject({ ok: true, value: { name, file: first.file } });
    expect(await stored.list()).toMatchObject([{ name, format: 'html', file: first.file }]);
  }
  // Whoever replaces the whole of it, such as the command line, may take the file away.
  await stored.save({ ...first, file: null }, { replace: true });
  expect(await stored.list()).toMatchObject([{ file: null }]);
});
