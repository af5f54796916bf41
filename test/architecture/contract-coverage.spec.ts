import { z } from 'zod';
import { expect, test } from 'vitest';
import { methodNames } from '../../src-main/contract/api.ts';
import { failureCodes } from '../../src-main/contract/failure.ts';
import { exitCodeOf } from '../../src-main/hosts/cli/exit-codes.ts';
import { createProgram } from '../../src-main/hosts/cli/program.ts';
import { inputGuards } from '../../src-main/hosts/input-guards.ts';
import { readSource, sourceFiles } from './source-files.ts';

const documents = sourceFiles(['docs'], ['.md']);
const readme = readSource('README.md');

test('every method has a guard, and no guard is left over', () => {
  expect(Object.keys(inputGuards).toSorted()).toEqual(methodNames.toSorted());
});

test.each(methodNames)('the guard of %s refuses fields that it does not know', (name) => {
  const checked = inputGuards[name].safeParse({ noSuchField: 1 });
  expect(checked.error).toBeInstanceOf(z.ZodError);
  expect(checked.error?.issues.map((issue) => issue.code)).toContain('unrecognized_keys');
});

test.each(failureCodes)('the documents explain the failure %s, and it has an exit code', (code) => {
  expect(documents.some((file) => file.text.includes(`\`${code}\``))).toBe(true);
  expect(exitCodeOf({ code, message: '', advice: '' })).toBeGreaterThan(0);
});

test.each(createProgram().commands.map((command) => command.name()))('README tells of the command %s', (name) => {
  expect(new RegExp(`\\b${name}\\b`, 'u').test(readme)).toBe(true);
});
