import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The window knows the contract and nothing else of src-main; dependency-cruiser does not see type imports in .svelte files. */
const contractOnly = [
  'error',
  {
    patterns: [
      { regex: 'src-main/(?!contract/)', message: 'The window may import src-main/contract only.' },
      { regex: '^(node:|electron$)', message: 'The window runs in a browser.' },
    ],
  },
];

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'test-results/', 'bench-results/', '.cache/', 'node_modules/', 'test/fixtures/']),
  {
    files: ['**/*.{ts,svelte}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './tsconfig.renderer.json'], extraFileExtensions: ['.svelte'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Ports and hosts are objects of closures; none of their functions uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // Documents what a union is about, as in `SourceName | unknown`; and what is thrown again may be anything.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // Functions that implement an asynchronous interface may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    // What other files rely on says what it gives.
    files: ['src-main/**/*.ts', 'src-renderer/**/*.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'error' },
  },
  {
    files: ['src-renderer/**/*.{ts,svelte}'],
    rules: { 'no-restricted-imports': contractOnly },
  },
  { files: ['src-renderer/**/*.svelte', '**/*.svelte.ts'], extends: [svelte.configs.recommended] },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // A component's type is known to svelte-check only; here its imports have none.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // Addresses of views are made by routes.ts; this is no SvelteKit application.
      'svelte/no-navigation-without-resolve': 'off',
      // Sets and maps that only the class itself reads need no tracking; the rule cannot tell.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Answers of servers under test are read as the test expects them; a wrong shape fails the test.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // Benchmarks and tools talk to the terminal.
    files: ['test/bench/**'],
    rules: { 'no-console': 'off' },
  },
);
