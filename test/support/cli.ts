import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../src-main/contract/failure.ts';
import { runCommandLine } from '../../src-main/hosts/cli/run-command-line.ts';

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

/** What of the caller's environment a command would follow. */
const steering = /^(?:AZURE_|GRAPH_|UNIFI_|FORCE_COLOR$|NO_COLOR$|XDG_|(?:https?|no)_proxy$)/iu;

/** Runs work with another environment and output, and listeners of signals that go with it. */
const withOwnProcess = async (env: Record<string, string>, work: () => Promise<void>): Promise<CliRun> => {
  const { env: before, exitCode } = process;
  const writers = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));
  const signals = (['SIGINT', 'SIGTERM'] as const).map((signal) => ({ signal, known: process.listeners(signal) }));
  const texts = { stdout: '', stderr: '' };
  const into = (name: keyof typeof texts) => (chunk: string | Uint8Array) => {
    texts[name] += chunk.toString();
    return true;
  };
  process.env = { ...Object.fromEntries(Object.entries(before).filter(([key]) => !steering.test(key))), ...env };
  process.exitCode = undefined;
  process.stdout.write = into('stdout');
  process.stderr.write = into('stderr');
  try {
    await work();
    return { code: Number(process.exitCode ?? 0), ...texts };
  } finally {
    for (const { stream, write } of writers) stream.write = write;
    for (const { signal, known } of signals)
      for (const listener of process.listeners(signal)) {
        if (!known.includes(listener)) process.off(signal, listener);
      }
    process.env = before;
    process.exitCode = exitCode;
  }
};

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the command line to its end in this process: the same grammar, words, Results and exit codes as the program has,
 * without the time that a program takes to start. For all that is not about the program itself, its input, signals or
 * several at once: one runs after the other, since environment and output belong to the process.
 */
export const runHere = (args: string[], options: { env?: Record<string, string> } = {}): Promise<CliRun> => {
  const run = last.then(() =>
    withOwnProcess(options.env ?? {}, () => runCommandLine(['node', 'unifi-monitor', ...args])),
  );
  last = run.catch(() => undefined);
  return run;
};

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
