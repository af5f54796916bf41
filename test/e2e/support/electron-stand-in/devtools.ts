/* The few parts of the DevTools protocol that the stand-in needs, over one WebSocket with flat sessions. */

export type Params = Record<string, unknown>;

export interface DevTools {
  send(method: string, params?: Params, sessionId?: string): Promise<Params>;
  /** Every event, with the session it belongs to. */
  onEvent(listener: (method: string, params: Params, sessionId: string | undefined) => void): void;
}

interface Message {
  id?: number;
  method?: string;
  params?: Params;
  sessionId?: string;
  result?: Params;
  error?: { message: string };
}

export const connectDevTools = async (address: string): Promise<DevTools> => {
  const socket = new WebSocket(address);
  const waiting = new Map<number, { resolve(value: Params): void; reject(error: Error): void }>();
  const listeners: Parameters<DevTools['onEvent']>[0][] = [];
  let sent = 0;
  socket.addEventListener('message', (event) => {
    const message = JSON.parse(String(event.data)) as Message;
    if (message.id === undefined) {
      for (const listener of listeners) listener(message.method ?? '', message.params ?? {}, message.sessionId);
      return;
    }
    const waiter = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) waiter?.reject(new Error(message.error.message));
    else waiter?.resolve(message.result ?? {});
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        sent += 1;
        waiting.set(sent, { resolve, reject });
        socket.send(JSON.stringify({ id: sent, method, params, ...(sessionId ? { sessionId } : {}) }));
      }),
    onEvent: (listener) => {
      listeners.push(listener);
    },
  };
};
