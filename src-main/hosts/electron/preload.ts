import { contextBridge, ipcRenderer } from 'electron';
import { methodNames } from '../../contract/api.ts';
import { eventNames, type EventName } from '../../contract/events.ts';
import { bridgeName, callChannel, eventChannel } from './bridge.ts';

/*
 * One function for each method of the contract, and the subscription to its events: nothing else of Electron reaches
 * the page, and this file does not grow with features.
 */

type Listener = (payload: unknown) => void;
const listeners = new Map<EventName, Set<Listener>>(eventNames.map((name) => [name, new Set()]));

ipcRenderer.on(eventChannel, (_event, name: EventName, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

const calls = methodNames.map((name) => [
  name,
  (input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, name, input),
]);

const subscribe = (name: EventName, listener: Listener): (() => void) => {
  const set = listeners.get(name);
  if (!set) throw new Error('There is no such event.');
  // Each subscription is its own, also when the same function is given twice.
  const own: Listener = (payload) => {
    listener(payload);
  };
  set.add(own);
  return () => {
    set.delete(own);
  };
};

contextBridge.exposeInMainWorld(bridgeName, { ...Object.fromEntries(calls), subscribe });
