import * as z from 'zod';
import { decimal, optional, phone, text, textUpTo, uri } from '../http/fields.ts';

const shared = {
  staff_uid: text,
  client_uid: text,
  from_number: phone,
  to_number: phone,
  direction: z.enum(['INBOUND', 'OUTBOUND']),
  status: z.enum([
    'INCOMING_CALL',
    'ANSWERED_BY_STAFF',
    'MISSED',
    'ANSWERED_BY_CALLS_PROVIDER',
    'MISSED_CALL_HANDLED',
    'VOICEMAIL_RECEIVED',
  ]),
  rate: decimal,
  provider: z.enum(['VONAGE']),
  source_id: text,
  external_uuid: textUpTo(255),
};

/** The body of `POST /voice_calls`: all eleven fields are required. */
export const createVoiceCall = z.object({ ...shared, business_uid: text });

/** The body of `PUT /voice_calls/{uid}`: sixteen required fields and one optional. */
export const updateVoiceCall = z.object({
  ...shared,
  price: decimal,
  duration: z.number().min(0),
  call_summary: z.string(),
  external_app_url: uri,
  external_app_name: z.string(),
  recording_id: z.string(),
  handled_by_staff_uid: optional(z.string()),
});

/** A valid body of a create. */
export type CreateVoiceCall = z.infer<typeof createVoiceCall>;
/** A valid body of an update. */
export type UpdateVoiceCall = z.infer<typeof updateVoiceCall>;
