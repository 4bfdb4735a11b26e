import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Where printing, `process.argv`, `process.env` and exiting are the job. Elsewhere data flows through return values. */
const mayPrint = [
  'conformance/cli/**',
  'conformance/self-test/**',
  'reference-server/main.ts',
  'scripts/**',
  'bench/**',
  'examples/**',
  '**/*.config.ts',
  '**/*.test.ts',
];

export default defineConfig(
  { ignores: ['dist/', 'generated/', 'node_modules/', 'artefacts/', 'coverage/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Express handlers and port methods are async for their type, not always for an await.
      '@typescript-eslint/require-await': 'off',
      // JSON from a target is a Record<string, unknown>: index access is how it is read.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Ports are interfaces with methods, and are taken apart; no implementation of one uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // A request is changed by deleting one property; which one is data.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Code points are what JSON Schema counts.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-param-reassign': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: mayPrint,
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        ...['exit', 'exitCode', 'argv', 'env', 'stdout', 'stderr', 'stdin'].map((property) => ({
          object: 'process',
          property,
          message: 'Only conformance/cli (and reference-server/main.ts) may touch it; hand the value in or return it.',
        })),
      ],
    },
  },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: ['**/*.test.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        TextDecoder: 'readonly',
        URL: 'readonly',
        console: 'readonly',
        process: 'readonly',
      },
    },
  },
);
