/** The reference server's own create and get on bare Express: a plain Map as store, no authentication, no validation. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { CreateVoiceCall } from '../../reference-server/voice-calls/schema.ts';
import { created, type VoiceCall } from '../../reference-server/voice-calls/view.ts';

const app = express();
const calls = new Map<string, VoiceCall>();
app.use(express.json());
app.post('/v3/communication/voice_calls', (request, response) => {
  const call = created(randomUUID(), new Date().toISOString(), request.body as CreateVoiceCall);
  calls.set(call.uid, call);
  response.status(201).json({ success: true, data: call });
});
app.get('/v3/communication/voice_calls/:uid', (request, response) => {
  response.json({ success: true, data: calls.get(request.params.uid) });
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
});
