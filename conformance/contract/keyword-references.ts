/** Checks what the `x-ringtrue-*` keywords and the links of a document point at: names that nothing has are errors. */
import { closest, distance } from 'fastest-levenshtein';
import type { FoundKeyword, KeywordProblem } from './keywords.ts';
import { entriesOf, namesProperty, type OperationPlace, type Place } from './places.ts';
import { escapeToken, follow, isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

/** Levels that speak of no JSON Schema keyword of the property itself. */
const alwaysMeaningful = new Set(['required', 'type', 'null', 'empty']);

/**
 * @param document the document
 * @param operations its operations
 * @param found the keywords whose names, places and values are right
 * @returns what points nowhere
 */
export function checkReferences(
  document: JsonObject,
  operations: OperationPlace[],
  found: FoundKeyword[],
): KeywordProblem[] {
  const check = new ReferenceCheck(document, operations, found);
  for (const keyword of found) check.keyword(keyword);
  check.unusedFixtures();
  for (const operation of operations) check.links(operation);
  return check.problems;
}

class ReferenceCheck {
  readonly problems: KeywordProblem[] = [];
  private readonly fixtures: string[];
  private readonly usedFixtures = new Set<string>();
  /** Names under which a request may send something that is read back. */
  private readonly sent: Set<string>;

  constructor(
    private readonly document: JsonObject,
    private readonly operations: OperationPlace[],
    private readonly found: FoundKeyword[],
  ) {
    this.fixtures = entriesOf(document['x-ringtrue-fixtures']).map(([name]) => name);
    this.sent = new Set(operations.flatMap(({ requestProperties }) => requestProperties));
    for (const { name, value } of found) {
      if (name === 'x-ringtrue-read-back') this.sent.add(String(value).split('/').at(-1) ?? '');
    }
  }

  keyword(keyword: FoundKeyword): void {
    const { name, value, pointer, places } = keyword;
    switch (name) {
      case 'x-ringtrue-fixtures': {
        this.fixtureNames(value, pointer);
        return;
      }
      case 'x-ringtrue-development': {
        this.roles(value, pointer);
        return;
      }
      case 'x-ringtrue-fixture': {
        this.fixture(value, pointer);
        return;
      }
      case 'x-ringtrue-refused-fixtures':
        for (const [fixture, status] of entriesOf(value)) {
          this.fixture(fixture, pointer);
          this.status(places, status, pointer);
        }
        return;
      case 'x-ringtrue-refusal-status':
        for (const status of Array.isArray(value) ? value : []) this.status(places, status, pointer);
        return;
      case 'x-ringtrue-link': {
        this.operationId(value, pointer);
        return;
      }
      case 'x-ringtrue-read-back': {
        this.readBack(places, value, pointer);
        return;
      }
      case 'x-ringtrue-round-trip': {
        this.roundTrip(places, value, pointer);
        return;
      }
      case 'x-ringtrue-levels': {
        this.levels(places, value, pointer);
        return;
      }
      case 'x-ringtrue-filters-by': {
        this.filtersBy(places, value, pointer);
        return;
      }
      case 'x-ringtrue-idempotency':
      case 'x-ringtrue-pagination':
      case 'x-ringtrue-sort':
      case 'x-ringtrue-filter':
        for (const { operation } of places) if (operation) this.operation(name, operation, value, pointer);
        return;
      default:
    }
  }

  private tell(pointer: string, message: string): void {
    // A component that two operations use is told once.
    if (!this.problems.some((problem) => problem.pointer === pointer && problem.message === message))
      this.problems.push({ pointer, message });
  }

  private fixtureNames(value: unknown, pointer: string): void {
    for (const [name, declaration] of entriesOf(value)) {
      if (!name.endsWith('.other')) continue;
      const own = `${pointer}/${escapeToken(name)}`;
      const first = name.slice(0, -'.other'.length);
      if (!this.fixtures.includes(first))
        this.tell(own, `${name} is a second value of the fixture ${first}, which is not declared.`);
      if (!isObject(declaration) || declaration['optional'] !== true)
        this.tell(own, `${name} is a second value, so it must be optional: true.`);
    }
  }

  /** A fixture that nothing asks for is most likely misspelt somewhere. */
  unusedFixtures(): void {
    const declares = this.found.some(({ name }) => name === 'x-ringtrue-fixtures');
    if (!declares) return;
    for (const name of this.fixtures) {
      if (name.endsWith('.other') || this.usedFixtures.has(name)) continue;
      this.tell(
        `/x-ringtrue-fixtures/${escapeToken(name)}`,
        `The fixture ${name} is declared, but no x-ringtrue-fixture names it.`,
      );
    }
  }

  private fixture(name: unknown, pointer: string): void {
    this.usedFixtures.add(String(name));
    if (this.fixtures.includes(String(name))) return;
    this.tell(
      pointer,
      `The fixture ${String(name)} is not declared in x-ringtrue-fixtures.${didYouMean(String(name), this.fixtures)}`,
    );
  }

  private roles(value: unknown, pointer: string): void {
    const requirements = [this.document['security'], ...this.operations.map(({ node }) => node['security'])];
    const roles = new Set<string>();
    for (const requirement of requirements.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))) {
      for (const [, names] of entriesOf(requirement)) {
        if (Array.isArray(names)) for (const name of names) roles.add(String(name));
      }
    }
    if (!isObject(value)) return;
    for (const [role] of entriesOf(value['roleTokens'])) {
      if (roles.has(role)) continue;
      this.tell(
        `${pointer}/roleTokens/${escapeToken(role)}`,
        `No security requirement names the role ${role}.${didYouMean(role, [...roles])}`,
      );
    }
  }

  private status(places: Place[], status: unknown, pointer: string): void {
    for (const { operation } of places) {
      if (operation && !documents(operation, Number(status)))
        this.tell(pointer, `${operation.id} does not document the status ${String(status)}.`);
    }
  }

  private operationId(value: unknown, pointer: string): void {
    const ids = this.operations.map(({ id }) => id);
    if (!ids.includes(String(value)))
      this.tell(pointer, `There is no operation ${String(value)}.${didYouMean(String(value), ids)}`);
  }

  private readBack(places: Place[], value: unknown, pointer: string): void {
    for (const { operation } of places) {
      if (!operation) continue;
      const reached = operation.successes.some((body) => namesProperty(this.document, body, String(value), true));
      if (!reached) this.tell(pointer, `No success of ${operation.id} has a property at ${String(value)}.`);
    }
  }

  private roundTrip(places: Place[], value: unknown, pointer: string): void {
    if (value === false) return;
    const own = places.filter(({ name }) => name !== undefined);
    if (own.length === 0 || own.some(({ name }) => this.sent.has(name ?? ''))) return;
    const name = own[0]?.name ?? '';
    this.tell(
      pointer,
      `No request sends ${name}, so nothing is there to be read back.${didYouMean(name, [...this.sent])}`,
    );
  }

  private levels(places: Place[], value: unknown, pointer: string): void {
    for (const [keyword] of entriesOf(value)) {
      if (alwaysMeaningful.has(keyword)) continue;
      if (places.some(({ schema }) => schema === undefined || keyword in schema)) continue;
      this.tell(`${pointer}/${keyword}`, `A level for ${keyword} stands on a property that has no ${keyword}.`);
    }
  }

  private filtersBy(places: Place[], value: unknown, pointer: string): void {
    const name = String(value);
    if (this.fixtures.includes(name)) this.usedFixtures.add(name);
    for (const { operation } of places) {
      if (!operation) continue;
      const writers = this.operations.filter(
        ({ path, requestProperties }) => path === operation.path && requestProperties.length > 0,
      );
      const names = (writers.length > 0 ? writers : this.operations).flatMap(
        ({ requestProperties }) => requestProperties,
      );
      if (!names.includes(name))
        this.tell(pointer, `No request that makes these records has a property ${name}.${didYouMean(name, names)}`);
    }
  }

  private operation(keyword: string, operation: OperationPlace, value: unknown, pointer: string): void {
    if (!isObject(value)) return;
    if (keyword === 'x-ringtrue-idempotency') {
      this.parameter(operation, 'header', value['header'], `${pointer}/header`);
      this.status([{ kind: 'operation', operation }], value['status'], `${pointer}/status`);
      this.recordProperties(operation, [value['reference']], `${pointer}/reference`);
    } else if (keyword === 'x-ringtrue-pagination') {
      this.parameter(operation, 'query', value['page'], `${pointer}/page`);
      this.parameter(operation, 'query', value['size'], `${pointer}/size`);
    } else {
      this.parameter(operation, 'query', value['parameter'], `${pointer}/parameter`);
      for (const part of ['fields', 'ranges']) {
        const names = value[part];
        if (Array.isArray(names)) this.recordProperties(operation, names, `${pointer}/${part}`);
      }
      for (const part of ['example', 'default']) {
        const order = value[part];
        if (typeof order === 'string')
          this.recordProperties(
            operation,
            order.split(',').map((term) => term.split(':')[0]),
            `${pointer}/${part}`,
          );
      }
    }
  }

  private parameter(operation: OperationPlace, where: 'query' | 'header', name: unknown, pointer: string): void {
    const names = operation.parameters
      .filter((parameter) => parameter['in'] === where)
      .map(({ name: own }) => String(own));
    // Header names are case-insensitive (RFC 9110, section 5.1); query names are not.
    const fold = (text: string): string => (where === 'header' ? text.toLowerCase() : text);
    if (!names.map(fold).includes(fold(String(name))))
      this.tell(
        pointer,
        `${operation.id} has no ${where} parameter ${String(name)}.${didYouMean(String(name), names)}`,
      );
  }

  private recordProperties(operation: OperationPlace, names: unknown[], pointer: string): void {
    for (const name of names) {
      const place = `/${escapeToken(String(name))}`;
      if (!operation.successes.some((body) => namesProperty(this.document, body, place, true)))
        this.tell(pointer, `No success of ${operation.id} has a property ${String(name)}.`);
    }
  }

  /** OpenAPI's own links are what tells which operation reaches a record, so a dead one is as bad as a misspelt keyword. */
  links(operation: OperationPlace): void {
    for (const [status, node] of entriesOf(operation.node['responses'])) {
      const response = this.resolve(node, `${operation.pointer}/responses/${escapeToken(status)}`);
      for (const [name, linkNode] of entriesOf(response?.value['links'])) {
        if (!response) continue;
        const link = this.resolve(linkNode, `${response.pointer}/links/${escapeToken(name)}`);
        if (link && link.value['operationId'] !== undefined) this.link(operation, link);
      }
    }
  }

  private link(operation: OperationPlace, link: { value: JsonObject; pointer: string }): void {
    this.operationId(link.value['operationId'], `${link.pointer}/operationId`);
    const target = this.operations.find(({ id }) => id === link.value['operationId']);
    for (const [name, expression] of entriesOf(link.value['parameters'])) {
      const own = `${link.pointer}/parameters/${escapeToken(name)}`;
      const parameters = target?.parameters.map((parameter) => String(parameter['name']));
      if (parameters && !parameters.includes(name.replace(/^(path|query|header|cookie)\./, '')))
        this.tell(own, `${target?.id ?? ''} has no parameter ${name}.${didYouMean(name, parameters)}`);
      const place = /^\$response\.body#(.*)$/.exec(String(expression))?.[1];
      if (place === undefined) continue;
      if (!operation.successes.some((body) => namesProperty(this.document, body, place, false)))
        this.tell(own, `No success of ${operation.id} has a property at ${place}.`);
    }
  }

  private resolve(node: unknown, pointer: string): { value: JsonObject; pointer: string } | undefined {
    if (!isObject(node)) return undefined;
    try {
      return follow(this.document, node, pointer);
    } catch {
      return undefined;
    }
  }
}

function documents(operation: OperationPlace, status: number): boolean {
  const text = String(status);
  return operation.statuses.some(
    (own) => own === text || own.toUpperCase() === `${text.slice(0, 1)}XX` || own === 'default',
  );
}

function didYouMean(name: string, names: string[]): string {
  if (names.length === 0) return '';
  const guess = closest(name, names);
  return distance(name, guess) <= Math.max(2, name.length / 3)
    ? ` Did you mean ${guess}?`
    : ` Known: ${names.join(', ')}.`;
}
