import { AppError } from '../../core/app-error.ts';
import type { Fetch } from '../../services/ports.ts';

/** A fetch that makes no more than `most` requests, repetitions included, and counts them. */
export interface LimitedFetch {
  fetch: Fetch;
  used(): number;
}

/** Throws `graph-unavailable` in place of every further request, without asking anybody. */
export const limitRequests = (fetch: Fetch, most: number): LimitedFetch => {
  let used = 0;
  return {
    used: () => used,
    fetch: (input, init) => {
      if (used >= most) {
        const error = new AppError({
          code: 'graph-unavailable',
          message: `A look at one person makes at most ${most} requests, and they are used up.`,
          advice: 'Try again in a minute, or collect.',
        });
        return Promise.reject(error);
      }
      used += 1;
      return fetch(input, init);
    },
  };
};
