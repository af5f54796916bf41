import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../../src-main/core/app-error.ts';
import { startWebHost, type WebHost } from '../../../src-main/hosts/web/server.ts';
import { createFakeApp } from '../../support/fake-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-web-'));
const rendererDirectory = join(folder, 'renderer');
const app = createFakeApp({
  getStatus: { code: 'graph-forbidden', message: 'Not allowed.', advice: 'Grant it.', permissions: ['X.Read.All'] },
});
let host: WebHost;
let port: number;
let token: string;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A request whose every header, and whose raw path, is the test's: `fetch` would correct both. */
const send = (path: string, options: RequestOptions & { body?: string } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const sent = request({ host: '127.0.0.1', port, path, ...rest }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const signIn = async (): Promise<{ cookie: string; 'x-unifi-monitor-key': string }> => {
  const answer = await post('/api/session', { token });
  const { key } = JSON.parse(answer.text) as { key: string };
  return { cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '', 'x-unifi-monitor-key': key };
};

const openEvents = async (headers: Record<string, string>): Promise<{ status: number; body: Readable; stop(): void }> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/api/events', headers }, (response) =>
      resolve({ status: response.statusCode ?? 0, body: response, stop: () => sent.destroy() }),
    );
    sent.on('error', (error) => {
      if (!sent.destroyed) reject(error);
    });
    sent.end();
  });

