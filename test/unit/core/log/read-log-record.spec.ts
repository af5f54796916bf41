import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../../../src-main/core/model/log.ts';
import { readLogRecord } from '../../../../src-main/core/log/read-log-record.ts';
import { createdRow, failedRow, skippedRow } from './log-rows.ts';

const read = (row: unknown): LogRecord => {
  const record = readLogRecord(row, JSON.stringify(row));
  if (record === null) throw new Error('The row was taken for malformed.');
  return record;
};

describe('a row of the provisioning log', () => {
  test('is reduced to what is filtered, joined and searched', () => {
    expect(read(createdRow)).toEqual({
      id: '5d0f7a31-8c1e-4b7b-9a52-0d6f6f2c1a01',
      at: '2026-08-11T09:14:22Z',
      action: 'create',
      status: 'success',
      subjectType: 'user',
      sourceId: 'b41c7e5a-2f0d-4a0e-8f55-8f0f4b1f7a21',
      sourceName: 'Ada Brandt',
      sourceUpn: 'ada.brandt@contoso.example',
      targetId: 'u-20418',
      targetName: null,
      errorCode: null,
      reason: null,
      skipReason: null,
      cycleId: '0c9b0b58-0a1f-4a2b-9d77-6cf5f8a3d2aa',
      changeId: 'a6f0d1c9-5b1e-47c4-8b0b-3f5d2c7e9b10',
      jobId: createdRow.jobId,
      servicePrincipalId: '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e',
      durationMs: 1834,
      benign: false,
      issueKey: null,
      scopeHint: null,
      raw: JSON.stringify(createdRow),
    });
  });

  test('is malformed without an id, without a time, or when it is no object', () => {
    for (const row of [
      null,
      'row',
      [createdRow],
      { ...createdRow, id: '' },
      { ...createdRow, id: null },
      { ...createdRow, activityDateTime: null },
      { ...createdRow, activityDateTime: 'yesterday' },
      { ...createdRow, activityDateTime: '0001-01-01T00:00:00Z' },
    ]) {
      expect(readLogRecord(row, '')).toBeNull();
    }
  });

  test('is read whatever the casing of its enums and detail keys', () => {
    const record = read({
      ...createdRow,
      provisioningAction: 'StagedDelete',
      provisioningStatusInfo: { status: 'Failure', errorInformation: null },
      sourceIdentity: {
        ...createdRow.sourceIdentity,
        id: 'B41C7E5A-2F0D-4A0E-8F55-8F0F4B1F7A21',
        details: { userprincipalname: 'Ada.Brandt@contoso.example' },
      },
    });
    expect(record).toMatchObject({
      action: 'stagedDelete',
      status: 'failure',
      sourceId: 'b41c7e5a-2f0d-4a0e-8f55-8f0f4b1f7a21',
      sourceUpn: 'Ada.Brandt@contoso.example',
    });
  });

  test('accepts the service principal as a list, and keeps words it does not know', () => {
    const record = read({
      ...createdRow,
      servicePrincipal: [{ id: 'sp-1', displayName: 'UNIFI' }],
      provisioningAction: 'quarantineRelease',
      provisioningStatusInfo: { status: 'unknownFutureValue' },
    });
    expect(record).toMatchObject({ servicePrincipalId: 'sp-1', action: 'quarantineRelease', status: 'unknown' });
  });

  test('takes the person from the import step when the identity is empty', () => {
    const record = read({
      ...createdRow,
      sourceIdentity: { id: '', displayName: '', identityType: '', details: null },
    });
    expect(record).toMatchObject({
      sourceId: 'b41c7e5a-2f0d-4a0e-8f55-8f0f4b1f7a21',
      sourceName: null,
      subjectType: 'user',
    });
  });

  test('turns a time with another offset into UTC and keeps finer fractions', () => {
    expect(read({ ...createdRow, activityDateTime: '2026-08-11T11:14:22+02:00' }).at).toBe('2026-08-11T09:14:22.000Z');
    expect(read({ ...createdRow, activityDateTime: '2026-08-11T09:14:22.1234567Z' }).at).toBe(
      '2026-08-11T09:14:22.1234567Z',
    );
  });

  test('never throws, whatever the service sends', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(createdRow)), fc.jsonValue()), (part) => {
        const row = { ...createdRow, ...part };
        const record = readLogRecord(row, JSON.stringify(row));
        expect(record === null || typeof record.id === 'string').toBe(true);
      }),
    );
  });
});

