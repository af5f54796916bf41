// Runs every benchmark, one after the other in a process of its own, and writes bench-results/results.json and .md with
// the machine named. Arguments choose benchmarks by name; BENCH_SCALE=0.01 makes all of them smaller.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../src-main/hosts/launcher/build-window.mjs';
import { requireNode } from '../../src-main/hosts/launcher/own-node.mjs';

/**
 * @typedef {{ name: string, value: number, unit: string, target?: string, met?: boolean }} Figure
 * @typedef {{ processor: string, cores: number, memoryGb: number, system: string, node: string }} Machine
 * @typedef {{ name: string, figures: Figure[], seconds: number, ranAt: string, machine?: Machine, error?: string }} Outcome
 */

const folder = fileURLToPath(new URL('.', import.meta.url));
const results = fileURLToPath(new URL('../../bench-results/', import.meta.url));
const node = requireNode();
const wanted = process.argv.slice(2);
const scale = Number(process.env.BENCH_SCALE ?? '1');

/** @returns {Machine} */
const thisMachine = () => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.versions.node,
});

/** @param {string} file @returns {Promise<Outcome>} */
const runOne = (file) =>
  new Promise((resolve) => {
    const name = file.replace('.bench.ts', '');
    const startedAt = Date.now();
    const ranAt = new Date(startedAt).toISOString();
    const machine = thisMachine();
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', '--expose-gc', join(folder, file)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, BENCH_SCALE: String(scale) },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    const end = (/** @type {number | null} */ code) => {
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      try {
        // The result is the last line; anything before it is a benchmark's own remark.
        const result = JSON.parse(output.trim().split('\n').at(-1) ?? '');
        if (code !== 0) throw new Error(`exit code ${code}`);
        resolve({ name: result.name, figures: result.figures, seconds, ranAt, machine });
      } catch (error) {
        resolve({
          name,
          figures: [],
          seconds,
          ranAt,
          machine,
          error: error instanceof Error ? error.message : String(error),
        });
      }
    };
    child.once('error', () => end(1));
    child.once('close', end);
  });

/** @param {Figure} figure */
const verdict = (figure) => (figure.met === undefined ? '' : figure.met ? 'yes' : 'no');

/** @param {Machine | undefined} on */
const named = (on) =>
  on === undefined
    ? 'a machine that was not noted'
    : `${on.processor} (${on.cores} cores, ${on.memoryGb} GB), ${on.system}, Node ${on.node}`;

/** @param {{ ranAt: string, scale: number, benchmarks: Outcome[] }} report */
const asMarkdown = ({ ranAt, benchmarks, ...report }) => {
  const lines = ['# Benchmarks', '', `Last run at ${ranAt}, scale ${report.scale}.`, ''];
  for (const { name, figures, seconds, ranAt: at, machine, error } of benchmarks) {
    lines.push(`## ${name} (${seconds} s, ${at})`, '', `On ${named(machine)}.`, '');
    if (error) lines.push(`Failed: ${error}`, '');
    if (figures.length === 0) continue;
    lines.push('| figure | value | unit | target | met |', '|---|---|---|---|---|');
    for (const figure of figures) {
      const value = Number.isInteger(figure.value) ? figure.value : Number(figure.value.toPrecision(4));
      lines.push(`| ${figure.name} | ${value} | ${figure.unit} | ${figure.target ?? ''} | ${verdict(figure)} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
};

const files = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)))
  .sort();
if (files.length === 0) {
  process.stderr.write(`No benchmark is called ${wanted.join(', ')}.\n`);
  process.exit(2);
}
if (!(await ensureBuilt())) process.exit(70);

/**
 * Earlier files named one machine for all.
 * @param {{ machine?: Machine, benchmarks: Outcome[] }} report
 */
const readEarlier = ({ machine, benchmarks }) =>
  benchmarks.map((outcome) => (outcome.machine || !machine ? outcome : { ...outcome, machine }));

/** Benchmarks that were not run this time keep their last figures. @type {Outcome[]} */
const earlier =
  wanted.length > 0 && existsSync(join(results, 'results.json'))
    ? readEarlier(JSON.parse(readFileSync(join(results, 'results.json'), 'utf8')))
    : [];
/** @type {Outcome[]} */
const outcomes = [];
for (const file of files) {
  process.stderr.write(`${file} ...\n`);
  outcomes.push(await runOne(file));
}
const kept = earlier.filter((old) => !outcomes.some((outcome) => outcome.name === old.name));
const report = { ranAt: new Date().toISOString(), scale, benchmarks: [...kept, ...outcomes] };
mkdirSync(results, { recursive: true });
writeFileSync(join(results, 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(join(results, 'results.md'), asMarkdown(report));
process.stdout.write(asMarkdown(report));

const failed = outcomes.filter((outcome) => outcome.error !== undefined);
const missed = outcomes.flatMap((outcome) => outcome.figures).filter((figure) => figure.met === false);
process.stderr.write(`${outcomes.length} benchmarks, ${failed.length} failed, ${missed.length} targets missed\n`);
process.exit(failed.length > 0 ? 1 : 0);
