/** An esbuild plugin: in bundles, the keywords' validators are code that Ajv wrote while building. */
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';
import { dirname } from 'node:path';
import { keywordAjv, keywordSchemaId } from '../conformance/contract/keyword-validators.ts';
import schema from '../conformance/contract/keywords.schema.json' with { type: 'json' };

/** CommonJS's default export, as Node hands it to an ES module. */
const write = standaloneCode as unknown as typeof standaloneCode.default;

/** @returns the module that stands for `conformance/contract/keyword-validators.ts` */
export function keywordValidatorsCode(): string {
  const names = Object.keys(schema.properties);
  const ajv = keywordAjv({ code: { source: true, esm: true } });
  const exported = Object.fromEntries(names.map((name, index) => [`keyword${String(index)}`, keywordSchemaId(name)]));
  const table = names.map((name, index) => `${JSON.stringify(name)}: keyword${String(index)}`).join(', ');
  return `${write(ajv, exported)}\nconst validators = { ${table} };\nexport const keywordValidator = (name) => validators[name];\n`;
}

/** Hands esbuild that module. */
export function precompileKeywords(): Plugin {
  return {
    name: 'precompile-keywords',
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/]contract[\\/]keyword-validators\.ts$/ }, ({ path }) => ({
        contents: keywordValidatorsCode(),
        resolveDir: dirname(path),
        loader: 'js',
      }));
    },
  };
}
