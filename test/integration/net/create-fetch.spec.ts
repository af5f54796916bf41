import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import { networkFailure } from '../../../src-main/adapters/net/network-failure.ts';
import { startJsonServer, type JsonServer } from '../../support/json-server.ts';

let server: JsonServer;
beforeEach(async () => {
  server = await startJsonServer(({ url }) =>
    url.pathname === '/moved' ? { status: 302, headers: { location: '/new' } } : { body: { ok: true } },
  );
});
afterEach(() => server.close());

/** A proxy that leads every name to the server of the test. */
const startProxy = async () => {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const proxy: Server = createServer((_, response) => response.writeHead(501).end());
  proxy.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    const upstream = connect(Number(new URL(server.origin).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.on('error', () => one.destroy());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      }),
  };
};

describe('proxy of the environment', () => {
  test('carries other hosts, never loopback, and obeys NO_PROXY', async () => {
    const proxy = await startProxy();
    const fetch = createFetch({ HTTP_PROXY: proxy.url, NO_PROXY: 'direct.contoso.example' });
    const answer = await fetch('http://service.contoso.example/x');
    expect(await answer.json()).toEqual({ ok: true });
    expect(proxy.asked).toEqual(['service.contoso.example:80']);
    await (await fetch(`${server.origin}/y`)).json();
    await expect(fetch('http://direct.contoso.example:9/')).rejects.toThrow();
    expect(proxy.asked).toHaveLength(1);
    await proxy.close();
  });
});

describe('proxy of the operating system', () => {
  const url = 'http://service.contoso.example/x';

  test('carries other hosts, never loopback, and is asked for each of them once in a while', async () => {
    const proxy = await startProxy();
    const asked: string[] = [];
    const systemProxy = async (of: string): Promise<string> => {
      asked.push(of);
      return `PROXY ${new URL(proxy.url).host}; DIRECT`;
    };
    const fetch = createFetch({}, { systemProxy });
    for (const path of ['x', 'y?secret=1']) {
      const answer = await fetch(`http://service.contoso.example/${path}`);
      expect(await answer.json()).toEqual({ ok: true });
    }
    await (await fetch(`${server.origin}/y`)).json();
    expect(proxy.asked.every((host) => host === 'service.contoso.example:80')).toBe(true);
    expect(proxy.asked).not.toHaveLength(0);
    // Of an address no more than its origin: a script of the network sees it.
    expect(asked).toEqual(['http://service.contoso.example/']);
    await proxy.close();
  });

  test('gives way to that of the environment', async () => {
    const proxy = await startProxy();
    const systemProxy = (): Promise<string> => Promise.reject(new Error('asked'));
    const fetch = createFetch({ HTTP_PROXY: proxy.url }, { systemProxy });
    expect(await (await fetch(url)).json()).toEqual({ ok: true });
    await proxy.close();
  });

  test('of a kind that cannot be used is named', async () => {
    const fetch = createFetch({}, { systemProxy: async () => 'SOCKS5 127.0.0.1:1080' });
    const { failure } = networkFailure(await fetch(url).catch((error: unknown) => error), url);
    expect(failure).toMatchObject({
      code: 'network-unreachable',
      message: expect.stringContaining('(SOCKS5)') as string,
      advice: expect.stringContaining('HTTPS_PROXY') as string,
    });
  });
});

test('a proxy that refuses is named as the one who did', async () => {
  const proxy = createServer();
  proxy.on('connect', (_, socket: Socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const fetch = createFetch({ HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  const url = 'https://graph.contoso.example/';
  const { failure } = networkFailure(await fetch(url).catch((error: unknown) => error), url);
  expect(failure).toMatchObject({ code: 'network-unreachable', message: expect.stringContaining('proxy') as string });
  await new Promise((resolve) => proxy.close(resolve));
});

test('a proxy that cannot be reached is named, and not the host behind it', async () => {
  const url = 'https://graph.contoso.example/';
  const fetch = createFetch({ HTTPS_PROXY: 'http://127.0.0.1:9' });
  const { failure } = networkFailure(await fetch(url).catch((error: unknown) => error), url);
  expect(failure).toMatchObject({
    code: 'network-unreachable',
    message: expect.stringContaining('the proxy 127.0.0.1:9 stands in between, and nothing answers') as string,
  });
  // As Node tells that it does not know a name; no name is looked up in tests.
  const inner = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND', hostname: 'proxy.contoso.example' });
  const unknown = networkFailure(new TypeError('fetch failed', { cause: inner }), url).failure;
  expect(unknown.message).toContain('the proxy proxy.contoso.example stands in between, and its name is not known');
  const own = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND', hostname: 'graph.contoso.example' });
  expect(networkFailure(new TypeError('fetch failed', { cause: own }), url).failure.message).not.toContain('proxy ');
});

test('never follows a redirect by itself', async () => {
  const answer = await createFetch({})(`${server.origin}/moved`);
  expect(answer.status).toBe(302);
  expect(server.calls.map((call) => call.path)).toEqual(['/moved']);
});

describe('failures in words', () => {
  const failureFrom = async (work: Promise<unknown>, url: string, signal?: AbortSignal) =>
    networkFailure(await work.catch((error: unknown) => error), url, signal).failure;

  test('nothing listens', async () => {
    const closed = await startJsonServer(() => ({}));
    await closed.close();
    const url = closed.origin;
    const failure = await failureFrom(createFetch({})(url), url);
    expect(failure).toMatchObject({
      code: 'network-unreachable',
      message: expect.stringContaining('nothing answers') as string,
    });
  });

  test('a server that does not answer in time', async () => {
    const slow = await startJsonServer(() => new Promise(() => undefined));
    const failure = await failureFrom(createFetch({}, { headersTimeoutMs: 50 })(slow.origin), slow.origin);
    expect(failure.code).toBe('timed-out');
    await slow.close();
  });

  test('a caller who gave up', async () => {
    const slow = await startJsonServer(() => new Promise(() => undefined));
    const controller = new AbortController();
    const work = createFetch({})(slow.origin, { signal: controller.signal });
    controller.abort();
    expect((await failureFrom(work, slow.origin, controller.signal)).code).toBe('cancelled');
    await slow.close();
  });

  test.each([
    ['ENOTFOUND', 'DNS'],
    ['CERT_HAS_EXPIRED', 'TLS'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS'],
    ['ECONNRESET', 'closed in the middle'],
  ])('%s reads as %s', (code, words) => {
    const error = new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });
    const { failure } = networkFailure(error, 'https://graph.contoso.example/v1.0/users?secret=1');
    expect(failure.code).toBe('network-unreachable');
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain('secret');
  });
});
