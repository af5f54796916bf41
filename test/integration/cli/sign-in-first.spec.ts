import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionFile } from '../../../src-main/contract/models/connection.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { signInFirst, type SessionOfPerson, type Terminal } from '../../../src-main/hosts/cli/sign-in-first.ts';
import { composeApp, type App } from '../../../src-main/hosts/compose.ts';
import { temporaryDirectory } from '../../support/cli.ts';
import { connectionOf } from '../trouble/connected-tenant.ts';

let tenant: DemoTenant;
let app: App;
let session: SessionOfPerson;

/** A person who answers the hidden prompt; counts how often. */
const personAt = (answer: string | null): Terminal & { asked: number } => ({
  asked: 0,
  canAsk: () => true,
  async askHidden() {
    this.asked += 1;
    return Promise.resolve(answer);
  },
});

const state = async (): Promise<{ signedIn?: boolean; hasScimToken?: boolean }> => {
  const listed = await app.api.listConnections({});
  const [only] = listed.ok ? listed.value.connections : [];
  return only ? { signedIn: only.signedIn, hasScimToken: only.hasScimToken } : {};
};

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 30, days: 3, seed: 7, throttling: false });
  const here = (path: string): URL => new URL(`../../../src-main/${path}`, import.meta.url);
  app = await composeApp({
    host: 'cli',
    dataDirectory: await temporaryDirectory(),
    env: { UNIFI_MONITOR_REPORTS_PER_10S: '10000' },
    openBrowser: (url) => tenant.visitSignIn(url),
    storeWorkerUrl: here('adapters/sqlite/store-worker.ts'),
    jobWorkerUrl: here('hosts/worker/job-worker.ts'),
    demoWorkerUrl: here('demo/tenant-worker.ts'),
  });
  session = { api: app.api, callId: 'first', on: {} };
  const connected = await app.api.connect({
    callId: 'connect',
    connection: { ...connectionOf(tenant), signIn: 'interactive' } as ConnectionFile,
  });
  expect(connected.ok).toBe(true);
  // What a new process finds where no key store kept anything.
  await app.api.signOut({});
}, 60_000);
afterAll(async () => {
  await app.close();
  await tenant.close();
});

test('a script is neither asked nor signed in', async () => {
  const person = personAt('never-used');
  await signInFirst(session, { json: true }, person);
  await signInFirst(session, {}, { ...person, canAsk: () => false });
  expect(person.asked).toBe(0);
  expect(await state()).toEqual({ signedIn: false, hasScimToken: false });
});

test('a person at the terminal signs in and gives the token once, and the collection goes through', async () => {
  const person = personAt(tenant.credentials.scimToken);
  await signInFirst(session, {}, person);
  expect(await state()).toEqual({ signedIn: true, hasScimToken: true });
  await signInFirst(session, {}, person);
  expect(person.asked).toBe(1);
  const collected = await app.api.collect({ callId: 'collect' });
  expect(collected.ok && collected.value.sources.every((source) => source.status === 'complete')).toBe(true);
});
