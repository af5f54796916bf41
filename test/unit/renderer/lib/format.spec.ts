import { describe, expect, test } from 'vitest';
import { formatCount, formatQuantity, formatShortCount } from '../../../../src-renderer/lib/format/number.ts';
import { formatAge, formatSpan, formatTime, formatUtc } from '../../../../src-renderer/lib/format/time.ts';
import { fromLocalInput, toLocalInput } from '../../../../src-renderer/lib/format/local-input.ts';

const now = Date.parse('2026-11-23T20:00:00Z');

describe('times', () => {
  test('are shown in the reader’s zone, with the UTC time for the title', () => {
    expect(formatTime('2026-07-01T22:30:05Z', { timeZone: 'Europe/Berlin' })).toBe('2026-07-02 00:30');
    expect(formatTime('2026-07-01T22:30:05Z', { timeZone: 'Europe/Berlin', precision: 'second' })).toBe(
      '2026-07-02 00:30:05',
    );
    expect(formatUtc('2026-07-01T22:30:05Z')).toBe('2026-07-01 22:30:05 UTC');
  });

  test('that are none stay as they came', () => {
    expect(formatTime('soon')).toBe('soon');
    expect(formatAge('soon', now)).toBe('soon');
  });

  test('have an age in one or two parts', () => {
    expect(formatAge('2026-11-23T19:59:40Z', now)).toBe('just now');
    expect(formatAge('2026-11-23T19:48:00Z', now)).toBe('12 min ago');
    expect(formatAge('2026-11-23T16:40:00Z', now)).toBe('3 h 20 min ago');
    expect(formatAge('2026-11-18T16:40:00Z', now)).toBe('5 d ago');
    expect(formatAge('2026-11-23T20:28:00Z', now)).toBe('in 28 min');
  });

  test('spans never count backwards', () => {
    expect(formatSpan(-5)).toBe('0 s');
    expect(formatSpan(45_000)).toBe('45 s');
    expect(formatSpan(3_600_000)).toBe('1 h');
    expect(formatSpan(364 * 86_400_000)).toBe('364 d');
    expect(formatSpan(400 * 86_400_000)).toBe('1 year');
    expect(formatSpan(1892 * 86_400_000)).toBe('5 years');
  });

  test('go through a local field and come back the same', () => {
    const iso = '2026-03-29T00:30:00.000Z';
    expect(fromLocalInput(toLocalInput(iso))).toBe(iso);
    expect(toLocalInput(null)).toBe('');
    expect(fromLocalInput('')).toBeNull();
  });
});

describe('numbers', () => {
  test('have separators, a word, and a short form for axes', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatQuantity(1, 'row')).toBe('1 row');
    expect(formatQuantity(1200, 'person', 'people')).toBe('1,200 people');
    expect(formatShortCount(1_250_000)).toBe('1.3M');
  });
});
