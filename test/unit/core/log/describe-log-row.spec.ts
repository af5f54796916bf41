import { expect, test } from 'vitest';
import type { LogRow } from '../../../../src-main/contract/models/provisioning-event.ts';
import { describeLogRow } from '../../../../src-main/core/log/describe-log-row.ts';
import { createdRow, failedRow, skippedRow } from './log-rows.ts';

const listRow = (over: Partial<LogRow>): LogRow => ({
  id: createdRow.id,
  at: createdRow.activityDateTime,
  action: 'create',
  status: 'success',
  subject: { type: 'user', entraId: createdRow.sourceIdentity.id, scimId: null, name: 'Ada Brandt', upn: null },
  errorCode: null,
  reason: null,
  cycleId: null,
  changeId: null,
  benign: false,
  ...over,
});

test('shows steps, changed attributes and who started it', () => {
  const detail = describeLogRow(listRow({}), JSON.stringify(createdRow));
  expect(detail).toMatchObject({
    durationMs: 1834,
    jobId: createdRow.jobId,
    initiatedBy: 'Azure AD Provisioning Service',
    sourceSystem: 'Microsoft Entra ID',
    targetSystem: 'UNIFI',
    causeStep: null,
    explanation: null,
  });
  expect(detail.steps.map((step) => step.type)).toEqual(['import', 'scoping']);
  expect(detail.modifiedProperties[0]).toEqual({
    name: 'userName',
    oldValue: null,
    newValue: 'ada.brandt@contoso.example',
  });
  expect(JSON.parse(detail.raw)).toEqual(createdRow);
});

test('names the first step that did not succeed as the cause and explains the error code', () => {
  const code = 'SystemForCrossDomainIdentityManagementBadRequest';
  const detail = describeLogRow(
    listRow({ status: 'failure', errorCode: code }),
    JSON.stringify(failedRow('userName is required')),
  );
  expect(detail.causeStep).toBe(2);
  expect(detail.explanation).toMatchObject({
    match: 'exact',
    knownAs: code,
    answer: { httpStatus: 400, detail: 'userName is required', retryAt: '2026-08-11T15:20:01Z' },
  });
});

test('explains a skip by its reason', () => {
  const detail = describeLogRow(
    listRow({ status: 'skipped', reason: 'RedundantExport' }),
    JSON.stringify(skippedRow({ SkipReason: 'RedundantExport' })),
  );
  expect(detail).toMatchObject({ causeStep: 0, explanation: { knownAs: 'RedundantExport', whoActs: 'nobody' } });
});

test('reads steps of old samples with other casing, and details given as pairs', () => {
  const raw = JSON.stringify({
    provisioningSteps: [
      null,
      { name: '', provisioningStepType: 'Import', status: 'Success', details: [{ key: 'objectId', value: 'x' }] },
    ],
  });
  expect(describeLogRow(listRow({}), raw).steps).toEqual([
    { name: 'unnamed step', type: 'unknown', status: 'unknown', description: null, details: {} },
    { name: 'unnamed step', type: 'import', status: 'success', description: null, details: { objectId: 'x' } },
  ]);
});

test('shows a damaged row as it is', () => {
  const detail = describeLogRow(listRow({}), '{"id":');
  expect(detail).toMatchObject({ raw: '{"id":', steps: [], causeStep: null, modifiedProperties: [] });
});
