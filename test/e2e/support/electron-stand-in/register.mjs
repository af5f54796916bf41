import { registerHooks } from 'node:module';

/** For `node --import`: the built main bundle's `import ... from 'electron'` finds the stand-in. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? next(new URL('./electron.ts', import.meta.url).href, context) : next(specifier, context),
});
