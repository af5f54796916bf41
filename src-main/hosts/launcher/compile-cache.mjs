import module from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Where Node keeps what it made of the sources, types stripped and compiled, between two starts: a start takes half the
 * time. In the program's own folder, since what lies there is run: a folder that others can write to would not do. Where
 * it cannot be written, every start does the work again.
 */
const compileCache =
  process.env['NODE_COMPILE_CACHE'] ?? fileURLToPath(new URL('../../../.cache/node', import.meta.url));

/** For programs that are started, and for threads. @returns {NodeJS.ProcessEnv} */
export const withCompileCache = () => ({ ...process.env, NODE_COMPILE_CACHE: compileCache });

/** For this process and the threads that it will start. */
export const useCompileCache = () => {
  process.env['NODE_COMPILE_CACHE'] = compileCache;
  module.enableCompileCache(compileCache);
};
