import { describe, expect, test } from 'vitest';
import { openSharedWorld, openWorld, rowsOf, rowTexts } from './open-world.ts';

describe('rows of the provisioning log', () => {
  const world = openSharedWorld({ seed: 5, people: 800 });
  const rows = rowsOf(world);

  test('lie in the order of their times, within the retention of 30 days', () => {
    const times = rowTexts(world).map((text) =>
      Date.parse((JSON.parse(text) as { activityDateTime: string }).activityDateTime),
    );
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(Math.min(...times)).toBeGreaterThan(world.nowMs - 30 * 86_400_000);
    expect(Math.max(...times)).toBeLessThanOrEqual(world.nowMs);
  });

  test('have ids of their own and times in whole seconds', () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const row of rows) {
      expect(row.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
      expect(row.activityDateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
      expect(row.tenantId).toBe(world.ids.tenantId);
      expect(row.servicePrincipal.id).toBe(world.ids.servicePrincipalId);
    }
  });

  test('carry an error exactly when something failed or was not done as asked', () => {
    for (const { provisioningStatusInfo: info } of rows) {
      const isTrouble = info.status === 'failure' || info.status === 'warning';
      expect(info.errorInformation !== null).toBe(isTrouble);
    }
  });

  test('tell their steps in order, the last one with the outcome of the row', () => {
    const order = ['import', 'matching', 'scoping', 'processing', 'referenceresolution', 'export'];
    for (const row of rows) {
      const types = row.provisioningSteps.map((step) => order.indexOf(step.provisioningStepType.toLowerCase()));
      expect(types).toEqual([...types].sort((one, other) => one - other));
      if (row.provisioningAction.toLowerCase() !== 'stageddelete') {
        expect(row.provisioningSteps.at(-1)?.status).toBe(row.provisioningStatusInfo.status);
      }
    }
  });

  test('say the scope as JSON inside text, and flags as text', () => {
    const scoping = rows.flatMap((row) =>
      row.provisioningSteps.filter(({ name }) => name === 'EntrySynchronizationScoping'),
    );
    expect(scoping.length).toBeGreaterThan(100);
    for (const { details } of scoping) {
      expect(typeof JSON.parse(details['ScopeEvaluationResult'] ?? '')).toBe('object');
      expect(details['Assigned to the application']).toMatch(/^(?:True|False)$/u);
    }
  });

  test('show creates, updates, disables, deletes and both kinds of skips', () => {
    expect(new Set(rows.map((row) => row.provisioningAction))).toEqual(
      new Set(['create', 'update', 'disable', 'delete', 'other']),
    );
    const reasons = new Set(
      rows.flatMap((row) => row.provisioningSteps.flatMap(({ details }) => details['SkipReason'] ?? [])),
    );
    expect([...reasons].sort()).toEqual(['ImportSkipped', 'NotEffectivelyEntitled', 'RedundantExport']);
  });

  test('use the odd spellings that the service uses, now and then', () => {
    const types = new Set(rows.flatMap((row) => row.provisioningSteps.map((step) => step.provisioningStepType)));
    expect(types.has('import') && types.has('Import')).toBe(true);
  });

  test('rewrite the UPN of a guest, and keep it raw as their source', () => {
    const guests = rows.filter(
      (row) =>
        row.provisioningStatusInfo.status === 'success' &&
        row.provisioningAction === 'create' &&
        (row.sourceIdentity.details['UserPrincipalName'] ?? '').includes('#EXT#'),
    );
    expect(guests.length).toBeGreaterThan(0);
    for (const guest of guests) {
      const raw = guest.sourceIdentity.details['UserPrincipalName'] ?? '';
      const alias = raw.slice(0, raw.indexOf('#EXT#'));
      const userName = guest.modifiedProperties.find(({ displayName }) => displayName === 'userName')?.newValue;
      expect(userName).toBe(`${alias.slice(0, alias.lastIndexOf('_'))}@${alias.slice(alias.lastIndexOf('_') + 1)}`);
    }
  });

  test('share the log with another application', () => {
    expect(rowTexts(world).length).toBeGreaterThan(rows.length);
  });

  test('are found by time, both ends excluded', () => {
    const middle = Date.parse(rows[Math.floor(rows.length / 2)]?.activityDateTime ?? '');
    const upTo = world.log.range(Number.NEGATIVE_INFINITY, middle);
    const after = world.log.range(middle, Number.POSITIVE_INFINITY);
    const at = world.log.range(middle - 1000, middle + 1000);
    expect(upTo.end).toBe(at.start);
    expect(after.start).toBe(at.end);
    expect(at.end).toBeGreaterThan(at.start);
    for (const text of world.log.rows(at.start, at.end)) {
      expect(Date.parse((JSON.parse(text) as { activityDateTime: string }).activityDateTime)).toBe(middle);
    }
  });
});

test('keeps all rows when there is no retention', () => {
  const all = openWorld({ seed: 5, people: 200, retentionDays: null });
  const some = openWorld({ seed: 5, people: 200 });
  expect(rowTexts(all).length).toBeGreaterThan(rowTexts(some).length);
  expect(rowTexts(all).slice(-rowTexts(some).length)).toHaveLength(rowTexts(some).length);
});

test('writes many rows without holding them', () => {
  const calm = openWorld({ people: 2000, activity: 1, faultRate: 0 });
  const busy = openWorld({ people: 2000, activity: 20, faultRate: 0 });
  expect(busy.log.count).toBeGreaterThan(8 * calm.log.count);
  const { start, end } = busy.log.range(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  expect(end - start).toBe(busy.log.count);
  expect(busy.log.rows(end - 10, end)).toHaveLength(10);
  expect(busy.log.rows(end, end + 10)).toEqual([]);
});
