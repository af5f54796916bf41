import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const configuration = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IConfiguration & {
  forbidden: { name: string }[];
};
let result: ICruiseResult;

beforeAll(async () => {
  const { options, ...ruleSet } = configuration;
  const done = await cruise(['src-main', 'src-renderer'], { ...options, ruleSet, validate: true, baseDir: root });
  result = done.output as ICruiseResult;
});

test('reads the whole product', () => {
  const sources = result.modules.map((module) => module.source);
  for (const file of [
    'src-main/contract/api.ts',
    'src-main/hosts/electron/preload.ts',
    'src-renderer/App.svelte',
    'src-renderer/main.ts',
  ]) {
    expect(sources).toContain(file);
  }
});

test.each(configuration.forbidden.map((rule) => rule.name))('keeps the rule %s', (name) => {
  const broken = result.summary.violations
    .filter((violation) => violation.rule.name === name)
    .map(({ from, to, cycle }) => (cycle ? cycle.map((one) => one.name).join(' -> ') : `${from} -> ${to}`));
  expect(broken).toEqual([]);
});
