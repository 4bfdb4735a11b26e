/** An esbuild plugin: in bundles, the built-in contracts are JSON that was read and checked, and code that Ajv wrote, while building. */
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';
import { join } from 'node:path';
import { contractAjv, schemaReference } from '../conformance/contract/compile-validators.ts';
import { builtinContracts, loadContract } from '../conformance/contract/load.ts';
import { messageSchemas } from '../conformance/contract/validators.ts';
import type { Contract } from '../conformance/contract/types.ts';
import { root } from './contracts.ts';

/** CommonJS's default export, as Node hands it to an ES module. */
const write = standaloneCode as unknown as typeof standaloneCode.default;

const folder = join(root, 'conformance', 'contract');

/** A module of the source, and what stands in its place: one function that finds, by a digest, what one module a contract exports. */
const replaced = {
  'builtin-validators': { find: 'builtinValidators', keyOf: ({ sha256 }: Contract) => sha256, code: validatorsCode },
  'builtin-documents': { find: 'builtinDocument', keyOf: ({ digest }: Contract) => digest ?? '', code: documentCode },
};

/** @returns a module that exports the validators of one contract, by pointer */
export function validatorsCode(contract: Contract): string {
  const ajv = contractAjv(contract, { source: true, esm: true });
  const pointers = messageSchemas(contract);
  const exported = Object.fromEntries(
    pointers.map((pointer, index) => {
      const $id = `validator:${String(index)}`;
      ajv.addSchema({ $id, $ref: schemaReference(pointer) });
      return [`validate${String(index)}`, $id];
    }),
  );
  const table = pointers.map((pointer, index) => `${JSON.stringify(pointer)}: validate${String(index)}`).join(', ');
  return `import { safePattern } from './safe-pattern.ts';\n${write(ajv, exported)}\nexport const found = { ${table} };\n`;
}

/** @returns a module that exports a contract's document and requirements; V8 reads JSON in a text faster than an object in code */
function documentCode({ document, requirements }: Contract): string {
  return `export const found = JSON.parse(${JSON.stringify(JSON.stringify({ document, requirements }))});\n`;
}

/** Hands esbuild those modules. */
export function precompileContracts(): Plugin {
  return {
    name: 'precompile-contracts',
    setup: async ({ onLoad, onResolve }) => {
      const contracts = await Promise.all(builtinContracts.map((name) => loadContract(name, { allowRemote: false })));
      for (const [module, { find, keyOf, code }] of Object.entries(replaced)) {
        const namespace = `ringtrue-${module}`;
        onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path }) => ({ path, namespace }));
        onLoad({ filter: new RegExp(`[\\\\/]contract[\\\\/]${module}\\.ts$`) }, () => ({
          contents: [
            'const modules = {',
            ...contracts.map((contract) => `  "${keyOf(contract)}": () => import("${namespace}:${contract.name}"),`),
            '};',
            `export async function ${find}(digest) {`,
            '  return Object.hasOwn(modules, digest) ? (await modules[digest]()).found : undefined;',
            '}',
          ].join('\n'),
          loader: 'js',
        }));
        onLoad({ filter: /./, namespace }, ({ path }) => {
          const contract = contracts.find(({ name }) => `${namespace}:${name}` === path);
          return contract && { contents: code(contract), resolveDir: folder, loader: 'js' };
        });
      }
    },
  };
}
