import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../../../src-main/hosts/launch.mjs', import.meta.url));
/** The Node that users have, which may be older than the one that runs these tests. */
const userNode = process.env['UNIFI_MONITOR_TEST_NODE'] ?? process.execPath;
const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-launch-'));

const running = new Set<ChildProcess>();

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A bare environment: no display, no way to open a browser, nothing to download from. */
const bare = (env: Record<string, string> = {}): Record<string, string> => ({
  PATH: dirname(userNode),
  HOME: folder,
  UNIFI_MONITOR_DATA_DIR: join(folder, 'data'),
  ELECTRON_MIRROR: 'http://127.0.0.1:1/',
  ...env,
});

interface Run {
  child: ChildProcess;
  out(): string;
  err(): string;
  ended: Promise<number | null>;
}

const launch = (args: string[], env?: Record<string, string>): Run => {
  const child = spawn(userNode, [launcher, ...args], { env: bare(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  running.add(child);
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  // The sources may be newer than the build: then it builds first, and says so.
  return { child, out: () => out, err: () => err.replace(/^Building the window.*\n/u, ''), ended };
};

const served = async (run: Run): Promise<string> => {
  const shown = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/u;
  while (!shown.test(run.out())) {
    const ended = await Promise.race([run.ended, new Promise<'runs'>((resolve) => setTimeout(resolve, 50, 'runs'))]);
    if (ended !== 'runs') throw new Error(`It ended with ${ended} before it served anything:\n${run.err()}`);
  }
  return shown.exec(run.out())?.[0] ?? '';
};

describe('the command line', () => {
  test('starts in whatever Node the machine has', async () => {
    const run = launch(['--help']);
    expect(await run.ended).toBe(0);
    for (const command of ['demo', 'connect', 'collect', 'check', 'serve']) expect(run.out()).toContain(command);
    expect(run.err()).toBe('');
  });

  test('gives the exit code of the command', async () => {
    const run = launch(['status', '--json']);
    expect(await run.ended).toBe(2);
    expect(JSON.parse(run.out())).toMatchObject({ ok: false, failure: { code: 'connection-unknown' } });
  });

  test('does not wait for the window where a command needs none', async () => {
    const run = launch(['demo', '--help']);
    expect(await run.ended).toBe(0);
    expect(run.err()).toBe('');
  });
});

describe('start', () => {
  test('tells what it does', async () => {
    const run = launch(['start', '--help']);
    expect(await run.ended).toBe(0);
    expect(run.out()).toContain('unifi-monitor start');
  });

  test.runIf(process.platform === 'linux')(
    'serves the window where there is no display, saying so in one line',
    async () => {
      const run = launch(['start']);
      const address = await served(run);
      expect((await fetch(address)).status).toBe(200);
      await expect
        .poll(() => run.err().split('\n')[0])
        .toBe('No Electron window: this computer has no display. Serving the window for your browser instead.');
      run.child.kill('SIGTERM');
      expect(await run.ended).toBe(0);
    },
  );

  test('serves the window where the runtime cannot be downloaded', async () => {
    const run = launch(['start'], { DISPLAY: ':99' });
    await served(run);
    await expect.poll(run.err).toContain('could not be downloaded. Serving the window');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
  });

  test.runIf(process.platform !== 'win32')(
    'opens Electron where its runtime is present, and ends with its exit code',
    async () => {
      const runtime = join(folder, 'runtime');
      const file = process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
      mkdirSync(dirname(join(runtime, file)), { recursive: true });
      writeFileSync(join(runtime, file), `#!/bin/sh\necho "$@" > "${join(folder, 'arguments')}"\n`);
      chmodSync(join(runtime, file), 0o755);
      const run = launch(['start', '--data-dir', '/elsewhere'], {
        DISPLAY: ':99',
        ELECTRON_OVERRIDE_DIST_PATH: runtime,
      });
      expect(await run.ended).toBe(0);
      expect(readFileSync(join(folder, 'arguments'), 'utf8').trim()).toMatch(/ --data-dir \/elsewhere$/u);
      expect(run.err()).toBe('');
    },
  );

  test.runIf(process.platform !== 'win32')('serves the window when Electron does not come up', async () => {
    const runtime = join(folder, 'broken');
    const file = process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
    mkdirSync(dirname(join(runtime, file)), { recursive: true });
    writeFileSync(join(runtime, file), '#!/bin/sh\nexit 127\n', { mode: 0o755 });
    const run = launch(['start'], { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: runtime });
    await served(run);
    await expect.poll(run.err).toContain('Electron could not start here (exit code 127)');
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
  });
});

describe('the download of the runtime', () => {
  test('is given up when nothing comes', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const module = new URL('../../../src-main/hosts/launcher/electron-runtime.mjs', import.meta.url).href;
    const code = `import { findElectron } from ${JSON.stringify(module)};
      console.log(JSON.stringify(await findElectron({ stalledMs: 1500, longestMs: 60000 })));`;
    const child = spawn(userNode, ['--input-type=module', '-e', code], {
      env: bare({ DISPLAY: ':99', ELECTRON_MIRROR: `http://127.0.0.1:${port}/` }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    await once(child, 'close');
    silent.close();
    expect(JSON.parse(out)).toEqual({ because: 'the Electron runtime is not here and could not be downloaded' });
  });
});
