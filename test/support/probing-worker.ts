import { workerData } from 'node:worker_threads';
import { createGraph } from '../../src-main/adapters/graph/create-graph.ts';
import { createFetch } from '../../src-main/adapters/net/create-fetch.ts';
import { aConnection } from './connections.ts';
import { createFastTiming } from './fast-timing.ts';
import { aMeter, timingFactor } from './graph-harness.ts';

/* A thread that asks Graph's audit log a number of times, as a collection in a worker does. */

const { graph: origin, count } = workerData as { graph: string; count: number };
const graph = createGraph({
  connection: aConnection({ graph: origin }),
  tokens: { getToken: () => Promise.resolve('token') },
  fetch: createFetch({}),
  clock: { now: () => new Date() },
  env: {},
  timing: createFastTiming(timingFactor),
});
const read = { signal: new AbortController().signal, meter: aMeter() };
await Promise.all(Array.from({ length: count }, () => graph.probe.audit(read)));
