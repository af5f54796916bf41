import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** Where to build to: the launcher builds aside and puts the whole in place when it is complete. */
const out = process.env['UNIFI_MONITOR_BUILD_DIRECTORY'] ?? 'out';

/** Beside the Electron main process: every thread and process that the product starts is a file of its own. */
const mainEntries = {
  main: 'src-main/hosts/electron/main.ts',
  'store-worker': 'src-main/adapters/sqlite/store-worker.ts',
  'job-worker': 'src-main/hosts/worker/job-worker.ts',
  'care-worker': 'src-main/hosts/worker/care-worker.ts',
  'query-process': 'src-main/adapters/sqlite/console/query-process.ts',
  'tenant-worker': 'src-main/demo/tenant-worker.ts',
};

/**
 * Every view has an address of its own, also below other paths, so the page must name its files from the root.
 * electron-vite sets "./" for pages opened as files, whatever the configuration says; this comes after it.
 */
const namedFromTheRoot: Plugin = { name: 'named-from-the-root', config: () => ({ base: '/' }) };

export default defineConfig({
  main: {
    build: {
      outDir: `${out}/main`,
      rolldownOptions: {
        input: mainEntries,
        // Shared parts beside the entries, so that "../../package.json" is the same file from source and built.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: `${out}/preload`,
      // A sandboxed preload is one CommonJS file: it can load neither modules nor packages.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src-main/hosts/electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [
      namedFromTheRoot,
      svelte({
        // Runes for our components; packages may be written in the older way.
        dynamicCompileOptions: ({ filename }) => (filename.includes('node_modules') ? undefined : { runes: true }),
      }),
    ],
    build: {
      outDir: `${out}/renderer`,
      // A picture inside the style sheet would be a data: address, which only images may have.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'src-renderer/index.html' },
    },
  },
});
