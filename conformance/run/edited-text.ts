/** Changes a YAML text through the library's document model. */
import { applyPatch, structuredPatch } from 'diff';
import { parseDocument, type Document } from 'yaml';

/**
 * The library writes brackets and long lines in its own manner. So the lines that changed between two texts of its own are put into
 * the author's text, in which everything else stays.
 *
 * @param text a YAML document
 * @param edits the changes
 * @returns the changed text; `undefined` where an edit fails, or the lines do not stand in the author's text like that
 */
export function edited(text: string, edits: readonly ((document: Document) => boolean)[]): string | undefined {
  for (const flowCollectionPadding of [false, true]) {
    const style = { lineWidth: 0, flowCollectionPadding };
    const document = parseDocument(text);
    if (document.errors.length > 0) return undefined;
    const before = document.toString(style);
    if (!edits.every((edit) => edit(document))) return undefined;
    const patch = structuredPatch('', '', before, document.toString(style), undefined, undefined, { context: 0 });
    const sameLines = before.split('\n').length === text.split('\n').length;
    const after = sameLines && applyPatch(text, patch);
    if (after !== false) return after;
  }
  return undefined;
}
