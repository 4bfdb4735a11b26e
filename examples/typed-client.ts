// A typed client of the voice-calls contract: a wrong path, field or value is a compile error.
import { createVoiceCallsClient } from 'ringtrue/client';

const baseUrl = process.env['API_URL'] ?? 'http://127.0.0.1:3000';
const client = createVoiceCallsClient({ baseUrl, token: process.env['API_TOKEN'] ?? 'staff-token' });

const created = await client.POST('/v3/communication/voice_calls', {
  body: {
    staff_uid: 's-1',
    client_uid: 'c-1',
    business_uid: 'b-1',
    from_number: '+14155550101',
    to_number: '+14155550102',
    direction: 'OUTBOUND',
    status: 'ANSWERED_BY_STAFF',
    rate: '0.05',
    provider: 'VONAGE',
    source_id: 'conversation-2048',
    external_uuid: 'ext-call-001',
  },
});
if (created.error) throw new Error(created.error.errors.map(({ message }) => message).join('; '));

const { uid } = created.data.data;
const read = await client.GET('/v3/communication/voice_calls/{uid}', { params: { path: { uid } } });
console.log(`${uid} is ${String(read.data?.data.external_uuid)}`);
