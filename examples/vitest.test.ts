// Every case of the contract as a test of yours, with its id and level. `npx vitest run` shows them one by one.
import { conformance } from 'ringtrue/vitest';

await conformance({
  contract: 'voice-calls',
  // Your server. Without a URL the reference server is started and tested.
  url: process.env['API_URL'],
  token: process.env['API_TOKEN'],
  profile: 'core',
});
