import type { CreateVoiceCall, UpdateVoiceCall } from './schema.ts';

/** A voice call as it is stored and as it is read back: the two are the same here. */
export interface VoiceCall {
  readonly uid: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly business_uid: string;
  readonly staff_uid: string;
  readonly client_uid: string;
  readonly from_number: string;
  readonly to_number: string;
  readonly direction: string;
  readonly status: string;
  readonly rate: string;
  readonly price: string | null;
  readonly provider: string;
  readonly source_id: string;
  readonly external_uuid: string;
  readonly duration: number | null;
  readonly call_summary: string | null;
  readonly external_app_url: string | null;
  readonly external_app_name: string | null;
  readonly recording_id: string | null;
  readonly handled_by_staff_uid: string | null;
}

/**
 * A new call. Fields are named one by one, so that nothing else in the body gets in.
 * @param uid its id
 * @param now the present
 * @param body a valid body
 * @returns the call
 */
export function created(uid: string, now: string, body: CreateVoiceCall): VoiceCall {
  return {
    uid,
    created_at: now,
    updated_at: now,
    business_uid: body.business_uid,
    ...named(body),
    price: null,
    duration: null,
    call_summary: null,
    external_app_url: null,
    external_app_name: null,
    recording_id: null,
    handled_by_staff_uid: null,
  };
}

/**
 * A call after an update. What the body cannot name (`uid`, `business_uid`, `created_at`) stays, and so does
 * `handled_by_staff_uid` when it is left out.
 * @param call the call before
 * @param now the present
 * @param body a valid body
 * @returns the call after
 */
export function updated(call: VoiceCall, now: string, body: UpdateVoiceCall): VoiceCall {
  return {
    uid: call.uid,
    created_at: call.created_at,
    updated_at: now,
    business_uid: call.business_uid,
    ...named(body),
    price: body.price,
    duration: body.duration,
    call_summary: body.call_summary,
    external_app_url: body.external_app_url,
    external_app_name: body.external_app_name,
    recording_id: body.recording_id,
    handled_by_staff_uid: body.handled_by_staff_uid ?? call.handled_by_staff_uid,
  };
}

type Named = Pick<
  VoiceCall,
  | 'staff_uid'
  | 'client_uid'
  | 'from_number'
  | 'to_number'
  | 'direction'
  | 'status'
  | 'rate'
  | 'provider'
  | 'source_id'
  | 'external_uuid'
>;

function named(body: CreateVoiceCall | UpdateVoiceCall): Named {
  return {
    staff_uid: body.staff_uid,
    client_uid: body.client_uid,
    from_number: body.from_number,
    to_number: body.to_number,
    direction: body.direction,
    status: body.status,
    rate: body.rate,
    provider: body.provider,
    source_id: body.source_id,
    external_uuid: body.external_uuid,
  };
}
