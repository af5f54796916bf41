import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Result } from '../../src-main/contract/failure.ts';
import type { App } from '../../src-main/hosts/compose.ts';
import { callChannel } from '../../src-main/hosts/electron/bridge.ts';
import { connectIpc } from '../../src-main/hosts/electron/ipc.ts';
import { windowAddress } from '../../src-main/hosts/electron/window-address.ts';
import { startWebHost } from '../../src-main/hosts/web/server.ts';

/** One way in which a call reaches the application. */
export interface Transport {
  name: string;
  call(method: string, input: unknown): Promise<Result<unknown>>;
  close(): Promise<void>;
}

export const inProcess = (app: App): Transport => ({
  name: 'in process',
  call: (method, input) => app.call(method, input),
  close: () => Promise.resolve(),
});

export const overHttp = async (app: App, rendererDirectory: string): Promise<Transport> => {
  const host = await startWebHost({ app, rendererDirectory });
  const { origin, hash } = new URL(host.url);
  const headers = { 'content-type': 'application/json' };
  const session = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') }),
  });
  const { key } = (await session.json()) as { key: string };
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    name: 'over HTTP',
    async call(method, input) {
      const response = await fetch(`${origin}/api/call/${encodeURIComponent(method)}`, {
        method: 'POST',
        headers: { ...headers, cookie, 'x-unifi-monitor-key': key },
        body: JSON.stringify(input),
      });
      return (await response.json()) as Result<unknown>;
    },
    close: () => host.close(),
  };
};

/** The product's IPC side and a caller's, joined by the structured clone that Electron would use. */
export const overIpc = (app: App): Transport & { callAs(sender: 'frame' | 'stranger'): Promise<unknown> } => {
  type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;
  const handlers = new Map<string, Handler>();
  const mainFrame = { url: windowAddress };
  const webContents = { mainFrame, send: () => undefined, getURL: () => windowAddress };
  const disconnect = connectIpc({
    app,
    ipcMain: {
      handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
      removeHandler: (channel: string) => handlers.delete(channel),
    } as unknown as IpcMain,
    window: { isDestroyed: () => false, webContents } as unknown as BrowserWindow,
    onForeignSender: () => undefined,
  });
  const invoke = async (event: object, ...args: unknown[]): Promise<unknown> =>
    structuredClone(await handlers.get(callChannel)?.(event as IpcMainInvokeEvent, ...structuredClone(args)));
  return {
    name: 'over IPC',
    call: (method, input) =>
      invoke({ sender: webContents, senderFrame: mainFrame }, method, input) as Promise<Result<unknown>>,
    callAs: (sender) =>
      invoke(
        sender === 'frame'
          ? { sender: webContents, senderFrame: { url: windowAddress } }
          : { sender: {}, senderFrame: mainFrame },
        'getAppInfo',
        {},
      ),
    close: () => {
      disconnect();
      return Promise.resolve();
    },
  };
};
