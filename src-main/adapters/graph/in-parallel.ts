/**
 * Works on the inputs with at most `limit` at the same time, and yields the results in the order of the inputs. The
 * first error ends it; work that has begun is awaited, so that nothing goes on behind the caller's back.
 */
export async function* inParallel<I, O>(
  inputs: readonly I[],
  limit: number,
  work: (input: I) => Promise<O>,
): AsyncGenerator<O, void, undefined> {
  const running: Promise<O>[] = [];
  let next = 0;
  const startMore = (): void => {
    while (running.length < limit && next < inputs.length) {
      const result = work(inputs[next] as I);
      next += 1;
      // Its failure is thrown when its turn comes; until then nobody awaits it.
      void result.catch(() => undefined);
      running.push(result);
    }
  };
  try {
    startMore();
    while (running.length > 0) {
      const result = await (running[0] as Promise<O>);
      void running.shift();
      startMore();
      yield result;
    }
  } finally {
    await Promise.allSettled(running);
  }
}
