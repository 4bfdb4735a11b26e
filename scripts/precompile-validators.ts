/** An esbuild plugin: in bundles, the validators of the built-in contracts are code that Ajv wrote while building. */
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
const prefix = 'ringtrue-validators:';

/** @returns a module whose `validators` are those of one contract, by pointer */
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
  return `import { safePattern } from './safe-pattern.ts';\n${write(ajv, exported)}\nexport const validators = { ${table} };\n`;
}

/** Hands esbuild a module for each built-in contract, and one that finds them by the document's digest. */
export function precompileValidators(): Plugin {
  return {
    name: 'precompile-validators',
    setup: async ({ onLoad, onResolve }) => {
      const contracts = await Promise.all(builtinContracts.map((name) => loadContract(name, { allowRemote: false })));
      onResolve({ filter: new RegExp(`^${prefix}`) }, ({ path }) => ({ path, namespace: prefix }));
      onLoad({ filter: /[\\/]contract[\\/]builtin-validators\.ts$/ }, () => ({
        contents: [
          'const modules = {',
          ...contracts.map(({ name, sha256 }) => `  "${sha256}": () => import("${prefix}${name}"),`),
          '};',
          'export async function builtinValidators(sha256) {',
          '  return Object.hasOwn(modules, sha256) ? (await modules[sha256]()).validators : undefined;',
          '}',
        ].join('\n'),
        loader: 'js',
      }));
      onLoad({ filter: /./, namespace: prefix }, ({ path }) => {
        const contract = contracts.find(({ name }) => prefix + name === path);
        return contract && { contents: validatorsCode(contract), resolveDir: folder, loader: 'js' };
      });
    },
  };
}
