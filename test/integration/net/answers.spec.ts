import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cloud } from '../../../src-main/contract/models/connection.ts';
import { authorityOrigin, cloudLabel, hostsOf, isLoopback } from '../../../src-main/adapters/net/clouds.ts';
import { parseJson, readText } from '../../../src-main/adapters/net/read-answer.ts';
import { redirectTarget } from '../../../src-main/adapters/net/redirects.ts';
import { readRetryAfter } from '../../../src-main/adapters/net/retry-after.ts';
import { failureOf } from '../../support/failure-of.ts';

const nowMs = Date.parse('2026-11-20T12:00:00Z');
const headers = (given: Record<string, string>) => new Headers(given);

describe('Retry-After', () => {
  test.each([
    [{}, null],
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0' }, 1_000],
    [{ 'retry-after': '2.5' }, 2_500],
    [{ 'retry-after': '86400' }, 300_000],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-3' }, null],
    [{ 'x-ms-retry-after-ms': '1500', 'retry-after': '60' }, 1_500],
    [{ 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, 1_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 13:00:10 GMT', date: 'Fri, 20 Nov 2026 13:00:00 GMT' }, 10_000],
  ])('%j means %s ms', (given, expected) => {
    expect(readRetryAfter(headers(given), nowMs)).toBe(expected);
  });

  test('whatever it says, the wait is between a second and five minutes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double().map(String),
          fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
          fc.string(),
        ),
        (text) => {
          const waitMs = readRetryAfter({ get: (name) => (name === 'retry-after' ? text : null) }, nowMs);
          expect(waitMs === null || (waitMs >= 1_000 && waitMs <= 300_000)).toBe(true);
        },
      ),
    );
  });
});

describe('answers', () => {
  test('of a web page only the first tag is told', () => {
    const read = () => parseJson('\n<HTML><title>kim.reed</title>', 'application/json', 'users');
    expect(read).toThrow('users answered a web page (<html>) where JSON was expected.');
  });

  test('broken JSON is not quoted', () => {
    expect(() => parseJson('{"token": "s3cret', 'application/json', 'users')).toThrow(
      /^users answered broken JSON\.$/u,
    );
    expect(() => parseJson('', null, 'users')).toThrow('answered nothing');
  });

  test('an answer without end is cut off', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(1024));
      },
    });
    const failure = await failureOf(readText({ status: 200, headers: headers({}), body }, 'users', 10_000));
    expect(failure.code).toBe('response-unexpected');
    expect(sent).toBeLessThan(20);
  });

  test('characters that were cut between two pieces are read whole', async () => {
    const bytes = new TextEncoder().encode('{"name":"Zoë Čapek 李"}');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await readText({ status: 200, headers: headers({}), body }, 'users', 1_000)).toBe('{"name":"Zoë Čapek 李"}');
  });
});

describe('redirects', () => {
  const from = 'https://graph.contoso.example/v1.0/users';
  test('stay on their origin', () => {
    expect(redirectTarget(from, '/v1.0/x', 'users')).toBe('https://graph.contoso.example/v1.0/x');
  });
  test.each([
    'https://evil.example/',
    'http://graph.contoso.example/v1.0/users',
    'https://graph.contoso.example:8443/',
    'https://graph.contoso.example@evil.example/',
    '//evil.example/x',
    'javascript:alert(1)',
  ])('%s is refused', (location) => {
    expect(() => redirectTarget(from, location, 'users')).toThrow('refused');
  });
});

describe('hosts of the clouds', () => {
  test('a national cloud has its own sign-in and Graph', () => {
    expect(hostsOf('usgov-dod')).toMatchObject({
      authority: 'https://login.microsoftonline.us',
      graph: 'https://dod-graph.microsoft.us',
    });
    expect(authorityOrigin('china')).toBe('https://login.chinacloudapi.cn');
    expect(cloudLabel('global')).toBe('Microsoft Entra (global)');
  });

  test.each(['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:9', 'https://graph.custom.example'])(
    '%s may be a custom host',
    (graph) => {
      expect(hostsOf({ authority: graph, graph }).graph).toBe(new URL(graph).origin);
    },
  );

  test.each([
    'http://graph.custom.example',
    'http://127.0.0.1.evil.example',
    'https://user:pass@graph.custom.example',
    'https://graph.custom.example/path',
    'file:///etc',
    'nonsense',
  ])('%s may not', (graph) => {
    const cloud: Cloud = { authority: 'https://login.custom.example', graph };
    expect(() => hostsOf(cloud)).toThrow('cloud.graph');
    expect(isLoopback(graph)).toBe(false);
  });
});
