import { isAppError } from '../../core/app-error.ts';
import type { LogRecord } from '../../core/model/log.ts';
import type { Clock, LogPosition, LogStore, ProvisioningLogSource, ReadOptions, RunStore } from '../ports.ts';
import type { SourceEnd } from './source-runner.ts';
import { planLogWindows, splitLogWindow, type LogWindow } from './log-windows.ts';
import { prefetch } from './prefetch.ts';

export interface CollectLogOptions {
  log: ProvisioningLogSource;
  store: LogStore;
  runs: RunStore;
  clock: Clock;
  servicePrincipalId: string;
  jobId: string | null;
  monotonicMs(): number;
}

/** Rows are stored in larger lots while pages come fast: the full-text index then writes fewer, longer segments. */
const lotRows = 5_000;
/** While pages come slowly, as the service's limit makes them, each is stored at once. */
const lotMs = 1_000;

/** Failures that a smaller window can avoid: the answer took too long, or the service gave up on it. */
const isWorthSplitting = (error: unknown): boolean =>
  isAppError(error) && ['timed-out', 'graph-unavailable', 'graph-throttled'].includes(error.code);

/** A page link that the service no longer accepts: the window is read again from its start. */
const isExpiredLink = (error: unknown): boolean =>
  isAppError(error) && ['graph-rejected', 'graph-not-found', 'response-unexpected'].includes(error.code);

/**
 * Pulls the provisioning log: open windows first, then what is new. Stored pages are followed by the position where the
 * log goes on, so that a pull that ends anywhere continues there. Rows are stored by id, so reading a page twice
 * changes nothing.
 *
 * Throws the Failure of the window that could not be read, after its position is saved.
 */
export const collectLog = async (options: CollectLogOptions, read: ReadOptions): Promise<SourceEnd> => {
  const { store } = options;
  const position = await store.position();
  const plan = planLogWindows(position, options.clock.now().getTime());
  if (plan.gap) await options.runs.saveGap(plan.gap);

  let pending: LogWindow[] = plan.windows;
  const reachedTo = plan.windows.at(-1)?.to ?? position.completeTo;
  const startedFrom = plan.windows[0]?.from ?? null;
  const completeFrom = position.completeFrom ?? startedFrom;
  const savePosition = (next: LogPosition): Promise<void> => store.savePosition(next);

  let lot: { rows: LogRecord[]; position: LogPosition | null } = { rows: [], position: null };
  let storedMs = options.monotonicMs();
  const storeLot = async (): Promise<void> => {
    if (lot.rows.length > 0) read.meter.withheld += (await store.save(lot.rows)).withheld ?? 0;
    if (lot.position) await savePosition(lot.position);
    // Only now: no position may be saved past rows that could not be stored.
    lot = { rows: [], position: null };
    storedMs = options.monotonicMs();
  };

  while (pending.length > 0) {
    const [current, ...rest] = pending as [LogWindow, ...LogWindow[]];
    try {
      const pages = options.log.readWindow({
        ...read,
        servicePrincipalId: options.servicePrincipalId,
        jobId: options.jobId,
        from: current.from,
        to: current.to,
        resumeLink: current.nextLink,
      });
      for await (const page of prefetch(pages)) {
        const left = page.nextLink === null ? rest : [{ ...current, nextLink: page.nextLink }, ...rest];
        pending = left;
        for (const row of page.rows) lot.rows.push(row);
        lot.position = { completeFrom, completeTo: left.length === 0 ? reachedTo : position.completeTo, open: left };
        const isDue = lot.rows.length >= lotRows || options.monotonicMs() - storedMs >= lotMs;
        if (isDue || page.nextLink === null) await storeLot();
      }
      // A window without a single page would otherwise be asked for ever.
      if (pending[0] === current) pending = rest;
    } catch (error) {
      // What came before the trouble is kept.
      await storeLot();
      const unread = pending[0] ?? current;
      if (unread.nextLink !== null && unread.nextLink === current.nextLink && isExpiredLink(error)) {
        pending = [{ ...unread, nextLink: null }, ...rest];
        continue;
      }
      const pieces = isWorthSplitting(error) ? splitLogWindow({ ...unread, nextLink: null }) : null;
      if (pieces) {
        pending = [...pieces, ...rest];
        read.meter.changed('The service could not answer for the whole period; asking for shorter ones.');
        continue;
      }
      await savePosition({ completeFrom, completeTo: position.completeTo, open: pending });
      throw error;
    }
  }
  await savePosition({ completeFrom, completeTo: reachedTo, open: [] });
  return { from: startedFrom, to: reachedTo };
};
