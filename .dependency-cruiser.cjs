/* The layers of ARCHITECTURE.md, contract <- core <- services <- adapters <- hosts, and contract <- src-renderer. */

const main = (...folders) => `^src-main/(${folders.join('|')})/`;

/** Only files below `owner` import the package. */
const onlyIn = (packages, owner) => ({
  name: `only-${owner.replaceAll('/', '-')}-imports-${packages[0].replaceAll(/[@/]/gu, '')}`,
  severity: 'error',
  from: { path: '^src-(main|renderer)/', pathNot: `^src-main/${owner}/` },
  to: { path: packages.map((name) => `(^|node_modules/)${name}(/|$)`) },
});

/** Each adapter but the shared HTTP plumbing, seen from its own folder. */
const betweenAdapters = {
  name: 'no-adapter-imports-another',
  comment: 'adapters/net holds what every HTTP adapter shares; everything else meets in hosts/compose.ts',
  severity: 'error',
  from: { path: '^src-main/adapters/([^/]+)/' },
  to: { path: '^src-main/adapters/', pathNot: '^src-main/adapters/($1|net)/' },
};

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'contract-imports-nothing',
      severity: 'error',
      from: { path: main('contract') },
      to: { pathNot: main('contract') },
    },
    {
      name: 'core-imports-contract-only',
      severity: 'error',
      from: { path: main('core') },
      to: { pathNot: main('contract', 'core') },
    },
    {
      name: 'services-import-core-and-contract-only',
      severity: 'error',
      from: { path: main('services') },
      to: { pathNot: main('contract', 'core', 'services') },
    },
    {
      name: 'adapters-see-services-through-ports',
      severity: 'error',
      from: { path: main('adapters') },
      to: { path: main('services', 'hosts', 'demo'), pathNot: '^src-main/services/(ports|read-meter)\\.ts$' },
    },
    betweenAdapters,
    {
      name: 'demo-imports-contract-only',
      comment: 'Its rules are written a second time on purpose: agreement with core would prove nothing otherwise.',
      severity: 'error',
      from: { path: main('demo') },
      to: { path: '^src-(main|renderer)/', pathNot: main('contract', 'demo') },
    },
    {
      name: 'only-hosts-import-demo',
      severity: 'error',
      from: { path: '^src-', pathNot: main('hosts', 'demo') },
      to: { path: main('demo') },
    },
    {
      name: 'window-imports-contract-only',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', pathNot: main('contract') },
    },
    {
      name: 'nothing-imports-the-window-or-tests',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^(src-renderer|test)/' },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      // The window is built into its own files; what it uses does not have to be installed.
      from: { path: '^src-main/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^|node_modules/)electron(/|$)',
      },
    },
    onlyIn(['electron'], 'hosts/electron'),
    onlyIn(['better-sqlite3'], 'adapters/sqlite'),
    onlyIn(['@azure/msal-node', '@azure/msal-common'], 'adapters/entra'),
    onlyIn(['@microsoft/microsoft-graph-client', '@microsoft/microsoft-graph-types'], 'adapters/graph'),
    onlyIn(['@napi-rs/keyring'], 'adapters/secrets'),
    onlyIn(['fastify', '@fastify/static'], 'hosts/web'),
    onlyIn(['commander'], 'hosts/cli'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types', 'svelte'],
    },
  },
};
