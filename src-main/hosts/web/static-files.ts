import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../core/app-error.ts';
import { isPlaceInWindow } from '../window-policy.ts';

const pathOf = (url: string): string => url.split(/[?#]/u, 1)[0] ?? '/';

/**
 * The built window. Places inside the window get `index.html`; only files below
 * the directory are reachable. Throws `file-unreadable` when the window was not built.
 */
export const serveStaticFiles = (server: FastifyInstance, directory: string): void => {
  const index = join(directory, 'index.html');
  if (!existsSync(index)) {
    throw new AppError({
      code: 'file-unreadable',
      message: 'The files of the window are missing.',
      advice: 'Build them with "npm run build".',
      file: index,
    });
  }
  server.register(fastifyStatic, {
    root: directory,
    dotfiles: 'ignore',
    // Names of built assets carry a hash of their content; the page that names them must always be asked for again.
    cacheControl: false,
    setHeaders(reply, path) {
      const hashed = pathOf(path).includes(`${join('renderer', 'assets')}`) && /-[\w-]{8,}\.\w+$/u.test(path);
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  server.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && isPlaceInWindow(path) && !path.startsWith('/api/')) return reply.sendFile('index.html');
    return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.');
  });
};
