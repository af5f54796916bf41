import { BrowserWindow, type MenuItemConstructorOptions } from 'electron';

/** A window of its own has no buttons of a browser: going back to where one was needs a command and a key. */
const goBack = (): void => BrowserWindow.getFocusedWindow()?.webContents.navigationHistory.goBack();
const goForward = (): void => BrowserWindow.getFocusedWindow()?.webContents.navigationHistory.goForward();

/** Editing, moving about and window commands; no way to the developer tools. */
export const windowMenu = (platform: NodeJS.Platform): MenuItemConstructorOptions[] => {
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { role: 'editMenu' },
    { label: 'View', submenu: [{ role: 'reload' }, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }] },
    {
      label: 'Go',
      submenu: [
        { label: 'Back', accelerator: mac ? 'Cmd+[' : 'Alt+Left', click: goBack },
        { label: 'Forward', accelerator: mac ? 'Cmd+]' : 'Alt+Right', click: goForward },
      ],
    },
    { role: 'windowMenu' },
  ];
};
