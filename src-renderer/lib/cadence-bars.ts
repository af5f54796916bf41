import type { HourRows } from '../../src-main/contract/models/job-health.ts';
import { axisTop } from './stack-days.ts';

export interface HourBar {
  hour: HourRows;
  /** Heights in units of the chart; failures stand on the line, the rest above them. */
  failures: number;
  rest: number;
}

/** Bars of `height` units; an hour in which anything happened is at least one unit high. */
export const hourBars = (hours: readonly HourRows[], height: number): { bars: HourBar[]; top: number } => {
  const top = axisTop(Math.max(0, ...hours.map(({ rows }) => rows)));
  const scaled = (count: number): number => (count === 0 ? 0 : Math.max(1, (count / top) * height));
  const bars = hours.map((hour) => ({
    hour,
    failures: scaled(hour.failures),
    rest: scaled(hour.rows - hour.failures),
  }));
  return { bars, top };
};
