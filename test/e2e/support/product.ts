import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Input, MethodName, Output } from '../../../src-main/contract/api.ts';
import type { Result } from '../../../src-main/contract/failure.ts';

const launcher = fileURLToPath(new URL('../../../src-main/hosts/launch.mjs', import.meta.url));

/** The program as a user starts it, serving its window, with a data directory of its own. */
export interface Product {
  /** Opens the window: origin and one-run token. */
  address: string;
  origin: string;
  dataDirectory: string;
  /** A call of the contract over HTTP, beside the window. Throws when it fails. */
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  close(): Promise<void>;
}

export interface ProductOptions {
  /** Added to a bare environment. */
  env?: Record<string, string>;
  /** Kept when the product closes; without one, it has an empty directory of its own. */
  dataDirectory?: string;
}

/** Starts `unifi-monitor serve` on a free port. */
export const startProduct = async (options: ProductOptions = {}): Promise<Product> => {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'unifi-monitor-e2e-')));
  const child = spawn(process.execPath, [launcher, 'serve', '--json', '--data-dir', dataDirectory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: dataDirectory, ...options.env },
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const exited = once(child, 'exit');
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    if (!options.dataDirectory) await rm(dataDirectory, { recursive: true, force: true });
  };
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(() => ['']),
  ])) as [string];
  if (line === '') throw new Error(`The program ended at once:\n${complaints}`);
  const { value } = JSON.parse(line) as { value: { address: string } };
  const { origin, hash } = new URL(value.address);
  const exchange = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') }),
  });
  const { key } = (await exchange.json()) as { key: string };
  const cookie = exchange.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    address: value.address,
    origin,
    dataDirectory,
    async call(method, input) {
      const response = await fetch(`${origin}/api/call/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-unifi-monitor-key': key, cookie },
        body: JSON.stringify(input),
      });
      const result = (await response.json()) as Result<Output<typeof method>>;
      if (!result.ok) throw new Error(`${method}: ${result.failure.code}: ${result.failure.message}`);
      return result.value;
    },
    close,
  };
};
