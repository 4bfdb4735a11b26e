/** What servers of such documents do: ids told where no schema has them, names that are keys, records meant by their id. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import type { PlainApi } from '../api.ts';
import { asking, showing, without } from '../behaviours.ts';
import { application, Refusal, Table, type PlainHandler, type PlainRequest } from '../server.ts';
import { document } from './document.ts';

const refusal = (status: number, field: string, message: string): Refusal =>
  new Refusal({ status, json: { fieldErrors: [{ field, message }] } });

/** Its texts may be numbers and booleans: it writes them as texts. */
function written({ body, headers }: PlainRequest, texts: readonly string[], required: readonly string[]): JsonObject {
  if (!/^application\/json\b/.test(headers['content-type'] ?? '') || !isObject(body))
    throw refusal(400, 'body', 'must be a JSON object');
  const made: JsonObject = { ...body };
  for (const name of required) if (body[name] === undefined) throw refusal(400, name, 'is required');
  for (const name of texts) {
    const value = body[name];
    if (value === undefined) continue;
    if (value === null || typeof value === 'object') throw refusal(400, name, 'must be a text');
    made[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return made;
}

function found(table: Table, key = ''): JsonObject {
  const row = table.get(key);
  if (!row) throw refusal(404, 'id', 'no such record');
  return row;
}

function serve(): PlainHandler {
  const [spaces, kinds, things] = [new Table(), new Table(), new Table()];
  const bins = new Map<string, Table>();
  const thing = (request: PlainRequest): JsonObject => {
    const { label, kind, born } = written(request, ['label', 'born'], ['label', 'kind', 'born']);
    const known = isObject(kind) ? kinds.get(kind.id) : undefined;
    if (!known) throw refusal(400, 'kind', 'no such kind');
    if (!/^\d{4}-\d\d-\d\d$/.test(String(born))) throw refusal(400, 'born', 'must be a date');
    if (String(born) > '2026-01-01') throw refusal(400, 'born', 'must be over');
    return { label, kind: known, born };
  };
  return application(
    {
      'POST /spaces': (_values, request) => {
        const { name, note } = written(request, ['name', 'note'], ['name']);
        if (spaces.get(name)) throw refusal(400, 'name', 'is taken');
        spaces.put(name, { name, ...(note === undefined ? {} : { note }) });
        return { status: 200, json: {} };
      },
      'GET /spaces/{space_name}': ({ space_name }) => ({ status: 200, json: found(spaces, space_name) }),
      'POST /spaces/{space}/bins': ({ space = '' }, request) => {
        found(spaces, space);
        const { data } = written(request, [], []);
        if (data !== undefined && !isObject(data)) throw refusal(400, 'data', 'must be an object');
        const table = bins.get(space) ?? new Table();
        bins.set(space, table);
        const key = `b${String(table.nextId())}`;
        return { status: 201, json: table.put(key, { data: { ...data, id: key, touched: 1 } }) };
      },
      'GET /spaces/{space}/bins/{bin}': ({ space = '', bin }) => ({
        status: 200,
        json: found(bins.get(space) ?? new Table(), bin),
      }),
      'POST /kinds': (_values, request) => {
        const { name } = written(request, ['name'], ['name']);
        // A kind goes by its name: the one that is there is answered.
        const known = [...kinds.rows.values()].find((one) => one.name === name);
        const id = kinds.nextId();
        return { status: 201, json: known ?? kinds.put(id, { id, name }) };
      },
      'GET /kinds/{kind_id}': ({ kind_id }) => ({ status: 200, json: found(kinds, kind_id) }),
      'POST /things': (_values, request) => {
        const made = thing(request);
        const id = things.nextId();
        return { status: 201, json: things.put(id, { id, ...made }) };
      },
      'GET /things/{thing_id}': ({ thing_id }) => ({ status: 200, json: found(things, thing_id) }),
      'PUT /things/{thing_id}': ({ thing_id }, request) => {
        const { id } = found(things, thing_id);
        things.put(id, { id, ...thing(request) });
        return { status: 204 };
      },
    },
    {
      path: { status: 404, json: { fieldErrors: [] } },
      method: { status: 405, json: { fieldErrors: [] } },
    },
  );
}

const name = 'open-records';

export const openRecords: PlainApi = {
  name,
  document,
  serve,
  faults: [
    {
      id: `${name}/note-lost`,
      title: 'a record that is read by its name loses its note',
      level: 'MUST',
      names: ['note'],
      behaviour: asking(['POST /spaces'], (body) => without(body, 'note')),
    },
    {
      id: `${name}/data-lost`,
      title: 'a map is accepted and never stored',
      level: 'MUST',
      names: ['data'],
      behaviour: asking(['POST /spaces/*/bins'], (body) => ({ ...body, data: {} })),
    },
    {
      id: `${name}/label-lost-by-update`,
      title: 'an update that answers nothing cuts a label',
      level: 'MUST',
      names: ['label'],
      behaviour: asking(['PUT /things/*'], (body) => ({ ...body, label: String(body.label).slice(0, 4) })),
    },
    {
      id: `${name}/kind-swapped`,
      title: 'the record inside a record is another one',
      level: 'MUST',
      names: ['kind'],
      behaviour: showing(['GET /things/*'], (record) => ({ ...record, kind: { id: 990, name: 'dog' } })),
    },
  ],
  variants: [
    {
      id: `${name}/as-it-is`,
      title: 'texts that were numbers, names that are keys, members that it adds',
      wishes: ['label', 'born', 'name', 'note', 'kind', '405', '404'],
    },
  ],
};
