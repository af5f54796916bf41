import type { Finding } from '../../src-main/contract/models/finding.ts';
import { reasonWords } from './words.ts';

/** A value of one side as text: what is empty is said, not shown as nothing. */
export const valueWord = (value: string | boolean | null | undefined): string => {
  if (value === undefined) return 'not known';
  if (value === null) return '(none)';
  if (value === '') return '(empty)';
  return typeof value === 'boolean' ? (value ? 'true' : 'false') : value;
};

/** What a finding says in one line of a list, beside its kind. */
export const describeDifference = (finding: Finding): string => {
  if (finding.attribute !== undefined && (finding.expected !== undefined || finding.actual !== undefined)) {
    return `${finding.attribute}: expected ${valueWord(finding.expected)}, is ${valueWord(finding.actual)}`;
  }
  if (finding.member) return finding.member.name;
  if (finding.reason) return reasonWords[finding.reason];
  if (finding.expected !== undefined || finding.actual !== undefined) {
    return `expected ${valueWord(finding.expected)}, is ${valueWord(finding.actual)}`;
  }
  if (finding.related.length > 0) return `with ${finding.related.map(({ name }) => name).join(', ')}`;
  return '';
};
