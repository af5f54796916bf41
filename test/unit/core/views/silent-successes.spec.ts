import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../src-main/contract/models/finding.ts';
import { judgeSilentSuccess, silentSuccessFindings } from '../../../../src-main/core/views/silent-successes.ts';
import type { WriteRow } from '../../../../src-main/core/views/written-properties.ts';

const finding = (own: Partial<Finding> & Pick<Finding, 'kind'>): Finding => ({
  id: 'f1',
  state: 'open',
  severity: 'high',
  subject: { type: 'user', entraId: 'a', scimId: 'u-1', name: 'Ada Brandt' },
  related: [],
  firstSeen: '2026-11-01T00:00:00Z',
  lastSeen: '2026-11-02T00:00:00Z',
  openedAt: null,
  verified: true,
  assumed: [],
  evidence: [],
  advice: '',
  ...own,
});
const row = (own: Partial<WriteRow> = {}): WriteRow => ({
  id: 'row-1',
  at: '2026-11-01T10:00:00Z',
  status: 'success',
  action: 'update',
  benign: false,
  cycleId: 'c1',
  reason: null,
  properties: [],
  ...own,
});
const wrote = (name: string, newValue: string | null): WriteRow['properties'] => [{ name, oldValue: null, newValue }];
const judge = (one: Finding, rows: WriteRow[], accountChangedAt: string | null = null) =>
  judgeSilentSuccess({ finding: one, rows, accountChangedAt, listReadAt: '2026-11-02T00:00:00Z' });

describe('an absent account', () => {
  const missing = finding({ kind: 'missing-in-target' });

  test('after a success is silent', () => {
    expect(judge(missing, [row({ action: 'create' })])).toMatchObject({
      what: 'absent',
      logId: 'row-1',
      sentence: 'Entra was told of success when it last looked at Ada Brandt, and UNIFI has no such account.',
    });
  });

  test('that Entra found right is silent too', () => {
    const skip = row({ status: 'skipped', action: 'other', benign: true, reason: 'RedundantExport' });
    expect(judge(missing, [skip])?.sentence).toBe(
      'Entra found everything right when it last looked at Ada Brandt, and UNIFI has no such account.',
    );
  });

  test.each([
    ['a later failure says what is wrong', [row({ status: 'failure' }), row()]],
    ['the list was read before the write', [row({ at: '2026-11-02T00:00:01Z' })]],
    ['a rightful skip is no write', [row({ status: 'skipped', benign: true, reason: 'NotEffectivelyEntitled' })]],
    ['a deletion explains it', [row({ action: 'delete' })]],
    ['nothing was written', []],
  ])('is not silent when %s', (_, rows) => {
    expect(judge(missing, rows)).toBeNull();
  });

  test('of a group is called a group', () => {
    const group = finding({
      kind: 'group-missing-in-target',
      subject: { type: 'group', entraId: 'g', scimId: null, name: 'Design' },
    });
    expect(judge(group, [row()])?.sentence).toContain('UNIFI has no such group');
  });
});

describe('a value that stayed', () => {
  const drift = finding({ kind: 'attribute-drift', attribute: 'displayName', expected: 'Ada B.', actual: 'Ada' });

  test('after it was written with success is silent, whatever the casing of the name', () => {
    expect(judge(drift, [row({ properties: wrote('DisplayName', 'Ada B.') })])).toMatchObject({
      what: 'unchanged',
      attribute: 'displayName',
      written: 'Ada B.',
      actual: 'Ada',
    });
  });

  test.each([
    ['another value was written last', [row({ properties: wrote('displayName', 'Ada') })]],
    [
      'an older write had the present value',
      [
        row({ id: 'new', properties: wrote('displayName', 'Ada') }),
        row({ id: 'old', at: '2026-10-30T00:00:00Z', properties: wrote('displayName', 'Ada B.') }),
      ],
    ],
    ['another attribute was written', [row({ properties: wrote('userName', 'Ada B.') })]],
  ])('is not silent when %s', (_, rows) => {
    expect(judge(drift, rows)).toBeNull();
  });

  test('is not silent when somebody changed the account in UNIFI afterwards', () => {
    const rows = [row({ properties: wrote('displayName', 'Ada B.') })];
    expect(judge(drift, rows, '2026-11-01T10:00:01Z')).toBeNull();
    expect(judge(drift, rows, '2026-11-01T09:59:59Z')).not.toBeNull();
  });
});

describe('an account that is still switched on or off', () => {
  test('after Entra switched it off is silent', () => {
    for (const kind of ['active-source-gone', 'active-not-entitled'] as const) {
      expect(judge(finding({ kind }), [row({ properties: wrote('active', 'False') })])).toMatchObject({
        what: 'unchanged',
        sentence: 'Entra switched Ada Brandt off with success, and the account is still active.',
      });
      expect(judge(finding({ kind }), [row({ action: 'disable' })])?.what).toBe('unchanged');
      expect(judge(finding({ kind }), [row({ action: 'delete' })])?.what).toBe('still-there');
      expect(judge(finding({ kind }), [row({ properties: wrote('active', 'True') })])).toBeNull();
    }
  });

  test('after Entra switched it on is silent', () => {
    const inactive = finding({ kind: 'inactive-in-target' });
    expect(judge(inactive, [row({ properties: wrote('active', 'True') })])?.what).toBe('unchanged');
    expect(judge(inactive, [row({ action: 'create', properties: [] })])).toBeNull();
  });
});

test('only findings that a write should have settled are looked at', () => {
  for (const kind of ['duplicate-in-target', 'member-missing', 'orphan-in-target'] as const) {
    expect(judge(finding({ kind }), [row()])).toBeNull();
    expect(silentSuccessFindings).not.toContain(kind);
  }
});
