import { BrowserWindow, type Session, type WebContents } from 'electron';
import { isWindowAddress, mayOpenOutside, windowAddress } from './window-address.ts';

export interface WindowOptions {
  preloadFile: string;
  /** Opens a link that `mayOpenOutside` in the system's browser. */
  openOutside(address: string): void;
}

/** The page asks for nothing but to copy rows to the clipboard. */
const allowedPermission = 'clipboard-sanitized-write';

const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === allowedPermission);
  });
  session.setPermissionCheckHandler((_contents, permission) => permission === allowedPermission);
  session.setDevicePermissionHandler(() => false);
};

const denyNavigation = (contents: WebContents, openOutside: WindowOptions['openOutside']): void => {
  const refuse = (event: { preventDefault(): void; url: string }): void => {
    if (!isWindowAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-frame-navigate', (event) => {
    // A page inside the window that it writes itself: under the same policy, and sandboxed (the preview of a report).
    if (event.isMainFrame || event.url !== 'about:srcdoc') refuse(event);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) openOutside(url);
    return { action: 'deny' };
  });
};

/** The one window: sandboxed, isolated, without Node, and unable to leave its own page. */
export const createWindow = (options: WindowOptions): BrowserWindow => {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'UNIFI Provisioning Monitor',
    webPreferences: {
      preload: options.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  denyPermissions(window.webContents.session);
  denyNavigation(window.webContents, options.openOutside);
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(windowAddress);
  return window;
};
