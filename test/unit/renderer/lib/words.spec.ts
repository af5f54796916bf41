import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../src-main/contract/models/finding.ts';
import type { DayOutcome } from '../../../../src-main/contract/models/provisioning-event.ts';
import { describeKinds } from '../../../../src-renderer/lib/describe-kinds.ts';
import { describeProgress } from '../../../../src-renderer/lib/describe-progress.ts';
import { describeDifference, sideWord, valueWord } from '../../../../src-renderer/lib/describe-difference.ts';
import {
  columnTemplate,
  fittingColumns,
  narrowestWidth,
  readColumnSettings,
  rowsAsTsv,
} from '../../../../src-renderer/lib/grid-columns.ts';
import { axisTop, stackDays } from '../../../../src-renderer/lib/stack-days.ts';

describe('progress', () => {
  test('tells count, rate, remaining time and the note in one line', () => {
    const line = describeProgress('Collecting', {
      callId: '1',
      phase: 'collecting',
      source: 'provisioning-log',
      items: 4000,
      total: 20_000,
      rate: 1900,
      remainingMs: 9000,
      note: 'Waiting 8 s',
    });
    expect(line).toEqual({
      text: 'Collecting: Provisioning log 4,000 of 20,000 · 1,900/s · 9 s left · Waiting 8 s',
      share: 0.2,
    });
  });

  test('says nothing about a share that nobody knows', () => {
    expect(describeProgress('Collecting', null)).toEqual({ text: 'Collecting…', share: undefined });
  });
});

describe('the chart', () => {
  const day = (counts: Partial<DayOutcome>): DayOutcome => ({
    day: '2026-11-01',
    success: 0,
    failure: 0,
    skippedBenign: 0,
    skippedOther: 0,
    warning: 0,
    covered: true,
    ...counts,
  });

  test('keeps a single failure visible beside thousands of successes', () => {
    const { bars, top } = stackDays([day({ success: 4000, failure: 1 })], 140);
    expect(top).toBe(5000);
    expect(bars[0]?.parts[0]).toMatchObject({ name: 'failure', height: 1 });
  });

  test('has a round number at its top', () => {
    expect([0, 1, 7, 11, 501].map(axisTop)).toEqual([1, 1, 10, 20, 1000]);
  });
});

describe('columns', () => {
  const columns = [
    { id: 'a', title: 'A', width: 100, text: (row: string) => row },
    { id: 'b', title: 'B', width: 80, hiddenAtFirst: true, text: () => 'two\tparts\nhere' },
  ];

  test('are copied as a table that a spreadsheet takes', () => {
    expect(rowsAsTsv(columns, ['x'])).toBe('A\tB\nx\ttwo parts here');
  });

  test('begin as the view says when what was remembered is damaged', () => {
    expect(readColumnSettings({ getItem: () => '{"hidden":' }, 'log', columns)).toEqual({ hidden: ['b'], widths: {} });
    expect(readColumnSettings({ getItem: () => '{"hidden":[],"widths":{"a":60}}' }, 'log', columns)).toEqual({
      hidden: [],
      widths: { a: 60 },
    });
  });

  test('need the room of their widths', () => {
    expect(narrowestWidth(columns, { a: 200 })).toBe(296);
  });

  test('that yield leave a grid too narrow for all; the others stay, and the last one takes the room', () => {
    const yielding = columns.map((column) => ({ ...column, ...(column.id === 'b' ? { yields: 1 } : {}) }));
    const at = (room: number): string[] => fittingColumns(yielding, {}, room).map(({ id }) => id);
    expect([at(196), at(195), at(10)]).toEqual([['a', 'b'], ['a'], ['a']]);
    expect(columnTemplate(columns, {})).toBe('100px minmax(80px, 1fr)');
    const growing = columns.map((column) => ({ ...column, ...(column.id === 'a' ? { grows: true } : {}) }));
    expect(columnTemplate(growing, {})).toBe('minmax(100px, 1fr) 80px');
  });
});

test('an empty value is said, not shown as nothing', () => {
  expect([null, '', false, undefined, 'x'].map(valueWord)).toEqual(['(none)', '(empty)', 'false', 'not known', 'x']);
});

test('kinds that somebody has several findings of are named once, with their number', () => {
  expect(describeKinds(['attribute-drift', 'member-missing', 'attribute-drift'])).toBe(
    'Attribute differs (2), Member missing',
  );
});

describe('what differs', () => {
  const finding = (fields: Partial<Finding>): Finding => ({ related: [], ...fields }) as Finding;

  test('is told in the words of the kind, not as true and false', () => {
    expect(describeDifference(finding({ kind: 'inactive-in-target', expected: true, actual: false }))).toBe(
      'inactive, should be active',
    );
    expect(sideWord({ kind: 'member-extra' }, true)).toBe('a member');
    expect(sideWord({ kind: 'missing-in-target' }, null)).toBe('no account');
    expect(sideWord({ kind: 'attribute-drift', attribute: 'active' }, true)).toBe('true');
  });

  test('begins with the attribute and what UNIFI holds', () => {
    const drift = { kind: 'attribute-drift', attribute: 'userName', expected: 'a@x', actual: null } as const;
    expect(describeDifference(finding(drift))).toBe('userName: (none), should be a@x');
  });

  test('is the one value that there is, else whom it concerns', () => {
    expect(describeDifference(finding({ kind: 'missing-in-target', expected: 'a@x', actual: null }))).toBe('a@x');
    const related = [{ type: 'user', entraId: '1', scimId: null, name: 'Ada' }] as const;
    expect(describeDifference(finding({ kind: 'duplicate-match-value', related: [...related] }))).toBe('with Ada');
  });
});
