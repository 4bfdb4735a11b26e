/**
 * A module of its own, so that it is loaded only for contracts of several files: a build cannot tell the names of a CommonJS package
 * that is imported dynamically.
 */
export { bundle } from '@apidevtools/json-schema-ref-parser';
