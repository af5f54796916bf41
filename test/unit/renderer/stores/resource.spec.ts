import { describe, expect, test } from 'vitest';
import type { Result } from '../../../../src-main/contract/failure.ts';
import { Resource } from '../../../../src-renderer/stores/resource.svelte.ts';

const deferred = <T>(): { promise: Promise<T>; resolve: (value: T) => void } => {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};
const ok = <T>(value: T): Result<T> => ({ version: 1, ok: true, value });
const failed: Result<never> = {
  version: 1,
  ok: false,
  failure: { code: 'timed-out', message: 'No answer.', advice: 'Try again.' },
};

describe('a resource', () => {
  test('goes from idle over loading to ready', async () => {
    const resource = new Resource<number>();
    expect(resource.state.kind).toBe('idle');
    const answer = deferred<Result<number>>();
    const done = resource.load(() => answer.promise);
    expect(resource.state).toEqual({ kind: 'loading', last: null });
    answer.resolve(ok(1));
    await done;
    expect(resource.state).toMatchObject({ kind: 'ready', data: 1 });
  });

  test('never lets a late answer replace a newer one', async () => {
    const resource = new Resource<string>();
    const early = deferred<Result<string>>();
    const first = resource.load(() => early.promise);
    await resource.load(() => Promise.resolve(ok('new')));
    early.resolve(ok('old'));
    await first;
    expect(resource.data).toBe('new');
    expect(resource.loading).toBe(false);
  });

  test('keeps older data beside a failure', async () => {
    const resource = new Resource<string>();
    await resource.load(() => Promise.resolve(ok('old')));
    await resource.load(() => Promise.resolve(failed));
    expect(resource.failure?.code).toBe('timed-out');
    expect(resource.data).toBe('old');
  });

  test('drops an answer that comes after it was cleared', async () => {
    const resource = new Resource<string>();
    const late = deferred<Result<string>>();
    const done = resource.load(() => late.promise);
    resource.clear();
    late.resolve(ok('of another connection'));
    await done;
    expect(resource.state.kind).toBe('idle');
  });
});
