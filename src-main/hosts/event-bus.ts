import type { EventName, Events } from '../contract/events.ts';
import type { EventSink } from '../services/ports.ts';

export interface EventBus extends EventSink {
  /** Gives a function that ends the subscription. */
  on<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void;
}

/** Push events within one process. A listener that fails must not stop the work that reports: its error is handed on. */
export const createEventBus = (onError: (error: unknown) => void): EventBus => {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: never) => void);
      return () => set.delete(listener as (payload: never) => void);
    },
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) {
        try {
          listener(payload as never);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
};
