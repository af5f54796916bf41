import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import { eventNames } from '../../contract/events.ts';
import type { App } from '../compose.ts';
import { callChannel, eventChannel } from './bridge.ts';
import { isWindowAddress } from './window-address.ts';

export interface IpcOptions {
  app: Pick<App, 'call' | 'on'>;
  ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  window: Pick<BrowserWindow, 'isDestroyed' | 'webContents'>;
  /** A message came from somewhere else than our page: refused, and worth a line in the log. */
  onForeignSender(): void;
}

/** Only our window's top frame, and only while it shows our page. */
const isOurPage = (event: IpcMainInvokeEvent, window: IpcOptions['window']): boolean =>
  !window.isDestroyed() &&
  event.sender === window.webContents &&
  event.senderFrame !== null &&
  event.senderFrame === window.webContents.mainFrame &&
  isWindowAddress(event.senderFrame.url);

/** Carries calls and events between our page and the application. Gives a function that ends it. */
export const connectIpc = ({ app, ipcMain, window, onForeignSender }: IpcOptions): (() => void) => {
  ipcMain.handle(callChannel, (event, method: unknown, input: unknown) => {
    if (!isOurPage(event, window)) {
      onForeignSender();
      throw new Error('Refused: this page may not use the application.');
    }
    return app.call(typeof method === 'string' ? method : '', input);
  });
  const stops = eventNames.map((name) =>
    app.on(name, (payload) => {
      // A page that is not ours must not learn anything either.
      if (window.isDestroyed() || !isWindowAddress(window.webContents.getURL())) return;
      window.webContents.send(eventChannel, name, payload);
    }),
  );
  return () => {
    ipcMain.removeHandler(callChannel);
    for (const stop of stops) stop();
  };
};
