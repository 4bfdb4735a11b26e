/** Puts a name to how a value was changed, so that a finding says it in a word. */

/**
 * @param sent the value that was written
 * @param got the value that came back
 * @param others values of the same property in other records of the run
 * @param before the value that stood there before the last write
 */
export function nameAlteration(sent: unknown, got: unknown, others: readonly unknown[], before?: unknown): string {
  if (got === undefined) return 'missing';
  if (got === null) return 'null';
  if (before !== undefined && got === before) return 'the value from before the update';
  if (others.includes(got) && typeof got === 'string' && got.length > 6) return "another record's value";
  if (typeof sent === 'string' && typeof got === 'string') return nameTextChange(sent, got);
  if (typeof sent !== typeof got) return `turned into a ${Array.isArray(got) ? 'list' : typeof got}`;
  if (typeof sent === 'boolean') return 'inverted';
  return 'altered';
}

function nameTextChange(sent: string, got: string): string {
  if (got === '') return 'emptied';
  if (got === sent.trim()) return 'trimmed';
  if (got === sent.toLowerCase()) return 'lower-cased';
  if (got === sent.toUpperCase()) return 'upper-cased';
  if (got === sent.normalize('NFC') || got === sent.normalize('NFD') || got === sent.normalize('NFKC'))
    return 'changed by Unicode normalisation';
  if (got.length < sent.length && sent.startsWith(got)) return `truncated to ${String([...got].length)} characters`;
  if (got.replaceAll(/\s+/g, ' ') === sent.replaceAll(/\s+/g, ' ') || got === sent.replaceAll(' ', ''))
    return 'changed in its white space';
  if (sent !== '' && !Number.isNaN(Number(sent)) && Number(sent) === Number(got))
    return 'changed as if it were a number';
  if (got === escapeMarkup(sent)) return 'escaped as markup';
  if (/%[0-9a-f]{2}/i.test(sent) && got === safeDecode(sent)) return 'percent-decoded';
  if (/[^\0-\x7f]/.test(sent) && [...got].length <= [...sent].length) return 'altered in its non-ASCII characters';
  return 'altered';
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function safeDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
