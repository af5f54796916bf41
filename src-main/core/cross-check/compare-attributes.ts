import type { Finding } from '../../contract/models/finding.ts';
import { isUnknown } from '../mapping/evaluated.ts';
import type { TargetUser } from '../model/target.ts';
import { normalText } from './compare-text.ts';
import type { PersonRecord } from './records.ts';
import { comparable, type ComparedAttribute } from './rules.ts';

export interface Drift {
  difference: NonNullable<Finding['difference']>;
  expected: string | null;
  actual: string | boolean | null;
}

const flag = (text: string): boolean | null => {
  const word = text.toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : null;
};

/**
 * Compares one mapped attribute of a person and an account: null when they agree, a reason as a sentence part when
 * that cannot be told. findings.md 2, `attribute-drift`.
 */
export const compareAttribute = (
  compared: ComparedAttribute,
  person: PersonRecord,
  account: TargetUser,
): Drift | { problem: string } | null => {
  const sent = compared.read(person);
  const actual = compared.target(account);
  // Nearly all values are the same text on both sides.
  if (sent === actual && typeof sent === 'string') return null;
  const expected = comparable(sent);
  if (isUnknown(expected)) return expected;
  if (expected === null && compared.hasDefault) return null;
  if (actual === undefined) return { problem: 'the attribute was not read from UNIFI' };
  const text = typeof actual === 'string' ? normalText(actual) : actual;
  const isEmpty = text === null || text === '';
  if (expected === null) return isEmpty ? null : { difference: 'source-empty', expected, actual };
  if (isEmpty) return { difference: 'value', expected, actual };
  if (typeof text === 'boolean') return flag(expected) === text ? null : { difference: 'value', expected, actual };
  if (text === expected) return null;
  const isCaseOnly = text.toLowerCase() === expected.toLowerCase();
  return { difference: isCaseOnly ? 'case-only' : 'value', expected, actual };
};
