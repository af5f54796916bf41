import { PassThrough } from 'node:stream';
import { eventNames } from '../../contract/events.ts';
import type { App } from '../compose.ts';

/** More than this waiting means that nobody reads: the stream ends, and a living window opens another. */
const mostWaitingBytes = 1_000_000;

export interface EventStream {
  body: PassThrough;
  close(): void;
}

/**
 * Push events as lines of JSON, `{"name","payload"}`. An empty line every 15 s keeps proxies and the browser from
 * giving up, and tells a reader that the program still lives.
 */
export const openEventStream = (app: Pick<App, 'on'>, keepAliveMs = 15_000): EventStream => {
  const body = new PassThrough();
  const write = (line: string): void => {
    if (body.writableLength > mostWaitingBytes) close();
    else body.write(`${line}\n`);
  };
  const stops = eventNames.map((name) =>
    app.on(name, (payload) => {
      write(JSON.stringify({ name, payload }));
    }),
  );
  const timer = setInterval(() => {
    write('');
  }, keepAliveMs);
  const close = (): void => {
    clearInterval(timer);
    for (const stop of stops.splice(0)) stop();
    body.end();
  };
  body.once('close', close);
  write('');
  return { body, close };
};
