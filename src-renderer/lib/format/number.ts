/** The window's texts are English, so its numbers are written the English way. */
const locale = 'en';
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

/** 1234567 as "1,234,567". */
export const formatCount = (count: number): string => whole.format(count);

/** 1234567 as "1.2M": axes and narrow places only. */
export const formatShortCount = (count: number): string => short.format(count);

/** "1 row", "1,200 rows"; the plural is the word with an s unless given. */
export const formatQuantity = (count: number, word: string, plural = `${word}s`): string =>
  `${formatCount(count)} ${count === 1 ? word : plural}`;

/** `812 bytes`, `3.4 KB`, `12 MB`. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return formatQuantity(bytes, 'byte');
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 10 ? value.toFixed(1) : formatCount(Math.round(value))} ${unit}`;
};
