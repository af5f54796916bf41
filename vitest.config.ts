import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** Node tests and component tests; the browser tests have a runner of their own (test/e2e). */
export default defineConfig({
  test: {
    // Left to itself it keeps a core free; the tests wait for programs that they started, most of the time.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.spec.ts'],
          exclude: ['test/unit/renderer/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // They share nothing that one of them could leave behind: starting a process for each takes longer than they do.
          isolate: false,
        },
      },
      {
        test: {
          name: 'node',
          include: ['test/{integration,contract,architecture}/**/*.spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Threads of the product start from what the program keeps of its sources: less than half the time.
          env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('.cache/node', import.meta.url)) },
        },
      },
      {
        plugins: [svelte(), svelteTesting()],
        test: { name: 'renderer', environment: 'happy-dom', include: ['test/unit/renderer/**/*.spec.ts'] },
      },
    ],
  },
});
