import { startDemoTenant } from '../../../src-main/demo/start-tenant.ts';
import type { DemoLog } from '../../../src-main/demo/world.ts';
import { createSmallWorld } from '../../support/small-world.ts';
import { graphRow, rowTimeMs, type LogShape } from './log-rows.ts';
import { makeAhead } from './make-ahead.ts';

/*
 * A process of its own with the demo tenant's servers, unthrottled, and a log of as many rows as asked for. Rows are
 * made a little before they are asked for, so that their number does not matter and nobody waits for the making: what
 * is measured is the pulling. Says where it serves, and ends with its parent.
 */

const rows = Number(process.argv[2]);
const small = createSmallWorld({ users: 5, rows: 1 });
const shape: LogShape = {
  rows,
  days: 28,
  people: Math.max(100, Math.round(rows / 10)),
  endMs: small.nowMs - 3_600_000,
  ids: small.ids,
};

/** First row whose time is above a moment. */
const firstAbove = (ms: number): number => {
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rowTimeMs(shape, middle) > ms) high = middle;
    else low = middle + 1;
  }
  return low;
};
const rowAt = makeAhead((index) => JSON.stringify(graphRow(shape, index)));
const log: DemoLog = {
  count: rows,
  range: (fromMs, toMs) => ({ start: firstAbove(fromMs), end: firstAbove(toMs - 1) }),
  rows: (start, end) => rowAt(start, end),
};
const tenant = await startDemoTenant({ world: { ...small, log }, throttling: false, logPageLimit: 1000 });
process.send?.({
  graph: tenant.graph,
  authority: tenant.authority,
  scimBaseUrl: tenant.scimBaseUrl,
  ids: tenant.ids,
  nowMs: tenant.nowMs,
  token: await tenant.issueToken(),
});
process.on('disconnect', () => process.exit(0));
