/** What is being found out about a document's resources, step by step. */
import type { JsonObject, Operation, Resource } from '../types.ts';
import { buildResource, type Plan } from './build.ts';
import { shapeOf, type Shape } from './paths.ts';

/** A resource and the paths of its records. */
export interface Placed {
  resource: Resource;
  /** Keys of the paths that end in its id. */
  items: Set<string>;
  shape: Shape;
  /** What one record is called, the whole name first. */
  nouns: string[];
  /** JSON type of its id in a path, where the document says one. */
  idType?: string;
}

/** A further address of a record: the path parameter that takes one of its properties. */
export interface Alias {
  operation: Operation;
  parameter: string;
  resource: Resource;
  /** Pointer of that property in the record. */
  at: string;
}

export class Graph {
  readonly document: JsonObject;
  /** Those that can be asked. */
  readonly operations: readonly Operation[];
  readonly inferred: string[];
  readonly placed: Placed[] = [];
  readonly aliases: Alias[] = [];
  /** Operations by the key of their path, in the document's order. */
  readonly groups = new Map<string, Operation[]>();
  readonly taken = new Set<Operation>();
  private readonly shapes = new Map<Operation, Shape>();

  constructor(document: JsonObject, operations: readonly Operation[], inferred: string[]) {
    this.document = document;
    this.operations = operations.filter(({ unusable }) => unusable === undefined);
    this.inferred = inferred;
    for (const operation of this.operations) {
      const shape = shapeOf(operation);
      this.shapes.set(operation, shape);
      const group = this.groups.get(shape.key);
      if (group) group.push(operation);
      else this.groups.set(shape.key, [operation]);
    }
  }

  shape(operation: Operation): Shape {
    return this.shapes.get(operation) ?? { segments: [], key: '' };
  }

  /** The operations at the path of another, itself included. */
  beside(operation: Operation): readonly Operation[] {
    return this.groups.get(this.shape(operation).key) ?? [];
  }

  /** The GET at a path, if nothing has it yet. */
  freeGet(key: string): Operation | undefined {
    return this.groups.get(key)?.find((operation) => operation.method === 'GET' && !this.taken.has(operation));
  }

  /** Adds a resource, and takes its operations. */
  add(plan: Plan, place: Omit<Placed, 'resource' | 'nouns'>): Resource {
    const resource = buildResource(plan, this);
    this.placed.push({ resource, nouns: [...plan.nouns], ...place });
    const { create, read, list, relatedReads, updates } = resource;
    for (const one of [create, read, list, resource.delete, ...relatedReads]) if (one) this.taken.add(one);
    for (const { operation } of updates) this.taken.add(operation);
    return resource;
  }
}

/** PUT, PATCH, and where there is neither, a POST on the record itself. */
export function updatesOf(group: readonly Operation[]): Operation[] {
  const plain = group.filter(({ method }) => method === 'PUT' || method === 'PATCH');
  return plain.length > 0 ? plain : group.filter(({ method, bodies }) => method === 'POST' && bodies.length > 0);
}
