import * as z from 'zod';
import { email, optional, phone, uri, utcInstant } from '../http/fields.ts';

const promptVariableValue = z.object({ key: z.string(), value: z.string() });
const phoneCallWebhook = z.object({ url: uri, subscribedEvent: z.string(), secret: optional(z.string()) });

/** The body of `POST /phoneCalls`. */
export const createPhoneCall = z.object({
  teamId: z.string(),
  callTemplateId: z.string(),
  nameOfHuman: z.string(),
  toPhoneNumber: phone,
  promptVariableValues: listOf(promptVariableValue),
  phoneNumberId: optional(z.string()),
  fromPhoneNumber: optional(phone),
  toEmailAddress: optional(email),
  status: optional(z.enum(['queued', 'ringing', 'inProgress', 'busy', 'failed', 'noAnswer', 'cancelled', 'completed'])),
  telephonyProvider: optional(z.enum(['twilio', 'plivo', 'telnyx'])),
  record: optional(z.boolean()),
  callDelayedUntil: optional(utcInstant),
  phoneCallWebhooks: optional(listOf(phoneCallWebhook)),
});

/** A valid body of a create. */
export type CreatePhoneCall = z.infer<typeof createPhoneCall>;

/** An array that stops at its first wrong item: `z.array` would collect half a million complaints from a megabyte. */
function listOf<T extends z.ZodType>(item: T): z.ZodType<readonly z.infer<T>[]> {
  return z.custom<readonly z.infer<T>[]>().superRefine((value: unknown, context) => {
    if (!Array.isArray(value)) {
      context.addIssue({ code: 'custom', message: 'must be an array' });
      return;
    }
    for (const [index, entry] of value.entries()) {
      const issue = item.safeParse(entry).error?.issues[0];
      if (issue === undefined) continue;
      context.addIssue({ code: 'custom', message: issue.message, path: [index, ...issue.path] });
      return;
    }
  });
}
