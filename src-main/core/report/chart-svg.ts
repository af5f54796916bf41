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
  /** The lines across a bar that tell it from its neighbours on paper without colour. */
  mark: string;
  /** Of the axes, in units of the drawing. */
  fontSize: number;
}

/** Tones whose grey is also that of another one are hatched: print without colour has to be readable as well. */
const hatches: Partial<Record<Tone, string>> = { warning: 'rotate(45)', neutral: 'rotate(90)' };

const patternOf = (id: string, turn: string, paint: ChartPaint): string =>
  `<pattern id="${escapeHtml(id)}" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="${turn}"><line x1="1" y1="0" x2="1" y2="4" stroke-width="1.3" ${paint.mark}/></pattern>`;

const hatchId = (chart: string, tone: Tone): string => `${chart}-${tone}`;

/** How a tone looks in a chart, 12 by 12, for the legend. */
export const chartKey = (chart: string, tone: Tone, paint: ChartPaint): string => {
  const turn = hatches[tone];
  const id = hatchId(`${chart}-key`, tone);
  const place = 'x="0.5" y="0.5" width="11" height="11"';
  const hatch =
    turn === undefined
      ? ''
      : `<defs>${patternOf(id, turn, paint)}</defs><rect ${place} fill="url(#${escapeHtml(id)})"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect ${place} ${paint.bar(tone)}/>${hatch}</svg>`;
};

const width = 720;
const height = 190;
const leastLeft = 44;
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
  // A digit is about six tenths as wide as it is high.
  const left = Math.max(leastLeft, Math.ceil(format.number(end).length * paint.fontSize * 0.6) + 8);
  const y = (value: number): number => top + plot - (value / end) * plot;
  const slot = (width - left) / Math.max(1, chart.categories.length);
  const gap = slot > 6 ? 2 : slot * 0.2;
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeHtml(`${chart.title}. ${chart.summary}`)}">`,
  ];
  const tones = Object.entries(hatches) as [Tone, string][];
  const patterns = tones.map(([tone, turn]) => patternOf(hatchId(chart.id, tone), turn, paint));
  parts.push(`<defs>${patterns.join('')}</defs>`);
  for (let value = 0; value <= end; value += step) {
    parts.push(
      `<line x1="${left}" x2="${width}" y1="${round(y(value))}" y2="${round(y(value))}" stroke-width="1" ${paint.line}/>`,
      `<text x="${left - 6}" y="${round(y(value) + 3.5)}" text-anchor="end" font-size="${paint.fontSize}" ${paint.text}>${escapeHtml(format.number(value))}</text>`,
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
      const place = `x="${round(x)}" y="${round(y(below) - high)}" width="${round(wide)}" height="${round(Math.max(high, 0.6))}"`;
      parts.push(`<rect ${place} ${paint.bar(tone)}/>`);
      if (hatches[tone] !== undefined) {
        parts.push(`<rect ${place} fill="url(#${escapeHtml(hatchId(chart.id, tone))})"/>`);
      }
      below += value;
    }
    if (index % every === 0) {
      const middle = Math.min(width - 30, Math.max(left + 20, x + wide / 2));
      parts.push(
        `<text x="${round(middle)}" y="${height - 8}" text-anchor="middle" font-size="${paint.fontSize}" ${paint.text}>${escapeHtml(format.day(category))}</text>`,
      );
    }
  }
  parts.push('</svg>');
  return parts.join('');
};
