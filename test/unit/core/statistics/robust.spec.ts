import { expect, test } from 'vitest';
import { median, quantile, usualDeviation, usualSlope } from '../../../../src-main/core/statistics/robust.ts';

test('the middle of numbers, and any other place, lie between the two nearest', () => {
  expect([median([]), median([3]), median([4, 1, 3]), median([4, 1, 3, 2])]).toEqual([null, 3, 3, 2.5]);
  expect([quantile([10, 0], 0.95), quantile([1, 2, 3, 4, 5], 0.25)]).toEqual([9.5, 2]);
});

test('an outlier moves neither the usual deviation nor the usual slope', () => {
  expect(usualDeviation([])).toBeNull();
  expect(usualDeviation([10, 12, 8, 11, 9, 9_000])).toBeCloseTo(1.5 * 1.4826);
  const line = [0, 1, 2, 3, 4].map((at) => ({ at, value: at === 2 ? 500 : 10 + 3 * at }));
  expect(usualSlope(line)).toBeCloseTo(3);
  expect(usualSlope([{ at: 1, value: 5 }])).toBeNull();
  expect(
    usualSlope([
      { at: 1, value: 5 },
      { at: 1, value: 7 },
    ]),
  ).toBeNull();
});
