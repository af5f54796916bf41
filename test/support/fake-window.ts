import { fileURLToPath } from 'node:url';
import type { MethodName } from '../../src-main/contract/api.ts';
import type { Result } from '../../src-main/contract/failure.ts';
import { startWebHost } from '../../src-main/hosts/web/server.ts';
import { createFakeApi, type FakeApi, type FakeApiOptions } from './fake-api.ts';

/** The built window over the real web host, with the fake program behind it. */
export interface FakeWindow {
  /** With the one-run token. */
  address: string;
  origin: string;
  fake: FakeApi;
  close(): Promise<void>;
}

/** Serves `out/renderer`; throws when the window was not built. */
export const startFakeWindow = async (
  options: FakeApiOptions = {},
  rendererDirectory = fileURLToPath(new URL('../../out/renderer', import.meta.url)),
): Promise<FakeWindow> => {
  const fake = createFakeApi(options);
  const host = await startWebHost({
    app: {
      call: (method, input) => {
        const call = fake.api[method as MethodName] as (input: unknown) => Promise<Result<unknown>>;
        return call(input);
      },
      on: (name, listener) => fake.subscribe(name, listener),
    },
    rendererDirectory,
  });
  return { address: host.url, origin: new URL(host.url).origin, fake, close: () => host.close() };
};
