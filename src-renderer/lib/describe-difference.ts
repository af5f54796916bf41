import type { Finding } from '../../src-main/contract/models/finding.ts';
import { reasonWords } from './words.ts';

/** A value of one side as text: what is empty is said, not shown as nothing. */
export const valueWord = (value: string | boolean | null | undefined): string => {
  if (value === undefined) return 'not known';
  if (value === null) return '(none)';
  if (value === '') return '(empty)';
  return typeof value === 'boolean' ? (value ? 'true' : 'false') : value;
};

type Value = Finding['expected'];

/** A value as a finding of its kind means it: whether an account is active, whether somebody is a member. */
export const sideWord = ({ kind, attribute }: Pick<Finding, 'kind' | 'attribute'>, value: Value): string => {
  if (attribute !== undefined) return valueWord(value);
  if (kind === 'member-missing' || kind === 'member-extra') {
    return typeof value === 'boolean' ? (value ? 'a member' : 'not a member') : valueWord(value);
  }
  if (typeof value === 'boolean') return value ? 'active' : 'inactive';
  if (value === null && kind === 'missing-in-target') return 'no account';
  if (value === null && kind === 'group-missing-in-target') return 'no group';
  return valueWord(value);
};

/** What a finding says in one line of a list, beside its kind. */
export const describeDifference = (finding: Finding): string => {
  const { attribute, expected, actual } = finding;
  const given = expected !== undefined || actual !== undefined;
  if (attribute !== undefined && given) {
    return `${attribute}: ${valueWord(actual)}, should be ${valueWord(expected)}`;
  }
  if (finding.member) return finding.member.name;
  if (finding.reason) return reasonWords[finding.reason];
  if (typeof expected === 'string' && typeof actual !== 'string') return expected;
  if (typeof actual === 'string' && typeof expected !== 'string') return actual;
  if (given && (expected ?? null) !== (actual ?? null)) {
    return `${sideWord(finding, actual)}, should be ${sideWord(finding, expected)}`;
  }
  if (finding.related.length > 0) return `with ${finding.related.map(({ name }) => name).join(', ')}`;
  return '';
};
