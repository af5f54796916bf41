// Runs every check and test, to the end, and closes with "N passed, N failed". Plain JavaScript: it starts in whatever
// Node the machine has and goes on in the product's own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../src-main/hosts/launcher/build-window.mjs';
import { withCompileCache } from '../src-main/hosts/launcher/compile-cache.mjs';
import { requireNode } from '../src-main/hosts/launcher/own-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results');
const node = requireNode();
const onlyChecks = process.argv.includes('--check');

/** npm's own settings are no business of the tests. The Node that started the run is what users have: the launcher is tried with it. */
const env = {
  ...Object.fromEntries(Object.entries(withCompileCache()).filter(([name]) => !/^npm_/iu.test(name))),
  NO_COLOR: '1',
  UNIFI_MONITOR_TEST_NODE: process.execPath,
};

/** @param {string[]} args of Node @returns {Promise<{ code: number, output: string, seconds: number }>} */
const runNode = (args) =>
  new Promise((resolve) => {
    const startedAt = Date.now();
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const end = (/** @type {number | null} */ code) =>
      resolve({ code: code ?? 1, output, seconds: Math.round((Date.now() - startedAt) / 1000) });
    child.once('error', () => end(1));
    child.once('close', end);
  });

const bin = (/** @type {string} */ path) => join(root, 'node_modules', ...path.split('/'));

let passed = 0;
let failed = 0;

/** @param {string} name @param {{ passed: number, failed: number }} counts @param {number} seconds @param {string} output */
const report = (name, counts, seconds, output) => {
  passed += counts.passed;
  failed += counts.failed;
  process.stdout.write(`${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)\n`);
  if (counts.failed > 0) process.stdout.write(`${output.trimEnd()}\n\n`);
};

/** A check counts as one test. @type {[string, string[]][]} */
const checks = [
  ['types of src-main and test', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  ['types of contract and core, without Node or DOM', [bin('typescript/bin/tsc'), '-p', 'tsconfig.pure.json']],
  [
    'types of the window',
    [bin('svelte-check/bin/svelte-check'), '--tsconfig', 'tsconfig.renderer.json', '--output', 'human'],
  ],
  ['lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint/']],
  ['layout (prettier)', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['unused files, exports and packages (knip)', [bin('knip/bin/knip.js'), '--no-progress']],
];

const runChecks = async () => {
  const waiting = [...checks];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { code, output, seconds } = await runNode(next[1]);
      report(next[0], code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, seconds, output);
    }
  };
  await Promise.all([work(), work()]);
};

/**
 * A runner that fails without naming a failed test (a file that does not load, an unhandled error, no report at all)
 * counts as one failure.
 * @param {string} name
 * @param {string[]} args
 * @param {string} file
 * @param {(report: any) => { passed: number, failed: number }} count
 */
const runTests = async (name, args, file, count) => {
  const { code, output, seconds } = await runNode(args);
  const counts = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 };
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
  report(name, counts, seconds, output);
};

const vitestReport = join(results, 'vitest.json');
const playwrightReport = join(results, 'playwright.json');

rmSync(vitestReport, { force: true });
rmSync(playwrightReport, { force: true });
mkdirSync(results, { recursive: true });

const startedAt = Date.now();
await runChecks();
if (!onlyChecks) {
  const built = await ensureBuilt();
  report('build', built ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, 0, 'The window could not be built.');
  await runTests(
    'unit, integration, contract and architecture tests',
    [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    vitestReport,
    (json) => {
      const broken = json.testResults.filter(
        (/** @type {any} */ suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
      ).length;
      return { passed: json.numPassedTests, failed: json.numFailedTests + broken };
    },
  );
  await runTests(
    'end-to-end tests in a browser',
    [bin('@playwright/test/cli.js'), 'test'],
    playwrightReport,
    ({ stats, errors }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }),
  );
}
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
process.stdout.write(`\nIn ${minutes} min.\n${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
