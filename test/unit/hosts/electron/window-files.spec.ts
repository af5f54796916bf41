import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWindowFiles } from '../../../../src-main/hosts/electron/window-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-files-'));
const files = createWindowFiles(join(folder, 'renderer'));
const get = (path: string, method = 'GET'): Promise<Response> =>
  files(new Request(`unifi-monitor://window${path}`, { method }));

beforeAll(() => {
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), 'the page');
  writeFileSync(join(folder, 'renderer', 'assets', 'main.js'), 'export {};');
  writeFileSync(join(folder, 'renderer', 'data.bin'), 'unknown');
  writeFileSync(join(folder, 'secret.html'), 'not for you');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('gives the page for every place in the window, with its policy', async () => {
  for (const path of ['/', '/connections', '/c/contoso.example/overview?x=1']) {
    const answer = await get(path);
    expect(await answer.text()).toBe('the page');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(answer.headers.get('content-type')).toContain('text/html');
  }
});

test('gives built files with their type', async () => {
  const answer = await get('/assets/main.js');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/javascript');
});

test('gives nothing else', async () => {
  for (const path of ['/..%2fsecret.html', '/%2e%2e%2fsecret.html', '/c/..%2f..%2fsecret.html']) {
    expect(await (await get(path)).text()).not.toContain('not for you');
  }
  const paths = ['/assets/none.js', '/data.bin', '/assets/..%2f..%2fsecret.html', '/assets/%00.js', '/%E0%A4%A.html'];
  for (const path of paths) {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect((await get('/', 'POST')).status).toBe(404);
  expect((await files(new Request('unifi-monitor://other/'))).status).toBe(404);
});
