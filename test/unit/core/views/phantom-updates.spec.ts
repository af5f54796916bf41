import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPhantomUpdates, phantomFrom } from '../../../../src-main/core/views/phantom-updates.ts';
import type { WriteRow } from '../../../../src-main/core/views/written-properties.ts';

const subject = { type: 'user' as const, entraId: 'a', scimId: 'u-1', name: 'Ada Brandt' };
const row = (cycle: number, name: string, oldValue: string | null, newValue: string | null): WriteRow => ({
  id: `row-${cycle}`,
  at: new Date(Date.parse('2026-11-01T00:00:00Z') + cycle * 2_400_000).toISOString(),
  status: 'success',
  action: 'update',
  benign: false,
  cycleId: `c${cycle}`,
  reason: null,
  properties: [{ name, oldValue, newValue }],
});
const find = (rows: WriteRow[]) => findPhantomUpdates({ subject, rows });

test('the same value in three cycles in a row is a phantom update, told with what UNIFI held', () => {
  const rows = [3, 2, 1].map((cycle) => row(cycle, 'displayName', 'ADA', 'Ada'));
  expect(find(rows)).toEqual([
    expect.objectContaining({
      attribute: 'displayName',
      value: 'Ada',
      heldBefore: 'ADA',
      cycles: 3,
      logId: 'row-3',
      firstAt: rows[2]?.at,
      at: rows[0]?.at,
      sentence:
        'Entra wrote "Ada" into displayName of Ada Brandt in 3 cycles in a row, and found "ADA" there each time.',
    }),
  ]);
});

test('two cycles, and the same cycle three times, are none', () => {
  expect(find([2, 1].map((cycle) => row(cycle, 'displayName', 'ADA', 'Ada')))).toEqual([]);
  expect(find([1, 1, 1].map((cycle) => row(cycle, 'displayName', 'ADA', 'Ada')))).toEqual([]);
});

test('a value that changes is a change', () => {
  const rows = [4, 3, 2, 1].map((cycle) => row(cycle, 'displayName', 'ADA', cycle === 3 ? 'Bo' : 'Ada'));
  expect(find(rows)).toEqual([]);
});

test('what UNIFI held is said only when it was always the same', () => {
  const rows = [3, 2, 1].map((cycle) => row(cycle, 'displayName', `ADA ${cycle}`, 'Ada'));
  expect(find(rows)[0]).toMatchObject({ heldBefore: null, sentence: expect.not.stringContaining('found') as string });
});

test('clearing a value again and again is not counted: null is never sent', () => {
  expect(find([3, 2, 1].map((cycle) => row(cycle, 'title', 'x', null)))).toEqual([]);
});

test('agrees with counting by hand on random histories', () => {
  const write = fc.record({
    cycle: fc.integer({ min: 1, max: 12 }),
    name: fc.constantFrom('displayName', 'userName'),
    value: fc.constantFrom('x', 'y', null),
  });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
      const rows = writes
        .toSorted((one, other) => other.cycle - one.cycle)
        .map(({ cycle, name, value }) => row(cycle, name, null, value));
      const expected = ['displayName', 'userName'].flatMap((name) => {
        const own = rows.filter(({ properties }) => properties[0]?.name === name).map((one) => one);
        const start = own.findIndex(({ properties }) => properties[0]?.newValue !== null);
        const value = own[start]?.properties[0]?.newValue;
        if (value === undefined || value === null) return [];
        const end = own.findIndex((one, index) => index > start && one.properties[0]?.newValue !== value);
        const cycles = new Set(own.slice(start, end === -1 ? undefined : end).map(({ cycleId }) => cycleId)).size;
        return cycles >= phantomFrom ? [{ attribute: name, cycles }] : [];
      });
      const found = find(rows).map(({ attribute, cycles }) => ({ attribute, cycles }));
      expect(found.toSorted((a, b) => (a.attribute < b.attribute ? -1 : 1))).toEqual(expected);
    }),
  );
});
