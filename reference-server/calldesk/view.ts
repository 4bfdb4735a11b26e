import type { CreateCall } from './schema.ts';

/** A call as it is stored and as it is read back. */
export interface Call {
  readonly call_id: string;
  readonly status: string;
  readonly caller_id: string;
  readonly destination: string;
  readonly created_at: string;
  readonly recording: { readonly enabled: boolean };
  readonly voice_changer_uid: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly links: { readonly self: string; readonly status: string; readonly recordings: string };
}

/**
 * A new call.
 * @param callId its id
 * @param base the path of all calls
 * @param now the present
 * @param body a valid body
 * @returns the call
 */
export function created(callId: string, base: string, now: string, body: CreateCall): Call {
  const self = `${base}/${callId}`;
  return {
    call_id: callId,
    status: 'queued',
    caller_id: body.caller_id,
    destination: body.destination,
    created_at: now,
    recording: { enabled: body.record ?? false },
    voice_changer_uid: body.voice_changer_uid ?? null,
    metadata: body.metadata ?? {},
    links: { self, status: `${self}/status`, recordings: `${self}/recordings` },
  };
}
