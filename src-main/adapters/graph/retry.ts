import type { Middleware } from '@microsoft/microsoft-graph-client';
import { isAppError } from '../../core/app-error.ts';
import { readRetryAfter } from '../net/retry-after.ts';
import type { Timing } from '../net/wait.ts';
import { licenceCode, readServiceError } from './graph-failure.ts';
import { detailsOf } from './middleware.ts';
import type { Answer } from './request-details.ts';

/** What went wrong with one attempt, as far as another attempt may help. */
type Trouble = 'throttled' | 'server' | 'network' | 'slow' | 'licence';

/** How often each trouble is met with another attempt, and the wait before the first of them; it doubles each time. */
const patience: Readonly<Record<Trouble, { attempts: number; firstWaitMs: number }>> = {
  // The reports bucket sends 429 without Retry-After: 10 s, then 20, 40 ... with jitter. graph-provisioning.md 10.
  throttled: { attempts: 5, firstWaitMs: 10_000 },
  server: { attempts: 4, firstWaitMs: 1_000 },
  network: { attempts: 3, firstWaitMs: 1_000 },
  slow: { attempts: 1, firstWaitMs: 1_000 },
  // Reported to appear now and then on licensed tenants: believed when it comes twice.
  licence: { attempts: 1, firstWaitMs: 2_000 },
};

const troubleOfAnswer = (answer: Answer): Trouble | null => {
  if (answer.status === 429) return 'throttled';
  if (answer.status >= 500 && answer.status !== 501) return 'server';
  if ((answer.status === 403 || answer.status === 401) && readServiceError(answer).code === licenceCode) {
    return 'licence';
  }
  return null;
};

const troubleOfError = (error: unknown): Trouble | null => {
  if (!isAppError(error)) return null;
  if (error.code === 'network-unreachable') return 'network';
  return error.code === 'timed-out' ? 'slow' : null;
};

/** What people read while a wait lasts. */
const noteOf = (trouble: Trouble, waitMs: number): string => {
  const wait = `Waiting ${Math.max(1, Math.round(waitMs / 1000))} s`;
  switch (trouble) {
    case 'throttled':
      return `${wait}: Microsoft Graph is limiting requests.`;
    case 'server':
    case 'licence':
      return `${wait}: Microsoft Graph could not answer, asking again.`;
    case 'network':
    case 'slow':
      return `${wait}: the connection failed, asking again.`;
  }
};

/**
 * Asks again after throttling, server errors, time-outs and network errors; all requests are idempotent GETs. What
 * remains afterwards is left to the caller: the last answer, or the last error thrown.
 */
export const createRetryMiddleware = (timing: Timing, next: Middleware): Middleware => ({
  async execute(context) {
    const details = detailsOf(context);
    const tried = new Map<Trouble, number>();
    for (;;) {
      let trouble: Trouble | null;
      let failed: { error: unknown } | null = null;
      details.answer = null;
      try {
        await next.execute(context);
        trouble = details.answer === null ? null : troubleOfAnswer(details.answer);
      } catch (error) {
        failed = { error };
        trouble = troubleOfError(error);
      }
      const attempts = trouble === null ? 0 : (tried.get(trouble) ?? 0);
      if (trouble === null || attempts >= patience[trouble].attempts) {
        if (failed) throw failed.error;
        return;
      }
      tried.set(trouble, attempts + 1);
      const { answer } = details as { answer: Answer | null };
      const asked = answer === null ? null : readRetryAfter(answer.headers, Date.now());
      const waitMs = asked ?? patience[trouble].firstWaitMs * 2 ** attempts * (1 + Math.random() * 0.2);
      details.meter.changed(noteOf(trouble, waitMs));
      const startedMs = timing.nowMs();
      await timing.wait(waitMs, details.signal);
      if (trouble === 'throttled' || trouble === 'server') details.meter.throttledMs += timing.nowMs() - startedMs;
    }
  },
});
