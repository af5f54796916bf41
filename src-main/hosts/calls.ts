/** Long calls of this process by their id, so that `cancel` finds them. */
export interface Calls {
  /** Runs with a signal that `cancel(callId)` aborts. */
  run<T>(callId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** False when no call of that id runs. */
  cancel(callId: string): boolean;
  cancelAll(): void;
}

export const createCalls = (): Calls => {
  const running = new Map<string, AbortController>();
  return {
    async run(callId, work) {
      const controller = new AbortController();
      running.set(callId, controller);
      try {
        return await work(controller.signal);
      } finally {
        if (running.get(callId) === controller) running.delete(callId);
      }
    },
    cancel(callId) {
      const controller = running.get(callId);
      controller?.abort();
      return controller !== undefined;
    },
    cancelAll() {
      for (const controller of running.values()) controller.abort();
    },
  };
};
