import { expect, test } from 'vitest';
import type { LogStep } from '../../../../src-main/contract/models/provisioning-event.ts';
import { describeLogRow } from '../../../../src-main/core/log/describe-log-row.ts';
import { readLogRecord } from '../../../../src-main/core/log/read-log-record.ts';
import { scopeOfRow } from '../../../../src-main/core/log/scope-of-row.ts';
import type { ScopeGroup } from '../../../../src-main/core/model/synchronization.ts';

const clause = (attribute: string): ScopeGroup['clauses'][number] => ({
  attribute,
  operator: 'SOUNDS LIKE',
  values: ['x'],
});
const filters: ScopeGroup[] = [
  { name: 'Design', clauses: [clause('department'), clause('city')] },
  { name: 'Guests', clauses: [clause('company')] },
];
const step = (details: LogStep['details'], type = 'scoping'): LogStep => ({
  ...{ name: 'EntrySynchronizationScoping', status: 'success', description: null },
  type,
  details,
});
const result = (value: unknown): LogStep['details'] => ({ ScopeEvaluationResult: JSON.stringify(value) });
const department = "Design.department SOUNDS LIKE 'x'";
const city = "Design.city SOUNDS LIKE 'x'";
const company = "Guests.company SOUNDS LIKE 'x'";

test.each([
  ['the log', { 'Scoping filter evaluation passed': 'False' }, false],
  ['a skip', { IsInProvisioningScope: 'True' }, true],
  ['provisioning on demand', { IsInProvisioningScopeDisplayName: 'false' }, false],
  ['words for Booleans', result({ [department]: 'True', [city]: 'True', [company]: 'True' }), true],
  ['the clauses alone', result({ [department]: false, [company]: false }), false],
  ['one filter of two that let through', result({ [department]: false, [city]: true, [company]: true }), true],
  ['a clause of each filter that failed', result({ [department]: true, [city]: false, [company]: false }), false],
])('reads what a row says in the form of %s', (_, details, passes) => {
  expect(scopeOfRow({ steps: [step({}, 'matching'), step(details)] }, filters)?.passes).toBe(passes);
});

test.each([
  ['says nothing', { SkipReason: 'NotEffectivelyEntitled', 'Assigned to the application': 'False' }],
  ['lists only a part of a filter', result({ [department]: true, [company]: false })],
  ['names filters that the job does not have', result({ "Old.mail EQUALS 'x'": true, "Old.title EQUALS 'y'": false })],
  ['shows that there was no filter then', { 'Scoping filter evaluation passed': 'True', ...result({}) }],
  [
    'contradicts itself',
    { 'Scoping filter evaluation passed': 'True', ...result({ [department]: false, [company]: false }) },
  ],
  ['has a form that nobody documented', result({ Design: { department: true } })],
  ['is damaged', { ScopeEvaluationResult: '{"Design' }],
])('takes no answer from a row that %s', (_, details) => {
  expect(scopeOfRow({ steps: [step(details)] }, filters)).toBeNull();
});

test('takes none from steps that disagree, nor from what the import step says of other things', () => {
  const steps = [step({ IsInProvisioningScope: 'True' }), step({ IsInProvisioningScope: 'False' })];
  expect(scopeOfRow({ steps }, filters)).toBeNull();
  expect(scopeOfRow({ steps: [step({ IsInProvisioningScope: 'True' }, 'import')] }, filters)).toBeNull();
});

test('names the clauses that failed, from a row as received, whether the result is text or an object', () => {
  for (const value of [JSON.stringify({ [company]: false }), { [company]: false }]) {
    const raw = {
      id: 'row',
      activityDateTime: '2026-11-20T10:00:00Z',
      provisioningStatusInfo: { status: 'skipped' },
      sourceIdentity: { id: 'a', identityType: 'User' },
      servicePrincipal: { id: 'sp' },
      provisioningSteps: [
        {
          name: 'Scoping',
          provisioningStepType: 'Scoping',
          status: 'skipped',
          details: { scopeEvaluationResult: value },
        },
      ],
    };
    const record = readLogRecord(raw, JSON.stringify(raw));
    expect(record).not.toBeNull();
    const row = describeLogRow(record as never, JSON.stringify(raw));
    expect(scopeOfRow(row, filters)).toEqual({ passes: false, failing: [company] });
  }
});
