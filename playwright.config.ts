import { defineConfig } from '@playwright/test';
import { findBrowser } from './test/support/browser.ts';

const { executable, args } = await findBrowser();

/** Tests of the built window in a real browser, and of the Electron bundles over a stand-in (test/e2e/support). */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: executable, args },
    viewport: { width: 1360, height: 860 },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
