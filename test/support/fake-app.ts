import { methodNames, type MethodName } from '../../src-main/contract/api.ts';
import type { EventName, Events } from '../../src-main/contract/events.ts';
import type { Failure } from '../../src-main/contract/failure.ts';
import type { App } from '../../src-main/hosts/compose.ts';
import { createEventBus } from '../../src-main/hosts/event-bus.ts';

type HostSide = Pick<App, 'call' | 'on'>;

export interface FakeApp extends HostSide {
  /** Every call that came through, as it came. */
  calls: { method: string; input: unknown }[];
  emit<E extends EventName>(name: E, payload: Events[E]): void;
  listenerCount(): number;
}

/** An application behind a host whose every method gives its name and input back, derived from the contract's names. */
export const createFakeApp = (failures: Partial<Record<MethodName, Failure>> = {}): FakeApp => {
  const bus = createEventBus((error) => {
    throw error;
  });
  const calls: FakeApp['calls'] = [];
  let listening = 0;
  return {
    calls,
    call: (method, input) => {
      calls.push({ method, input });
      const failure = methodNames.includes(method as MethodName) ? failures[method as MethodName] : undefined;
      return Promise.resolve(
        failure ? { version: 1, ok: false, failure } : { version: 1, ok: true, value: { method, input } },
      );
    },
    on: (name, listener) => {
      const stop = bus.on(name, listener);
      listening += 1;
      return () => {
        stop();
        listening -= 1;
      };
    },
    emit: (name, payload) => {
      bus.emit(name, payload);
    },
    listenerCount: () => listening,
  };
};
