import type { DayOutcome } from '../../src-main/contract/models/provisioning-event.ts';

/** From the ground up: what needs attention stands on the line, where its height can be compared. */
export const outcomeNames = ['failure', 'warning', 'skippedOther', 'success', 'skippedBenign'] as const;
export type OutcomeName = (typeof outcomeNames)[number];

export const outcomeWords: Record<OutcomeName, string> = {
  failure: 'Failure',
  warning: 'Warning',
  skippedOther: 'Skipped, needs a look',
  success: 'Success',
  skippedBenign: 'Skipped as it should be',
};

export interface DayBar {
  day: DayOutcome;
  total: number;
  /** Parts with a height, from the ground up, in units of the chart. */
  parts: { name: OutcomeName; y: number; height: number }[];
}

/** The largest total rounded up to 1, 2 or 5 times a power of ten, so that the axis has a plain number. */
export const axisTop = (largest: number): number => {
  if (largest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= largest) ?? largest;
};

export const totalOf = (day: DayOutcome): number => outcomeNames.reduce((sum, name) => sum + day[name], 0);

/** Stacked bars of `height` units; anything that happened at all is at least one unit high. */
export const stackDays = (days: readonly DayOutcome[], height: number): { bars: DayBar[]; top: number } => {
  const top = axisTop(Math.max(0, ...days.map(totalOf)));
  const bars = days.map((day) => {
    let y = height;
    const parts = outcomeNames
      .filter((name) => day[name] > 0)
      .map((name) => {
        const part = Math.max(1, (day[name] / top) * height);
        y -= part;
        return { name, y: Math.max(0, y), height: part };
      });
    return { day, total: totalOf(day), parts };
  });
  return { bars, top };
};
