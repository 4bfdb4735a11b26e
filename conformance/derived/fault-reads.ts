/** Faults of what is answered: records, lists, statuses, credentials. */
import { typesOf } from '../contract/resolve.ts';
import { plain } from '../contract/graph/words.ts';
import type { JsonObject, Operation, Resource } from '../contract/types.ts';
import { changesAnswer, eachRecord, holderAt } from './fault-answers.ts';
import { makes, type GenericFault } from './fault.ts';
import { purposeOf } from './lists.ts';
import type { Answer, Asked, Hooks } from './model.ts';

/** Reads that leave something out, or return it as something else. */
export function recordFaults(resource: Resource): GenericFault[] {
  const ways: [Operation | undefined, string][] = [
    [resource.create, resource.recordAt.create],
    [resource.read, resource.recordAt.read],
    [resource.list, `${resource.itemsAt}/*`],
  ];
  return ways.flatMap(([operation, at]) => {
    if (!operation) return [];
    return resource.recordFields.flatMap((field): GenericFault[] => {
      const { name, required, schema, pointer } = field;
      const view = (change: (record: JsonObject) => void) =>
        changesAnswer(operation, (json) => eachRecord(json, at, change));
      const drop = (record: JsonObject): void => {
        Reflect.deleteProperty(record, name);
      };
      const found = [
        makes(
          required ? 'required-field-missing' : 'not-returned',
          `${operation.id} returns no ${name}`,
          operation,
          pointer,
          view(drop),
          name,
        ),
      ];
      const types = typesOf(schema);
      if (types.length > 0 && !types.includes('object'))
        found.push(
          makes(
            'wrong-type-returned',
            `${operation.id} returns ${name} as an object`,
            operation,
            pointer,
            view((record) => {
              if (Object.hasOwn(record, name)) record[name] = { value: record[name] };
            }),
            name,
          ),
        );
      return found;
    });
  });
}

export function listFaults(resource: Resource, list: Operation): GenericFault[] {
  const items = (change: (rows: unknown[]) => void) =>
    changesAnswer(list, (json) => {
      const rows = resource.itemsAt === '' ? json : holderAt(json, resource.itemsAt);
      if (Array.isArray(rows)) change(rows);
    });
  const found = [
    makes(
      'list-repeats',
      `${list.id} returns a record twice`,
      list,
      list.pointer,
      items((rows) => {
        if (rows.length > 0) rows.push(rows[0]);
      }),
    ),
    makes(
      'list-misses',
      `${list.id} leaves a record out`,
      list,
      list.pointer,
      items((rows) => {
        rows.pop();
      }),
    ),
  ];
  if (resource.parents.length > 0)
    found.push(
      makes('list-mixes-parents', `${list.id} returns the records of other parents too`, list, list.pointer, () => ({
        mixes: ({ id }) => id === list.id,
      })),
    );
  for (const parameter of list.parameters.filter((one) => one.in === 'query')) {
    const purpose = purposeOf(list, parameter);
    const isPage = purpose === 'page' || purpose === 'size' || purpose === 'offset';
    const filters =
      parameter.filtersBy !== undefined ||
      list.filter?.parameter === parameter.name ||
      resource.recordFields.some(({ name }) => plain(name) === plain(parameter.name));
    if (!isPage && !filters) continue;
    found.push(
      makes(
        isPage ? 'pagination-ignored' : 'filter-ignored',
        `${list.id} does not look at ${parameter.name}`,
        list,
        parameter.pointer,
        () => ({
          ignores: ({ id }, name) => id === list.id && name === parameter.name,
        }),
        parameter.name,
      ),
    );
  }
  return found;
}

/** What may go wrong with any operation. */
export function operationFaults(operation: Operation): GenericFault[] {
  if (operation.unusable !== undefined) return [];
  const success = operation.responses.find(({ status }) => /^2/.test(status));
  const instead = (change: (answer: Answer, asked: Asked | undefined) => Answer) => (): Hooks => ({
    answers: (asked, own, answer) => (own.id === operation.id && answer.status < 300 ? change(answer, asked) : answer),
  });
  const found = [
    makes(
      'server-error',
      `${operation.id} answers 500`,
      operation,
      operation.pointer,
      instead(() => ({ status: 500, headers: {}, json: {} })),
    ),
    makes(
      'slow',
      `${operation.id} takes two seconds`,
      operation,
      operation.pointer,
      instead((answer) => ({ ...answer, delayMs: 2000 })),
    ),
  ];
  if (success) {
    const other = ['200', '201', '202', '204', '206'].find(
      (status) => !operation.responses.some((one) => one.status === status || /^(?:2XX|default)$/i.test(one.status)),
    );
    if (other !== undefined)
      found.push(
        makes(
          'wrong-status',
          `${operation.id} answers ${other}, which is not documented`,
          operation,
          operation.pointer,
          instead((answer) => ({ ...answer, status: Number(other) })),
        ),
      );
    if (success.schemaPointer !== undefined)
      found.push(
        makes(
          'empty-answer',
          `${operation.id} answers {} in place of its body`,
          operation,
          success.schemaPointer,
          instead((answer) => ({ ...answer, json: {}, text: undefined })),
        ),
      );
  }
  if (operation.access.length > 0)
    found.push(
      makes(
        'auth-not-checked',
        `${operation.id} is answered without credentials`,
        operation,
        operation.pointer,
        () => ({ openDoor: ({ id }) => id === operation.id }),
      ),
    );
  if (operation.role === 'read' && operation.path.endsWith('}'))
    found.push(
      makes(
        'unknown-id-found',
        `${operation.id} answers 200 for an id that no record has`,
        operation,
        operation.pointer,
        () => {
          let last: Answer | undefined;
          return {
            answers: (_asked, own, answer) => {
              if (own.id !== operation.id) return answer;
              if (answer.status < 300) last = answer;
              return answer.status === 404 && last ? last : answer;
            },
          };
        },
      ),
    );
  return found;
}
