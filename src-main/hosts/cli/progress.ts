import type { ProgressEvent } from '../../contract/events.ts';
import type { SourceName } from '../../contract/models/run.ts';
import { clean, count } from './print.ts';

const seconds = (ms: number): string => (ms < 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`);

const part = (name: string, event: ProgressEvent): string => {
  const of = event.total === null ? '' : ` of ${count(event.total)}`;
  const rate = event.rate === null ? '' : `, ${count(Math.round(event.rate))}/s`;
  const left = event.remainingMs === null ? '' : `, ${seconds(event.remainingMs)} left`;
  return `${name} ${count(event.items)}${of}${rate}${left}`;
};

/**
 * One line on stderr that follows the work: the sources that moved last, with counts, rate and remaining time. Nothing
 * is written when stderr is not a terminal.
 */
export const showProgress = (
  on: (listener: (event: ProgressEvent) => void) => () => void,
  stream: NodeJS.WriteStream = process.stderr,
): (() => void) => {
  if (!stream.isTTY) return () => undefined;
  const latest = new Map<SourceName | string, ProgressEvent>();
  const clear = (): void => {
    stream.write('\r\u001b[K');
  };
  const off = on((event) => {
    const key = event.source ?? event.phase;
    latest.delete(key);
    latest.set(key, event);
    if (event.phase === 'finished') {
      clear();
      return;
    }
    const shown = [...latest].slice(-3).map(([name, state]) => part(name, state));
    const text = clean(event.note ?? shown.join('   '));
    clear();
    // A terminal that does not know its width says 0.
    stream.write(text.slice(0, (stream.columns || 80) - 1));
  });
  return () => {
    off();
    clear();
  };
};
