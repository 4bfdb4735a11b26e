/** A contract as the rules read it: everything about an OpenAPI 3.1 document that bears on a verdict, with its place. */
import type { Level } from '../model/index.ts';
import type { JsonObject } from './field-types.ts';
import type { Operation } from './operation-types.ts';
import type { Resource } from './resource-types.ts';

export type * from './field-types.ts';
export type * from './operation-types.ts';
export type * from './resource-types.ts';

export interface Contract {
  /** `voice-calls`, or the file's name without its ending. */
  name: string;
  title: string;
  version: string;
  sha256: string;
  /** Of a built-in contract: of its text and its requirements' text together. */
  digest?: string;
  /** Path as the user named it; absent for text that came from elsewhere. */
  file?: string;
  /** The file's own text, for diffs of it; absent where the document was put together of several files or upgraded. */
  text?: string;
  document: JsonObject;
  operations: Operation[];
  resources: Resource[];
  fixtures: FixtureDeclaration[];
  /** Credentials and values of the reference server, for the embedded run only. */
  development?: { token: string; roleTokens: Record<string, string> };
  requirements: Requirement[];
  /** What was inferred for want of a keyword, and what of the document is read as an annotation: plain sentences. */
  inferred: string[];
  /** 1-based line of a JSON pointer in the file. */
  lineOf(pointer: string): number | undefined;
}

export interface FixtureDeclaration {
  name: string;
  description: string;
  optional: boolean;
  development?: string;
}

export interface Requirement {
  id: string;
  level: Level;
  sentence: string;
  source?: string;
  rules: string[];
  operations?: string[];
  fields?: string[];
  untested?: string;
}
