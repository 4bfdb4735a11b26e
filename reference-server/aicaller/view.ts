import type { CreatePhoneCall } from './schema.ts';

/** A call as it is stored and as it is read back. What was not sent is left out, except for what has a default. */
export interface PhoneCall extends Omit<Partial<Sent>, 'status' | 'record'> {
  readonly _id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly status: string;
  readonly record: boolean;
}

interface Sent extends Omit<{ [K in keyof CreatePhoneCall]-?: NonNullable<CreatePhoneCall[K]> }, 'phoneCallWebhooks'> {
  /** Without their secrets: who may read a call need not be able to sign for it. */
  readonly phoneCallWebhooks: readonly { readonly url: string; readonly subscribedEvent: string }[];
}

/**
 * A new call.
 * @param id its id
 * @param now the present
 * @param body a valid body
 * @returns the call
 */
export function created(id: string, now: string, body: CreatePhoneCall): PhoneCall {
  return {
    _id: id,
    teamId: body.teamId,
    callTemplateId: body.callTemplateId,
    nameOfHuman: body.nameOfHuman,
    toPhoneNumber: body.toPhoneNumber,
    promptVariableValues: body.promptVariableValues.map(({ key, value }) => ({ key, value })),
    phoneNumberId: body.phoneNumberId,
    fromPhoneNumber: body.fromPhoneNumber,
    toEmailAddress: body.toEmailAddress,
    status: body.status ?? 'queued',
    telephonyProvider: body.telephonyProvider,
    record: body.record ?? false,
    // As it was sent: the same instant to the last digit, whatever its precision.
    callDelayedUntil: body.callDelayedUntil,
    phoneCallWebhooks: body.phoneCallWebhooks?.map(({ url, subscribedEvent }) => ({ url, subscribedEvent })),
    createdAt: now,
    updatedAt: now,
  };
}
