import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../src-main/contract/failure.ts';

const launcher = fileURLToPath(new URL('../../src-main/hosts/launch.mjs', import.meta.url));

export interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  env?: Record<string, string>;
  input?: string;
  /** The reader of stdout goes away before anything is written. */
  closedOutput?: boolean;
}

/** An environment without the caller's own secrets and settings. */
const cleanEnvironment = (env: Record<string, string> | undefined): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  ...env,
});

const start = (args: string[], options: CliOptions): ChildProcess => {
  const child = spawn(process.execPath, [launcher, ...args], { env: cleanEnvironment(options.env), stdio: 'pipe' });
  child.stdin?.end(options.input ?? '');
  if (options.closedOutput) child.stdout?.destroy();
  return child;
};

/** Runs the command line to its end, as a script would: no terminal, input from a pipe. */
export const runCli = (args: string[], options: CliOptions = {}): Promise<CliRun> =>
  new Promise((resolve, reject) => {
    const child = start(args, options);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

/** The Result that `--json` printed; fails when stdout holds anything else. */
export const resultOf = <T>(run: CliRun): Result<T> => JSON.parse(run.stdout) as Result<T>;

export const valueOf = <T>(run: CliRun): T => {
  const result = resultOf<T>(run);
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}\n${run.stderr}`);
  return result.value;
};

/** A command that runs until it is stopped: gives its first line of JSON. */
export const startCli = async <T>(
  args: string[],
  options: CliOptions = {},
): Promise<{ value: T; child: ChildProcess; stop(): Promise<number | null> }> => {
  const child = start(args, options);
  let text = '';
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const first = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    void ended.then((code) => reject(new Error(`ended with ${code} before its first line: ${errors}`)));
  });
  const result = JSON.parse(await first) as Result<T>;
  if (!result.ok) throw new Error(result.failure.message);
  return {
    value: result.value,
    child,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
};

export const temporaryDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'unifi-monitor-test-'));
