import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { isPlaceInWindow, windowHeaders } from '../window-policy.ts';
import { isWindowAddress } from './window-address.ts';

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const missing = (): Response => new Response('There is no such file.', { status: 404, headers: windowHeaders });

/** The file below `directory` that a path of the window means; null for anything outside. Views mean `index.html`. */
const fileOf = (directory: string, pathname: string): string | null => {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const file = normalize(join(directory, isPlaceInWindow(path) ? 'index.html' : path));
  const root = directory.endsWith(sep) ? directory : directory + sep;
  return file.startsWith(root) && !path.includes('\0') ? file : null;
};

/** Answers the window's own scheme with the built files, the same headers as the web host sends. */
export const createWindowFiles =
  (directory: string): ((request: Request) => Promise<Response>) =>
  async (request) => {
    if (request.method !== 'GET' || !isWindowAddress(request.url)) return missing();
    const file = fileOf(directory, new URL(request.url).pathname);
    const type = file === null ? undefined : contentTypes[extname(file)];
    if (file === null || type === undefined) return missing();
    let body: Buffer<ArrayBuffer>;
    try {
      body = await readFile(file);
    } catch {
      return missing();
    }
    return new Response(body, { headers: { ...windowHeaders, 'content-type': type, 'cache-control': 'no-cache' } });
  };
