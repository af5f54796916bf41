/** Middle of the numbers, of an even count the mean of the two in the middle; null for none. */
export const median = (numbers: readonly number[]): number | null => quantile(numbers, 0.5);

/** Linear interpolation between the two nearest; null for no numbers. `share` from 0 to 1. */
export const quantile = (numbers: readonly number[], share: number): number | null => {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
};

/**
 * How far numbers usually lie from their median, on the scale of a standard deviation: the median of the distances,
 * times 1.4826. A few outliers do not move it, which is why it is used instead of the standard deviation. Null for none.
 */
export const usualDeviation = (numbers: readonly number[]): number | null => {
  const middle = median(numbers);
  if (middle === null) return null;
  const distance = median(numbers.map((number) => Math.abs(number - middle)));
  return distance === null ? null : distance * 1.4826;
};

/**
 * Growth of a value over time: the median of the slopes between all pairs of points (Theil and Sen), so that a few
 * odd readings do not bend the line. Null with fewer than two different times.
 */
export const usualSlope = (points: readonly { at: number; value: number }[]): number | null => {
  const slopes = points.flatMap((one, index) =>
    points
      .slice(index + 1)
      .filter((other) => other.at !== one.at)
      .map((other) => (other.value - one.value) / (other.at - one.at)),
  );
  return median(slopes);
};
