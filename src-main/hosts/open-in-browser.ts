import { spawn } from 'node:child_process';
import { AppError } from '../core/app-error.ts';

/** How each platform opens an address with the person's browser; the address is one argument and never a shell's text. */
const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an https address, or a loopback one, in the system's browser. Throws `input-invalid` for anything else. */
export const openInBrowser = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const url = new URL(address);
    const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
      reject(
        new AppError({
          code: 'input-invalid',
          message: 'Only https addresses are opened in the browser.',
          advice: 'Check the hosts of the connection.',
        }),
      );
      return;
    }
    const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
    const child = spawn(command, [...args, url.href], { stdio: 'ignore', detached: true });
    child.once('error', () =>
      reject(
        new AppError({
          code: 'auth-required',
          message: 'No browser could be opened on this computer.',
          advice: 'Sign in with a device code instead: login --device-code.',
        }),
      ),
    );
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
