import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import type { ProgressEvent } from '../../../../src-main/contract/events.ts';
import { showProgress } from '../../../../src-main/hosts/cli/progress.ts';

const event = (own: Partial<ProgressEvent>): ProgressEvent => ({
  callId: 'call',
  phase: 'collecting',
  source: 'scim-users',
  items: 0,
  total: null,
  rate: null,
  remainingMs: null,
  note: null,
  ...own,
});

/** What a stream with these features was written for these events. */
const shown = (stream: { isTTY?: boolean; columns?: number }, ...events: ProgressEvent[]): string => {
  const sink = Object.assign(new PassThrough(), stream);
  let send: (progress: ProgressEvent) => void = () => undefined;
  const stop = showProgress(
    (listener) => {
      send = listener;
      return () => undefined;
    },
    sink as unknown as WriteStream,
  );
  for (const progress of events) send(progress);
  stop();
  return String(sink.read() ?? '');
};

const busy = event({ items: 1200, total: 104_000, rate: 412.4, remainingMs: 249_000 });

test('shows counts, rate and remaining time on a terminal, and clears the line at the end', () => {
  const text = shown({ isTTY: true, columns: 120 }, busy);
  expect(text).toContain('scim-users 1,200 of 104,000, 412/s, 5 min left');
  expect(text.endsWith('\r\u001b[K')).toBe(true);
});

test('writes nothing where no terminal is', () => {
  expect(shown({}, busy)).toBe('');
});

test.each([
  ['a narrow terminal', 40, 39],
  ['a terminal that does not know its width', 0, 79],
])('cuts the line for %s', (_what, columns, longest) => {
  const [line = ''] = /(?<=\[K)[^\r]+/u.exec(shown({ isTTY: true, columns }, event({ note: 'x'.repeat(300) }))) ?? [''];
  expect(line).toHaveLength(longest);
});
