import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoLog } from '../world.ts';

/** The provisioning log on disk. Rows have to be added in the order of their times. */
export interface LogFile extends DemoLog {
  /** `row`: JSON text without line breaks. */
  add(atMs: number, row: string): void;
  /** Rows at or before this moment are no longer served, as after the service's retention. */
  forgetBefore(ms: number): void;
  close(): void;
}

const bufferSize = 1 << 20;

/** A growing list of numbers without an object each. */
const createNumbers = (): { push(value: number): void; at(index: number): number; length(): number } => {
  let values = new Float64Array(4096);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Float64Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    at: (index) => values[index] as number,
    length: () => length,
  };
};

/** Keeps times and offsets in memory (16 bytes a row), and the rows in one file in `directory`. */
export const createLogFile = (directory: string, name: string): LogFile => {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name);
  const handle = openSync(file, 'w+');
  const times = createNumbers();
  const offsets = createNumbers();
  const buffer = Buffer.allocUnsafe(bufferSize);
  let buffered = 0;
  let written = 0;
  let forgottenMs = Number.NEGATIVE_INFINITY;

  const flush = (): void => {
    if (buffered === 0) return;
    writeSync(handle, buffer, 0, buffered, written);
    written += buffered;
    buffered = 0;
  };

  /** First row later than `ms`. */
  const firstAfter = (ms: number): number => {
    let low = 0;
    let high = times.length();
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times.at(middle) > ms) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    get count() {
      return times.length();
    },
    add(atMs, row) {
      const line = `${row}\n`;
      if (buffered + line.length * 3 > bufferSize) flush();
      times.push(atMs);
      offsets.push(written + buffered);
      buffered += buffer.write(line, buffered, 'utf8');
    },
    forgetBefore(ms) {
      forgottenMs = Math.max(forgottenMs, ms);
    },
    range(fromMs, toMs) {
      const start = firstAfter(Math.max(fromMs, forgottenMs));
      const end = Number.isFinite(toMs) ? firstAfter(toMs - 1) : times.length();
      return { start, end: Math.max(start, end) };
    },
    rows(start, end) {
      const last = Math.min(end, times.length());
      if (start >= last) return [];
      flush();
      const begin = offsets.at(start);
      const stop = last < times.length() ? offsets.at(last) : written;
      const chunk = Buffer.allocUnsafe(stop - begin);
      readSync(handle, chunk, 0, chunk.length, begin);
      return chunk.toString('utf8', 0, chunk.length - 1).split('\n');
    },
    close() {
      closeSync(handle);
      rmSync(file, { force: true });
    },
  };
};
