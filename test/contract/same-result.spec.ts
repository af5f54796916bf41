import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { methodNames, type Input, type MethodName } from '../../src-main/contract/api.ts';
import { composeApp, type App } from '../../src-main/hosts/compose.ts';
import { inProcess, overHttp, overIpc, type Transport } from './transports.ts';

const here = (path: string): URL => new URL(path, import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-contract-'));
let app: App;
let transports: Transport[] = [];
let ipc: ReturnType<typeof overIpc>;

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  app = await composeApp({
    host: 'web',
    dataDirectory: join(folder, 'data'),
    env: {},
    openBrowser: () => Promise.resolve(),
    storeWorkerUrl: here('../../src-main/adapters/sqlite/store-worker.ts'),
    jobWorkerUrl: here('../../src-main/hosts/worker/job-worker.ts'),
    demoWorkerUrl: here('../../src-main/demo/tenant-worker.ts'),
    now: '2026-11-23T09:00:00.000Z',
  });
  ipc = overIpc(app);
  transports = [inProcess(app), await overHttp(app, folder), ipc];
});

afterAll(async () => {
  for (const transport of transports) await transport.close();
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One call through every transport; gives the Result that all agree on. */
const sameResult = async (method: string, input: unknown): Promise<Record<string, unknown>> => {
  const results = new Map<string, unknown>();
  for (const transport of transports) results.set(transport.name, await transport.call(method, input));
  const expected = results.get('in process');
  for (const [name, result] of results) expect({ [name]: result }).toEqual({ [name]: expected });
  return expected as Record<string, unknown>;
};

const page = { limit: 5 };
const callId = 'contract';

/** An input that every method's guard accepts, naming a connection that does not exist where it takes one. */
const valid: { [M in MethodName]: Input<M> } = {
  getAppInfo: {},
  listConnections: {},
  connect: {
    callId,
    connection: {
      name: 'Nowhere',
      cloud: { authority: 'https://127.0.0.1:1', graph: 'https://127.0.0.1:1' },
      tenantId: '11111111-1111-4111-8111-111111111111',
      clientId: '22222222-2222-4222-8222-222222222222',
      signIn: 'access-token',
      scim: { baseUrl: 'https://127.0.0.1:1/scim' },
    },
  },
  testConnection: { connection: 'none', callId },
  deleteConnection: { connection: 'none' },
  setSecret: { connection: 'none', kind: 'scim-token', value: 'secret-of-nobody' },
  signIn: { connection: 'none', callId },
  signOut: { connection: 'none' },
  openDemo: { callId, options: { people: 20, days: 2, seed: 3, now: '2026-11-23T09:00:00.000Z' } },
  collect: { connection: 'none', callId },
  check: { connection: 'none', callId, offline: true },
  cancel: { callId: 'none' },
  getStatus: { connection: 'none' },
  listRuns: { connection: 'none', page },
  listGaps: { connection: 'none' },
  listKeptAside: { connection: 'none' },
  listFindings: { connection: 'none', filter: {}, page },
  getFinding: { connection: 'none', id: 'none' },
  findingFacets: { connection: 'none', filter: {}, facets: ['kind'] },
  listLog: { connection: 'none', filter: {}, page },
  getLogRow: { connection: 'none', id: 'none' },
  logFacets: { connection: 'none', callId, filter: {}, facets: ['status'] },
  logOutcomes: { connection: 'none', days: 30 },
  listPeople: { connection: 'none', filter: {}, page },
  getPerson: { connection: 'none', id: 'none' },
  listIssues: { connection: 'none', filter: { state: ['open'] }, page },
  getIssue: { connection: 'none', id: 'none' },
  muteIssue: { connection: 'none', id: 'none' },
  unmuteIssue: { connection: 'none', id: 'none' },
  listView: { connection: 'none', view: 'leaver-clock', filter: {}, page },
  investigate: { connection: 'none', who: 'none', member: 'none', asOf: 'last' },
  findState: { connection: 'none', asOf: 'last' },
  diffSummary: { connection: 'none', callId, from: 'first', to: 'last' },
  listDifferences: { connection: 'none', from: '1', to: '2', filter: { section: ['people'], kind: ['added'] }, page },
  diffSetup: { connection: 'none', with: 'other' },
  getJobHealth: { connection: 'none' },
  blameChanges: { connection: 'none' },
  investigateBatch: { connection: 'none', callId, people: { names: ['none', 'None', 'nobody'] }, csv: true },
  peopleFacets: { connection: 'none', filter: {}, facets: ['source', 'target', 'withFindings'] },
  runSetUpCheck: { connection: 'none', callId, offline: true },
  getConsole: { connection: 'none' },
  runQuery: { connection: 'none', callId, sql: 'SELECT 1', narrowing: [{ column: 0, value: 1 }], rows: 5 },
  countQuery: { connection: 'none', callId, sql: 'SELECT 1', columns: [0] },
  exportQuery: { connection: 'none', callId, sql: 'SELECT 1', format: 'csv' },
  saveQuery: { connection: 'none', name: 'One', sql: 'SELECT 1', replace: true },
  deleteQuery: { connection: 'none', name: 'One' },
  writeCaseFile: { connection: 'none', callId, scope: { what: 'person', id: 'nobody' }, redact: true },
  openCaseFile: { callId, file: '/no/such/file.db' },
  getCare: { connection: 'none' },
  setRetention: { connection: 'none', retention: { logs: 400, states: null, audit: 90, runs: null } },
  verifyHistory: { connection: 'none', callId },
  backupHistory: { connection: 'none', callId },
  restoreHistory: { connection: 'none', callId, file: '/no/such/backup.db' },
  vacuumHistory: { connection: 'none', callId },
  previewPurge: { connection: 'none', callId, who: 'nobody' },
  purgePerson: { connection: 'none', callId, id: 'nobody' },
  finishPurges: { connection: 'none', callId },
  listPurges: { connection: 'none' },
  getPurgeReceipt: { connection: 'none', id: 'purge-1' },
  liftPurge: { connection: 'none', id: 'purge-1' },
  importLog: { connection: 'none', callId, files: ['/no/such/file.json'] },
  listReports: { connection: 'none', language: 'de' },
  previewReport: { connection: 'none', callId, options: { kind: 'health' } },
  createReport: { connection: 'none', callId, options: { kind: 'people', columns: ['name'] }, format: 'csv' },
  readReport: { id: 'none', part: 'file', offset: 0 },
  discardReport: { id: 'none' },
  saveReportDefinition: {
    connection: 'none',
    definition: { name: 'Monthly', format: 'html', options: { kind: 'reconciliation', redact: true } },
  },
  deleteReportDefinition: { connection: 'none', name: 'Monthly' },
};

describe('before any connection exists', () => {
  // A new tenant for each call has new random credentials and ports: it is opened once, below.
  test.each(methodNames.filter((name) => name !== 'openDemo'))('%s gives the same Result everywhere', async (name) => {
    const result = await sameResult(name, valid[name]);
    expect(result).toMatchObject({ version: 1 });
    if (result['ok'] === false) expect(result['failure']).not.toMatchObject({ code: 'bug' });
  });

  test.each(methodNames)('%s refuses an input that is none, everywhere', async (name) => {
    for (const input of [{ ...valid[name], noSuchField: true }, [], 'text', 7]) {
      expect(await sameResult(name, input)).toMatchObject({ ok: false, failure: { code: 'input-invalid' } });
    }
  });

  test.each(['', 'noSuchMethod', 'toString', '__proto__', 'constructor', 'getStatus/../getStatus'])(
    'there is no method "%s" anywhere',
    async (name) => {
      for (const transport of transports) {
        // An empty name is no path of the HTTP host: it is answered there before the router.
        if (name === '' && transport.name === 'over HTTP') continue;
        expect(await transport.call(name, {})).toMatchObject({ ok: false, failure: { code: 'input-invalid' } });
      }
    },
  );
});

describe('on the demo tenant', () => {
  let connection: string;

  beforeAll(async () => {
    const opened = await app.api.openDemo(valid.openDemo);
    if (!opened.ok) throw new Error(opened.failure.message);
    connection = opened.value.connection.id;
    const checked = await app.api.check({ connection, callId });
    if (!checked.ok) throw new Error(checked.failure.message);
  });

  const reading: MethodName[] = [
    'listConnections',
    'listPurges',
    'finishPurges',
    'getStatus',
    'listRuns',
    'getConsole',
    'countQuery',
    'listGaps',
    'listKeptAside',
    'listFindings',
    'findingFacets',
    'listLog',
    'logFacets',
    'logOutcomes',
    'listPeople',
    'peopleFacets',
    'listIssues',
    'listView',
    'investigate',
    'getJobHealth',
    'blameChanges',
    'runSetUpCheck',
    'investigateBatch',
  ];

  test.each(reading)('%s gives the same value everywhere', async (name) => {
    const input = name === 'listConnections' ? {} : { ...valid[name], connection };
    const result = await sameResult(name, input);
    expect(result).toMatchObject({ version: 1, ok: true });
    // What crosses is plain data: nothing is lost on the way through JSON.
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test('a row, a finding and a person are the same everywhere, and so is their absence', async () => {
    const log = await app.api.listLog({ connection, filter: {}, page });
    const people = await app.api.listPeople({ connection, filter: {}, page });
    const findings = await app.api.listFindings({ connection, filter: {}, page });
    if (!log.ok || !people.ok || !findings.ok) throw new Error('The lists cannot be read.');
    const row = log.value.rows[0]?.id;
    expect(await sameResult('getLogRow', { connection, id: row })).toMatchObject({ ok: true, value: { id: row } });
    const finding = findings.value.rows[0]?.id;
    expect(await sameResult('getFinding', { connection, id: finding })).toMatchObject({
      ok: true,
      value: { id: finding },
    });
    const who = people.value.rows[0]?.id ?? '';
    const asked = await sameResult('investigate', { connection, who });
    expect(asked).toMatchObject({ ok: true, value: { subject: { id: who }, path: expect.any(Array) } });
    for (const name of ['getLogRow', 'getFinding', 'getPerson', 'getIssue']) {
      expect(await sameResult(name, { connection, id: 'none' })).toEqual({ version: 1, ok: true, value: null });
    }
  });
});

describe('IPC', () => {
  test('refuses a frame inside the page and another window', async () => {
    await expect(ipc.callAs('frame')).rejects.toThrow('Refused');
    await expect(ipc.callAs('stranger')).rejects.toThrow('Refused');
  });
});
