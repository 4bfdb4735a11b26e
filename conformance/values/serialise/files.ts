/** Tells bytes from text. */
import { typesOf } from '../../contract/resolve.ts';
import type { Schema } from '../../contract/field-types.ts';

/**
 * @param schema of a field or of a whole body
 * @returns whether it holds a file: `format: binary` (OpenAPI 3.0), or bytes of a media type that are written as they are (3.1)
 */
export function isFile(schema: Schema): boolean {
  if (schema.format === 'binary') return true;
  const types = typesOf(schema);
  return (
    (types.length === 0 || types.includes('string')) &&
    typeof schema.contentMediaType === 'string' &&
    schema.contentEncoding === undefined &&
    !/^text\/|json/i.test(schema.contentMediaType)
  );
}
