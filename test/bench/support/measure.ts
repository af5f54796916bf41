export interface Figure {
  name: string;
  value: number;
  unit: string;
  target?: string;
  met?: boolean;
}

/** BENCH_SCALE makes every bench smaller; 1 is the full size. */
export const scale = Number(process.env['BENCH_SCALE'] ?? '1');

export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** How long some work takes, in milliseconds, and what it gives. */
export const timed = async <T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> => {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
};

export const p95 = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * 0.95) - 1)] ?? NaN;

export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export const round = (value: number): number => Math.round(value * 100) / 100;

/** The figures as the runner of all benches wants them. */
export const printFigures = (name: string, figures: Figure[]): void => {
  process.stdout.write(`${JSON.stringify({ name, figures })}\n`);
};
