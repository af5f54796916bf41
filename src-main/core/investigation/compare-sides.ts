import type { AttributeComparison } from '../../contract/models/investigation.ts';
import { compareAttribute } from '../cross-check/compare-attributes.ts';
import { isEmpty, isUnknown, textOf } from '../mapping/evaluated.ts';
import type { PersonCase } from './person-case.ts';

/** Every mapped attribute with what Entra would send and what UNIFI has. */
export const compareSides = ({ rules, record, account }: PersonCase): AttributeComparison[] =>
  rules.user.compared.map((compared) => {
    const { attribute } = compared;
    const value = record ? compared.read(record) : null;
    const held = account ? compared.target(account) : null;
    const sides = {
      attribute,
      expected: isUnknown(value) || isEmpty(value) ? null : textOf(value),
      actual: held === undefined || held === null ? null : textOf(held),
    };
    if (!record || !account) return { ...sides, agreement: 'unknown', note: 'Only one side is there.' };
    const result = compareAttribute(compared, record, account);
    if (result === null) return { ...sides, agreement: 'same', note: null };
    if ('problem' in result) return { ...sides, agreement: 'unknown', note: result.problem };
    const notes = {
      'case-only': 'only upper and lower case differ',
      'source-empty': 'emptied in Entra, and empty values are never sent',
      value: null,
    };
    return { ...sides, agreement: 'different', note: notes[result.difference] };
  });
