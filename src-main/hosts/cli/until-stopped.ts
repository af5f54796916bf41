/**
 * Resolves at Ctrl-C or the end of the service. To be called before the first word is printed: whoever reads an address
 * may send the signal at once, and without a listener it ends the process before anything is closed.
 */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
