import { describe, expect, test } from 'vitest';
import { jobStates } from '../../../../src-main/contract/models/job-status.ts';
import { healthState, healthStates } from '../../../../src-main/core/health/health-states.ts';
import { findQuarantineReason, quarantineReasons } from '../../../../src-main/core/health/quarantine-reasons.ts';

describe('the catalogue of health states', () => {
  test('describes every state once, worst first', () => {
    expect(healthStates.map(({ id }) => id)).toEqual(jobStates);
    for (const id of jobStates) expect(healthState(id).id).toBe(id);
  });

  test('speaks in whole sentences, and says what to do wherever somebody acts', () => {
    for (const { id, meaning, whoActs, steps } of healthStates) {
      for (const sentence of [meaning, ...steps]) expect(sentence, id).toMatch(/^[A-Z].*\.$/u);
      expect(steps.length > 0, id).toBe(whoActs !== 'nobody');
    }
  });
});

describe('the reasons of a quarantine', () => {
  test('are found by their own words, whatever the casing', () => {
    for (const reason of quarantineReasons.filter(({ id }) => /^[A-Z]/u.test(id))) {
      expect(findQuarantineReason(reason.id.toUpperCase(), '').id).toBe(reason.id);
    }
    expect(new Set(quarantineReasons.map(({ id }) => id)).size).toBe(quarantineReasons.length);
  });

  test.each([
    ['SystemForCrossDomainIdentityManagementCredentialValidationFailure', 'credentials'],
    ['CredentialValidationUnavailable', 'unreachable'],
    ['ServiceIncompatible', 'incompatible'],
    ['', 'EncounteredQuarantineException'],
  ])('of an exception are told apart by the error code %s', (code, family) => {
    expect(findQuarantineReason('EncounteredQuarantineException', code).id).toBe(family);
  });

  test('that are not documented are quoted', () => {
    expect(findQuarantineReason('BrandNew', '')).toMatchObject({
      id: 'BrandNew',
      meaning: expect.stringContaining('"BrandNew"'),
    });
  });
});
