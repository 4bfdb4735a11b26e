import * as z from 'zod';
import { optional, phone } from '../http/fields.ts';

const MAX_METADATA_KEYS = 10;

/** The body of `POST /calls`. */
export const createCall = z.object({
  caller_id: phone,
  destination: phone,
  record: optional(z.boolean()),
  voice_changer_uid: optional(z.enum(['male', 'female']).nullable()),
  metadata: optional(
    // Not `z.record`, which passes over a key called `__proto__`.
    z.custom<Readonly<Record<string, string>>>(
      isMetadata,
      `must be an object of at most ${String(MAX_METADATA_KEYS)} strings`,
    ),
  ),
});

/** A valid body of a create. */
export type CreateCall = z.infer<typeof createCall>;

/** The value of an `Idempotency-Key` header: a UUID of any version. */
export const idempotencyKey = z.guid('must be a UUID');

function isMetadata(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const values = Object.values(value);
  return values.length <= MAX_METADATA_KEYS && values.every((item) => typeof item === 'string');
}
