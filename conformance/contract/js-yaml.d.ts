/** js-yaml brings no types; this is the part of it that is used. */
declare module 'js-yaml' {
  export interface Schema {
    readonly name?: string;
  }
  /** YAML 1.2 core schema: no dates, no merge keys, no custom types. */
  export const CORE_SCHEMA: Schema;
  export interface LoadOptions {
    schema?: Schema;
    /** Levels of nesting that are read before it gives up with an exception. */
    maxDepth?: number;
  }
  export class YAMLException extends Error {
    /** What is wrong, without the place. */
    reason: string;
    /** Where; both count from 0. */
    mark?: { line: number; column: number };
  }
  export function load(text: string, options?: LoadOptions): unknown;
}
