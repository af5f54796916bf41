/**
 * Asks for the next element while the consumer still works on the present one, one ahead and no more: storing a page
 * and waiting for the next one then overlap. Ends the source when the consumer stops early.
 */
export async function* prefetch<T>(source: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const current = await next;
      if (current.done) return;
      next = iterator.next();
      // A failure is thrown when its turn comes; until then nobody awaits it.
      next.catch(() => undefined);
      yield current.value;
    }
  } finally {
    await iterator.return?.();
  }
}
