import { expect, test } from 'vitest';
import { investigationGuards } from '../../../../src-main/hosts/guards/investigation.ts';

const accepts = (input: object): boolean => investigationGuards.investigate.safeParse(input).success;

test('a look goes with one person as of now only', () => {
  expect(accepts({ who: 'ada', live: true })).toBe(true);
  expect(accepts({ who: 'Design', member: 'ada', asOf: 'first' })).toBe(true);
  expect(accepts({ who: 'Design', member: 'ada', live: true })).toBe(false);
  expect(accepts({ who: 'ada', asOf: 'first', live: true })).toBe(false);
  expect(accepts({ who: 'ada', live: 'yes' })).toBe(false);
  expect(accepts({ who: '' })).toBe(false);
});
