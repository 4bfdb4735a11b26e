// A page that lists and creates calls with the typed client: against the mock, or against `ringtrue serve --cors`.
import { createVoiceCallsClient } from 'ringtrue/client';

const baseUrl = new URLSearchParams(location.search).get('api') ?? 'http://127.0.0.1:3000';
const client = createVoiceCallsClient({ baseUrl, token: 'staff-token' });
const [button, list, status] = ['button', 'ul', '[role=status]'].map((name) => document.querySelector(name));

async function show(): Promise<void> {
  const { data, error } = await client.GET('/v3/communication/voice_calls');
  if (error) throw new Error(error.errors.map(({ message }) => message).join('; '));
  const rows = data.data.voice_calls.map((call) => {
    const row = document.createElement('li');
    row.textContent = `${call.external_uuid} ${call.status}`;
    return row;
  });
  list?.replaceChildren(...rows);
}

async function logCall(): Promise<void> {
  // prettier-ignore
  const body = {
    staff_uid: 's-1', client_uid: 'c-1', business_uid: 'b-1', from_number: '+14155550101', to_number: '+14155550102',
    direction: 'INBOUND', status: 'MISSED', rate: '0.05', provider: 'VONAGE', source_id: 'src-1', external_uuid: 'ext-call-001',
  } as const;
  const { data, error } = await client.POST('/v3/communication/voice_calls', { body });
  if (status)
    status.textContent = error
      ? `Rejected: ${error.errors[0]?.message ?? 'no reason given'}`
      : `Stored as ${data.data.uid}`;
  await show();
}

button?.addEventListener('click', () => void logCall());
await show();
