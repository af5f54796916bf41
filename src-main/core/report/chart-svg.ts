import { escapeHtml } from './escape-html.ts';
import type { ChartSection, Tone } from './report.ts';
import type { ValueFormat } from './format-values.ts';

/** How a chart is painted: by class where a style sheet rules, by colour where there is none. */
export interface ChartPaint {
  bar(tone: Tone): string;
  line: string;
  text: string;
  /** The place of a day of which nothing is known. */
  unknown: string;
}

const width = 720;
const height = 190;
const left = 44;
const bottom = 24;
const top = 8;

/** A round number of at least `most`, with the distance of its lines. */
const scaleOf = (most: number): { end: number; step: number } => {
  const rough = Math.max(1, most) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((value) => value >= rough) ?? power * 10);
  return { end: Math.max(step, Math.ceil(most / step) * step), step };
};

const round = (value: number): string => String(Math.round(value * 10) / 10);

/** Stacked bars as SVG without a style of its own; names and numbers in it are escaped. */
export const chartSvg = (chart: ChartSection, paint: ChartPaint, format: ValueFormat): string => {
  const totals = chart.categories.map((_, index) =>
    chart.series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
  );
  const { end, step } = scaleOf(Math.max(0, ...totals));
  const plot = height - bottom - top;
  const y = (value: number): number => top + plot - (value / end) * plot;
  const slot = (width - left) / Math.max(1, chart.categories.length);
  const gap = slot > 6 ? 2 : slot * 0.2;
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeHtml(`${chart.title}. ${chart.summary}`)}">`,
  ];
  for (let value = 0; value <= end; value += step) {
    parts.push(
      `<line x1="${left}" x2="${width}" y1="${round(y(value))}" y2="${round(y(value))}" stroke-width="1" ${paint.line}/>`,
      `<text x="${left - 6}" y="${round(y(value) + 3.5)}" text-anchor="end" font-size="10" ${paint.text}>${escapeHtml(format.number(value))}</text>`,
    );
  }
  const every = Math.ceil(chart.categories.length / 7);
  for (const [index, category] of chart.categories.entries()) {
    const x = left + index * slot + gap / 2;
    const wide = Math.max(0.5, slot - gap);
    if (chart.covered[index] === false) {
      parts.push(`<rect x="${round(x)}" y="${top}" width="${round(wide)}" height="${plot}" ${paint.unknown}/>`);
    }
    let below = 0;
    for (const { values, tone } of chart.series.toReversed()) {
      const value = values[index] ?? 0;
      if (value === 0) continue;
      const high = (value / end) * plot;
      parts.push(
        `<rect x="${round(x)}" y="${round(y(below) - high)}" width="${round(wide)}" height="${round(Math.max(high, 0.6))}" ${paint.bar(tone)}/>`,
      );
      below += value;
    }
    if (index % every === 0) {
      const middle = Math.min(width - 30, Math.max(left + 20, x + wide / 2));
      parts.push(
        `<text x="${round(middle)}" y="${height - 8}" text-anchor="middle" font-size="10" ${paint.text}>${escapeHtml(format.day(category))}</text>`,
      );
    }
  }
  parts.push('</svg>');
  return parts.join('');
};
