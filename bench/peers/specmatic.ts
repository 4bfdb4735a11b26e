/** Specmatic's contract tests, generated from the contract, with its negative tests. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { install } from '../helpers/install.ts';
import { run } from '../helpers/processes.ts';
import { objectAt, plainContract, type JsonObject } from './contract.ts';
import { TRIAL_SECONDS, type Peer } from './peer.ts';

export const specmatic: Peer = {
  name: 'Specmatic, with negative tests',
  async prepare(folder) {
    const java = await run('java', ['-version']).catch(() => undefined);
    if (java?.code !== 0) throw new Error('needs Java, which is not installed here');
    const home = join(folder, 'installed');
    const why = await install(home, 'specmatic@2');
    if (why !== undefined) throw new Error(why);
    const jar = join(home, 'node_modules', 'specmatic', 'specmatic.jar');
    writeFileSync(join(folder, 'voice-calls.json'), JSON.stringify(contractFor()));
    return async (url) => {
      rmSync(join(folder, 'build'), { recursive: true, force: true });
      writeFileSync(join(folder, 'specmatic.yaml'), stringify(configFor(url)));
      // Compiling less eagerly halves the time of so short a run.
      const flags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', jar, 'test'];
      const { out, err, code, wallMs } = await run('java', flags, { cwd: folder, seconds: TRIAL_SECONDS });
      if (code === null || !/^Tests run: [1-9]/m.test(out))
        throw new Error(`no tests were run: ${(err || out).trim().split('\n').at(-1) ?? ''}`);
      return { complaints: [...out.matchAll(/^\s*(\S.*) has FAILED$/gm)].map(([, name = '']) => name), wallMs };
    };
  },
};

/**
 * Specmatic takes a request's example only together with an answer's of the same name, and only then fills a request
 * with values that the server knows, such as the uid of a staff member who exists. So the names are made to match.
 */
function contractFor(): JsonObject {
  const contract = plainContract();
  const components = objectAt(contract, 'components');
  const answer = (name: string): JsonObject => objectAt(components, 'responses', name, 'content', 'application/json');
  const { incomingCall } = objectAt(answer('VoiceCallCreated'), 'examples');
  const { CompletedCall } = objectAt(components, 'examples');
  answer('VoiceCallCreated')['examples'] = { incomingCall, freeOutgoingCall: incomingCall };
  answer('VoiceCallUpdated')['examples'] = { callIsOver: CompletedCall, voicemail: CompletedCall };
  for (const [name, value] of Object.entries({ Page: 1, PerPage: 25, Sort: 'created_at:asc' })) {
    const parameter = objectAt(components, 'parameters', name);
    delete parameter['example'];
    parameter['examples'] = { oneCall: { value }, empty: { value } };
  }
  delete objectAt(components, 'parameters', 'Filter')['examples'];
  // One token is every role; otherwise each test is run once for each.
  for (const path of Object.values(objectAt(contract, 'paths')))
    for (const operation of Object.values(objectAt(path)))
      if (!Array.isArray(operation)) objectAt(operation)['security'] = [{ bearer: [] }];
  return contract;
}

function configFor(baseUrl: string): object {
  return {
    version: 3,
    systemUnderTest: {
      service: {
        definitions: [
          {
            definition: {
              source: { filesystem: { directory: '.' } },
              specs: [{ spec: { id: 'voiceCalls', path: 'voice-calls.json' } }],
            },
          },
        ],
        runOptions: {
          openapi: {
            type: 'test',
            baseUrl,
            workflow: {
              ids: {
                'POST /v3/communication/voice_calls -> 201': { extract: 'BODY.data.uid' },
                '*': { use: 'PATH.uid' },
              },
            },
            specs: [
              { spec: { id: 'voiceCalls', securitySchemes: { bearer: { type: 'bearer', token: 'staff-token' } } } },
            ],
          },
        },
        // Without a bound it makes thousands of requests of the enumerations alone.
        settings: { schemaResiliencyTests: 'all', maxTestRequestCombinations: 4 },
      },
    },
  };
}
