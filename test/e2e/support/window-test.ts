import { test as base } from '@playwright/test';
import { startProduct, type Product } from './product.ts';

interface WorkerFixtures {
  /** The program without any connection. */
  emptyProduct: Product;
  /** The program with the demo tenant opened, collected and cross-checked (60 people, 20 days). */
  demoProduct: Product & { connection: string };
}

interface TestFixtures {
  /** A program of the test's own, without any connection: for tests that make one. */
  ownProduct: Product;
}

/** Playwright's test with the program running beside the browser, started once for each worker that needs it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  ownProduct: async ({}, use) => {
    const product = await startProduct();
    await use(product);
    await product.close();
  },
  emptyProduct: [
    // Playwright reads the fixtures that this one needs from its pattern: none.
    async ({}, use) => {
      const product = await startProduct();
      await use(product);
      await product.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  demoProduct: [
    async ({}, use) => {
      const product = await startProduct();
      try {
        const { connection } = await product.call('openDemo', { callId: 'open', options: { people: 60, days: 20 } });
        await product.call('check', { connection: connection.id, callId: 'check' });
        await use({ ...product, connection: connection.id });
      } finally {
        await product.close();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export { expect } from '@playwright/test';