beforeAll(async () => {
  mkdirSync(join(rendererDirectory, 'assets'), { recursive: true });
  writeFileSync(join(rendererDirectory, 'index.html'), '<!doctype html><title>The window</title>');
  writeFileSync(join(rendererDirectory, 'assets', 'main-a1b2c3d4.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not for you');
  host = await startWebHost({ app, rendererDirectory });
  const url = new URL(host.url);
  port = Number(url.port);
  token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
});

afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

describe('the session', () => {
  test('exchanges the token of the address for a cookie that names the port, and a key', async () => {
    const answer = await post('/api/session', { token });
    expect(answer.status).toBe(200);
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(new RegExp(`^unifi_monitor_${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`, 'u'));
    expect(Object.keys(JSON.parse(answer.text) as object)).toEqual(['key']);
    expect(answer.text).not.toContain(cookie.split(/[=;]/u)[1]);
  });

  test('gives nothing for a wrong, missing or misshapen token', async () => {
    for (const body of [{ token: 'x'.repeat(43) }, { token: '' }, {}, { token: [token] }, null]) {
      const answer = await post('/api/session', body);
      expect(answer.status).toBe(401);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  test('stops answering after many wrong tokens, in a server of its own', async () => {
    const other = await startWebHost({ app, rendererDirectory });
    const before = port;
    port = Number(new URL(other.url).port);
    try {
      const statuses = [];
      for (let i = 0; i < 22; i += 1) statuses.push((await post('/api/session', { token: `guess ${i}` })).status);
      expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
      expect(statuses.slice(20)).toEqual([429, 429]);
    } finally {
      port = before;
      await other.close();
    }
  });

  test('does not accept the token of one server at another', async () => {
    const other = await startWebHost({ app, rendererDirectory });
    try {
      expect(new URL(other.url).hash).not.toBe(new URL(host.url).hash);
      const theirs = new URLSearchParams(new URL(other.url).hash.slice(1)).get('token');
      expect((await post('/api/session', { token: theirs })).status).toBe(401);
    } finally {
      await other.close();
    }
  });
});

describe('a call', () => {
  test('needs the cookie and the key, and refuses each alone', async () => {
    const known = await signIn();
    const { cookie, 'x-unifi-monitor-key': key } = known;
    const before = app.calls.length;
    const attempts = [
      {},
      { cookie },
      { 'x-unifi-monitor-key': key },
      { cookie, 'x-unifi-monitor-key': token },
      { cookie: `unifi_monitor_${port + 1}=${cookie.split('=')[1]}`, 'x-unifi-monitor-key': key },
      { cookie: cookie.slice(0, -1), 'x-unifi-monitor-key': key },
      { cookie: `unifi_monitor_${port}=${key}`, 'x-unifi-monitor-key': key },
    ];
    for (const headers of attempts) {
      const answer = await post('/api/call/listConnections', {}, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.text)).toMatchObject({ version: 1, ok: false, failure: { code: 'auth-required' } });
    }
    expect(app.calls.length).toBe(before);
    expect((await post('/api/call/listConnections', {}, known)).status).toBe(200);
  });

  test('finds its cookie among those of other ports', async () => {
    const known = await signIn();
    const cookie = `unifi_monitor_1=zzz; ${known.cookie}; other=1`;
    expect((await post('/api/call/listConnections', {}, { ...known, cookie })).status).toBe(200);
  });

  test('hands name and input to the router as they are, and gives its Result as it is', async () => {
    const answer = await post('/api/call/getPerson', { id: 'ü', deep: [1, { a: null }] }, await signIn());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({
      version: 1,
      ok: true,
      value: { method: 'getPerson', input: { id: 'ü', deep: [1, { a: null }] } },
    });
  });

  test('answers a failure with status 200 and the whole Failure', async () => {
    const answer = await post('/api/call/getStatus', {}, await signIn());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { permissions: ['X.Read.All'] } });
  });

  test('takes JSON only, up to 1 MB', async () => {
    const known = await signIn();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('/api/call/getStatus', 'a=1', { ...known, ...form })).status).toBe(415);
    expect((await post('/api/call/getStatus', '{}', { ...known, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('/api/call/getStatus', '{"a":', known)).status).toBe(400);
    expect((await post('/api/call/getStatus', '{"__proto__":{"a":1}}', known)).status).toBe(400);
    expect((await post('/api/call/getStatus', { a: 'x'.repeat(1_000_000) }, known)).status).toBe(413);
  });

  test('is not kept by any cache', async () => {
    const answer = await post('/api/call/listConnections', {}, await signIn());
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('the address of a request', () => {
  test('must name this computer and this port', async () => {
    const known = await signIn();
    for (const bad of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1:${port + 1}`,
      '127.0.0.1',
      `127.0.0.2:${port}`,
    ]) {
      expect((await post('/api/call/getStatus', {}, { ...known, host: bad })).status).toBe(403);
      expect((await send('/', { headers: { host: bad } })).status).toBe(403);
    }
    for (const good of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect((await post('/api/call/listConnections', {}, { ...known, host: good })).status).toBe(200);
    }
  });

  test('refuses pages of other origins, even with every credential', async () => {
    const known = await signIn();
    for (const origin of ['https://evil.example', `http://localhost:${port}`, `https://127.0.0.1:${port}`, 'null']) {
      const answer = await post('/api/call/getStatus', {}, { ...known, origin });
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect((await post('/api/session', { token }, { origin })).status).toBe(403);
    }
    expect((await post('/api/call/getStatus', {}, { ...known, 'sec-fetch-site': 'same-site' })).status).toBe(403);
    const own = { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' };
    expect((await post('/api/call/getStatus', {}, { ...known, ...own })).status).toBe(200);
  });

  test('answers no preflight', async () => {
    const answer = await send('/api/call/getStatus', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the files', () => {
  test('come with a policy that allows nothing but the window itself', async () => {
    const answer = await send('/');
    expect(answer.status).toBe(200);
    const policy = answer.headers['content-security-policy'];
    for (const part of ["default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toContain('unsafe');
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
  });

  test('give the page for every place in the window, whatever its name', async () => {
    for (const path of [
      '/connections',
      '/c/contoso/log?status=failure',
      '/c/contoso.example/overview',
      '/c/contoso.example',
    ]) {
      const answer = await send(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.text).toContain('The window');
    }
    expect((await send('/assets/main-a1b2c3d4.js')).headers['cache-control']).toContain('immutable');
    for (const path of ['/assets/none.js', '/favicon.ico', '/api/none']) expect((await send(path)).status).toBe(404);
  });

  test('lie in the folder of the window, and nothing above it is reachable', async () => {
    const paths = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/..%5csecret.txt',
      '//secret.txt',
      '/%00/secret.txt',
      `/${encodeURIComponent(join(folder, 'secret.txt'))}`,
    ];
    for (const path of paths) expect((await send(path)).text).not.toContain('not for you');
  });
});

describe('the events', () => {
  test('stream as lines of JSON, and the subscription ends with the connection', async () => {
    const stream = await openEvents(await signIn());
    expect(stream.status).toBe(200);
    const lines = createInterface({ input: stream.body })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('');
    app.emit('dataChanged', { connectionId: 'c1', what: 'run' });
    expect(JSON.parse((await lines.next()).value as string)).toEqual({
      name: 'dataChanged',
      payload: { connectionId: 'c1', what: 'run' },
    });
    expect(app.listenerCount()).toBe(3);
    stream.stop();
    await expect.poll(() => app.listenerCount()).toBe(0);
  });

  test('need the same credentials as a call', async () => {
    const { cookie } = await signIn();
    const stream = await openEvents({ cookie });
    expect(stream.status).toBe(401);
    stream.stop();
    expect(app.listenerCount()).toBe(0);
  });
});

describe('the start', () => {
  test('names the port when it is taken', async () => {
    const error: unknown = await startWebHost({ app, rendererDirectory, port }).catch((reason: unknown) => reason);
    expect(isAppError(error) && error.failure).toMatchObject({
      code: 'input-invalid',
      fields: [{ field: 'port' }],
    });
  });

  test('says that the window was not built', async () => {
    const error: unknown = await startWebHost({ app, rendererDirectory: join(folder, 'none') }).catch(
      (reason: unknown) => reason,
    );
    expect(isAppError(error) && error.code).toBe('file-unreadable');
  });

  test('closes while a window still listens', async () => {
    const other = await startWebHost({ app, rendererDirectory });
    const before = port;
    port = Number(new URL(other.url).port);
    try {
      const session = await post('/api/session', {
        token: new URLSearchParams(new URL(other.url).hash.slice(1)).get('token'),
      });
      const { key } = JSON.parse(session.text) as { key: string };
      const cookie = session.headers['set-cookie']?.[0] ?? '';
      const stream = await openEvents({ cookie, 'x-unifi-monitor-key': key });
      expect(stream.status).toBe(200);
      await other.close();
      expect(app.listenerCount()).toBe(0);
    } finally {
      port = before;
    }
  });
});
