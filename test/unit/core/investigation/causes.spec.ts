import { describe, expect, test } from 'vitest';
import { causeIds } from '../../../../src-main/contract/models/investigation.ts';
import { adviceFor, listCauses, noteRules } from '../../../../src-main/core/investigation/causes.ts';

describe('the catalogue of causes', () => {
  test('describes every cause once, in the order of the contract', () => {
    expect(listCauses().map(({ id }) => id)).toEqual([...causeIds]);
  });

  test('speaks in general words, in whole sentences, without codes', () => {
    for (const { title, meaning, steps } of listCauses()) {
      expect([title, meaning, ...steps].join(' ')).not.toMatch(/[{}]|undefined|may be due/u);
      expect(meaning).toMatch(/^[A-Z].*\.$/u);
      expect(steps.length).toBeGreaterThan(0);
    }
  });

  test('fills in what a case knows, and only that', () => {
    const { actor, steps } = adviceFor('A8-nested-group', { person: 'Ada {group}', group: '"Design"' });
    expect(actor).toBe('group-owner');
    expect(steps[0]).toBe('Add Ada {group} to "Design" itself, or assign the inner group to UNIFI as well.');
  });

  test('keeps rules that are only notes apart', () => {
    const causes = new Set<string>(causeIds.map((id) => id.split('-')[0] ?? ''));
    for (const { id } of noteRules) expect(causes.has(id)).toBe(false);
  });
});
