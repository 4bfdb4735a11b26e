/** Small changes to a contract's own text, told as a unified diff: its comments, order and quoting stay as they are. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { at, escapeToken, isObject } from '../contract/resolve.ts';
import type { Contract } from '../contract/types.ts';

/** The lines of a text that is being changed, and where things stand in it. */
export interface Edit {
  contract: Contract;
  lines: string[];
}

/** A longer diff helps nobody either: in JSON without line breaks every change is one of the whole document. */
const longestDiff = 8000;

/** How many lines a copied response may have before a diff of it helps nobody. */
const longestCopy = 12;

/**
 * @param contract the contract
 * @param changes each changes the lines in place and says whether it could; the last one in the text comes first, so that line
 *   numbers still hold for the others
 * @returns a unified diff with two lines of context, or `undefined` when the text is not at hand, a place was not found in it, or the
 *   diff would be longer than anybody reads
 */
export function diffOf(contract: Contract, changes: readonly ((edit: Edit) => boolean)[]): string | undefined {
  if (contract.text === undefined) return undefined;
  const edit: Edit = { contract, lines: contract.text.split('\n') };
  if (!changes.every((change) => change(edit))) return undefined;
  const after = edit.lines.join('\n');
  if (after === contract.text) return undefined;
  const name = contract.file ?? contract.name;
  const diff = createTwoFilesPatch(`a/${name}`, `b/${name}`, contract.text, after, undefined, undefined, {
    context: 2,
    headerOptions: FILE_HEADERS_ONLY,
  }).trimEnd();
  return diff.length > longestDiff ? undefined : diff;
}

/** Takes a property out of an object schema's `required`; nothing to do where it is not in it. */
export function notRequired(schemaPointer: string, name: string): (edit: Edit) => boolean {
  return ({ contract, lines }) => {
    const required = at(contract.document, `${schemaPointer}/required`);
    const index = Array.isArray(required) ? required.indexOf(name) : -1;
    if (!Array.isArray(required) || index < 0) return true;
    const key = lineAt(contract, lines, `${schemaPointer}/required`, 'required');
    if (key === undefined) return false;
    if (required.length === 1) {
      // An empty list of required properties says nothing: the keyword goes.
      const inline = /required:\s*\[/.test(lines[key] ?? '');
      lines.splice(key, inline ? 1 : 2);
      return true;
    }
    const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const item = new RegExp(`^\\s*-\\s*['"]?${escaped}['"]?\\s*(#.*)?$`);
    const own = contract.lineOf(`${schemaPointer}/required/${String(index)}`);
    if (own !== undefined && item.test(lines[own - 1] ?? '')) {
      lines.splice(own - 1, 1);
      return true;
    }
    return dropFromFlow(lines, key, escaped);
  };
}

/** Takes an item out of `[a, b, c]`, which may go over several lines. */
function dropFromFlow(lines: string[], from: number, escaped: string): boolean {
  const item = new RegExp(`(?<=[\\[,\\s])['"]?${escaped}['"]?\\s*,\\s*|,\\s*['"]?${escaped}['"]?(?=\\s*\\])`);
  for (let line = from; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (item.test(text)) {
      const rest = text.replace(item, '').trimEnd();
      if (rest.trim() === '') lines.splice(line, 1);
      else lines[line] = rest;
      return true;
    }
    if (text.includes(']')) return false;
  }
  return false;
}

/** Lowers the level at which a record's property is to be told: `x-ringtrue-round-trip: { presence: … }`. */
export function presenceAs(pointer: string, level: 'SHOULD' | 'MAY'): (edit: Edit) => boolean {
  return ({ contract, lines }) => {
    const keyword = 'x-ringtrue-round-trip';
    const place = `${pointer}/${keyword}`;
    const declared = at(contract.document, place);
    if (isObject(declared)) {
      if (declared.presence !== undefined) return replaceValue(contract, lines, `${place}/presence`, 'presence', level);
      const key = lineAt(contract, lines, place, keyword);
      // `{ equality: exact }` on one line is left to a sentence.
      if (key === undefined || !/:\s*(#.*)?$/.test(lines[key] ?? '')) return false;
      lines.splice(key + 1, 0, `${indentOf(lines[key + 1] ?? '')}presence: ${level}`);
      return true;
    }
    if (declared !== undefined) {
      const key = lineAt(contract, lines, place, keyword);
      if (key === undefined || declared !== true) return false;
      const indent = indentOf(lines[key] ?? '');
      lines.splice(key, 1, `${indent}${keyword}:`, `${indent}  presence: ${level}`);
      return true;
    }
    const key = lineAt(contract, lines, pointer, pointer.split('/').at(-1) ?? '');
    const child = key === undefined ? '' : (lines[key + 1] ?? '');
    // The property's own keywords stand below it, deeper than it.
    if (
      key === undefined ||
      !/:\s*(#.*)?$/.test(lines[key] ?? '') ||
      indentOf(child).length <= indentOf(lines[key] ?? '').length
    )
      return false;
    const indent = indentOf(child);
    lines.splice(key + 1, 0, `${indent}${keyword}:`, `${indent}  presence: ${level}`);
    return true;
  };
}

/** Documents a success under another status. */
export function renameResponse(responses: string, from: string, to: string): (edit: Edit) => boolean {
  return ({ contract, lines }) => {
    const key = lineAt(contract, lines, `${responses}/${from}`, from);
    if (key === undefined) return false;
    lines[key] = (lines[key] ?? '').replace(from, to);
    return true;
  };
}

/** Documents a further status in the words of one that is documented. */
export function copyResponse(responses: string, from: string, to: string): (edit: Edit) => boolean {
  return ({ contract, lines }) => {
    const key = lineAt(contract, lines, `${responses}/${from}`, from);
    if (key === undefined) return false;
    const own = indentOf(lines[key] ?? '').length;
    let end = key + 1;
    while (end < lines.length && ((lines[end] ?? '').trim() === '' || indentOf(lines[end] ?? '').length > own))
      end += 1;
    const block = lines.slice(key, end);
    while (block.at(-1)?.trim() === '') block.pop();
    if (block.length > longestCopy || /[{,]\s*$/.test(block[0] ?? '')) return false;
    lines.splice(key + block.length, 0, (block[0] ?? '').replace(from, to), ...block.slice(1));
    return true;
  };
}

function replaceValue(contract: Contract, lines: string[], pointer: string, name: string, value: string): boolean {
  const key = lineAt(contract, lines, pointer, name);
  const text = key === undefined ? undefined : lines[key];
  if (key === undefined || text === undefined) return false;
  lines[key] = text.replace(new RegExp(`(${name}['"]?:\\s*)\\w+`), `$1${value}`);
  return lines[key] !== text;
}

/** The index of a place's own line; `undefined` when only a place around it was found. */
function lineAt(contract: Contract, lines: readonly string[], pointer: string, name: string): number | undefined {
  const line = contract.lineOf(pointer);
  if (line === undefined) return undefined;
  return lines[line - 1]?.includes(name) ? line - 1 : undefined;
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

/** Pointer of the object schema that a property's pointer leads into. */
export function schemaAround(pointer: string, name: string): string | undefined {
  const end = `/properties/${escapeToken(name)}`;
  return pointer.endsWith(end) ? pointer.slice(0, -end.length) : undefined;
}