describe('a skip', () => {
  const reading = (details: Record<string, string>): Pick<LogRecord, 'benign' | 'scopeHint' | 'skipReason'> =>
    read(skippedRow(details));

  test('of somebody unassigned needs nobody and shows that only assigned people are in scope', () => {
    expect(
      reading({
        SkipReason: 'NotEffectivelyEntitled',
        IsActive: 'True',
        'Assigned to the application': 'False',
        IsInProvisioningScope: 'True',
      }),
    ).toMatchObject({ benign: true, scopeHint: 'assigned-only', skipReason: 'NotEffectivelyEntitled' });
  });

  test('of an inactive person says nothing about the scope mode', () => {
    expect(
      reading({ SkipReason: 'NotEffectivelyEntitled', IsActive: 'False', 'Assigned to the application': 'False' }),
    ).toMatchObject({ benign: true, scopeHint: null });
  });

  test('as not entitled of somebody active, assigned and in scope is a contradiction that needs attention', () => {
    expect(
      reading({
        SkipReason: 'NotEffectivelyEntitled',
        IsActive: 'True',
        'Assigned to the application': 'True',
        IsInProvisioningScope: 'True',
      }).benign,
    ).toBe(false);
  });

  test('because both sides agree is benign', () => {
    expect(reading({ SkipReason: 'RedundantExport' })).toMatchObject({ benign: true, scopeHint: null });
  });

  test('because the matching attribute is empty is not', () => {
    expect(reading({ SkipReason: 'ImportSkipped' }).benign).toBe(false);
  });

  test('because every scoping filter failed is benign', () => {
    expect(reading({ ScopeEvaluationResult: '{"Design.department EQUALS \'Design\'":false}' }).benign).toBe(true);
    expect(reading({ ScopeEvaluationResult: 'not json' }).benign).toBe(false);
    const clauses = (results: Record<string, boolean>) =>
      reading({ ScopeEvaluationResult: JSON.stringify(results) }).benign;
    // Clauses of one filter must all pass, also where its title holds a dot or a clause has no value.
    expect(clauses({ "A v1.2.department EQUALS 'x.y z'": true, 'A v1.2.city IS NULL': false })).toBe(true);
    expect(clauses({ "A.department EQUALS 'x'": false, "B.city REGEX MATCH 'y'": true })).toBe(false);
    // Which clause is of which filter is not told: nothing is concluded.
    expect(clauses({ department: true, city: false })).toBe(false);
  });

  test('without a skip reason takes the error code for one', () => {
    const row = skippedRow({});
    row['provisioningStatusInfo'] = {
      status: 'skipped',
      errorInformation: { errorCode: 'EntrySynchronizationSkipped', reason: 'Nothing was done.' },
    };
    expect(read(row)).toMatchObject({ skipReason: 'EntrySynchronizationSkipped', issueKey: null });
  });
});

describe('the scope mode', () => {
  test('is everyone when somebody unassigned is created', () => {
    const scoping = { provisioningStepType: 'scoping', status: 'success' };
    const details = { 'Active in the source system': 'True', 'Assigned to the application': 'False' };
    expect(read({ ...createdRow, provisioningSteps: [{ ...scoping, details }] }).scopeHint).toBe('sync-all');
  });

  test('stays open when somebody unassigned is disabled', () => {
    const scoping = { provisioningStepType: 'scoping', status: 'success' };
    const details = { 'Active in the source system': 'True', 'Assigned to the application': 'False' };
    expect(
      read({ ...createdRow, provisioningAction: 'disable', provisioningSteps: [{ ...scoping, details }] }).scopeHint,
    ).toBeNull();
  });
});

describe('the key of an issue', () => {
  const key = (detail: string, retries = 0): string | null => read(failedRow(detail, retries)).issueKey;

  test('is the same for different people, ids, numbers and retries', () => {
    const expected = key("userName 'kit.moss@contoso.example' already exists (u-20418)");
    expect(key("userName 'jo.vale@contoso.example' already exists (u-993)", 7)).toBe(expected);
    expect(expected).toMatch(/^SystemForCrossDomainIdentityManagementBadRequest\.\w+$/);
  });

  test('differs when UNIFI gives another reason', () => {
    expect(key('userName is required')).not.toBe(key('displayName is required'));
  });

  test('exists only for failures and warnings', () => {
    expect(read(createdRow).issueKey).toBeNull();
    expect(read(skippedRow({ SkipReason: 'RedundantExport' })).issueKey).toBeNull();
  });
});
