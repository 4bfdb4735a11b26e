/** Portman, which makes a Postman collection of the contract, and Newman, which runs it. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../helpers/install.ts';
import { run } from '../helpers/processes.ts';
import { plainContract } from './contract.ts';
import { TRIAL_SECONDS, type Peer, type Trial } from './peer.ts';

const CALLS = '/v3/communication/voice_calls';
const WRITES = ['createVoiceCall', 'updateVoiceCall'];
const CREATED = '4887af14-22b7-456a-a150-0198da784a28';
const UPDATED = 'ext-call-001';

const on = { enabled: true };
const shape = { contentType: on, jsonBody: on, schemaValidation: on, headersPresent: on };

/** The tests that Portman makes of the contract, and what they need: a token, and the uid that the create answered. */
const plainTests = {
  version: 1,
  tests: {
    contractTests: [
      { openApiOperation: '*::/*', statusSuccess: on, ...shape },
      { openApiOperationId: 'createVoiceCall', statusCode: { ...on, code: 201 } },
      {
        openApiOperationIds: ['getVoiceCall', 'listVoiceCalls', 'updateVoiceCall'],
        statusCode: { ...on, code: 200 },
      },
    ],
  },
  assignVariables: [
    { openApiOperationId: 'createVoiceCall', collectionVariables: [{ responseBodyProp: 'data.uid', name: 'uid' }] },
  ],
  overwrites: [
    {
      openApiOperationIds: ['getVoiceCall', 'updateVoiceCall'],
      overwriteRequestPathVariables: [{ key: 'uid', value: '{{uid}}', overwrite: true }],
    },
  ],
  globals: {
    collectionVariables: { bearerToken: 'staff-token' },
    orderOfOperations: [`POST::${CALLS}`, `PUT::${CALLS}/{uid}`, `GET::${CALLS}/{uid}`, `GET::${CALLS}`],
  },
};

/** All that Portman offers beyond: fuzzed bodies that are to be refused, refusals, and values that are read back. */
const allTests = {
  ...plainTests,
  overwrites: [
    ...plainTests.overwrites,
    // The contract's examples have one external_uuid for create and update.
    {
      openApiOperationId: 'updateVoiceCall',
      overwriteRequestBody: [{ key: 'external_uuid', value: UPDATED, overwrite: true }],
    },
  ],
  tests: {
    ...plainTests.tests,
    contentTests: [
      { openApiOperationId: 'createVoiceCall', responseBodyTests: [{ key: 'data.external_uuid', value: CREATED }] },
      {
        openApiOperationIds: ['updateVoiceCall', 'getVoiceCall'],
        responseBodyTests: [{ key: 'data.external_uuid', value: UPDATED }],
      },
      {
        openApiOperationId: 'listVoiceCalls',
        responseBodyTests: [{ key: 'data.voice_calls[0].external_uuid', value: UPDATED }],
      },
    ],
    variationTests: [
      {
        openApiOperationIds: WRITES,
        variations: [
          {
            name: 'fuzzed',
            openApiResponse: '400',
            fuzzing: [
              {
                requestBody: [
                  {
                    requiredFields: on,
                    minLengthFields: on,
                    maxLengthFields: on,
                    minimumNumberFields: on,
                    maximumNumberFields: on,
                  },
                ],
              },
            ],
            tests: refusedWith(400),
          },
        ],
      },
      {
        openApiOperation: `*::${CALLS}*`,
        variations: [
          {
            name: 'no token',
            openApiResponse: '401',
            overwrites: [{ overwriteRequestSecurity: { remove: true } }],
            tests: refusedWith(401),
          },
        ],
      },
      {
        openApiOperationIds: ['getVoiceCall', 'updateVoiceCall'],
        variations: [
          {
            name: 'unknown call',
            openApiResponse: '404',
            overwrites: [{ overwriteRequestPathVariables: [{ key: 'uid', value: 'vc_unknown', overwrite: true }] }],
            tests: refusedWith(404),
          },
        ],
      },
    ],
  },
};

/** The part of Newman's JSON report that is read here. */
interface NewmanReport {
  run: { failures: { source?: { name?: string }; error: { test?: string; name?: string } }[] };
}

export const portman: Peer = {
  name: 'Portman with Newman, as generated',
  prepare: (folder) => prepare(folder, plainTests),
};

export const portmanFuzzing: Peer = {
  name: 'Portman with Newman, fuzzing and read-back',
  prepare: (folder) => prepare(folder, allTests),
};

function refusedWith(code: number): object {
  return { contractTests: [{ statusCode: { ...on, code }, ...shape }] };
}

async function prepare(folder: string, config: object): Promise<Trial> {
  // Both rows share one installation.
  const home = join(folder, '..', 'portman');
  const program = join(home, 'node_modules', '@apideck', 'portman', 'bin', 'portman');
  if (!existsSync(program)) {
    // Portman 1.33 loads tslib without asking for it.
    const why = await install(home, '@apideck/portman@1', 'tslib@2');
    if (why !== undefined) throw new Error(why);
  }
  const [contract, configFile, collection, report] = ['contract', 'config', 'collection', 'report'].map((name) =>
    join(folder, `${name}.json`),
  ) as [string, string, string, string];
  writeFileSync(contract, JSON.stringify(plainContract()));
  writeFileSync(configFile, JSON.stringify(config));
  const converted = await run(
    process.execPath,
    [program, '-l', contract, '-b', 'http://127.0.0.1', '-c', configFile, '-o', collection],
    { cwd: folder, seconds: TRIAL_SECONDS },
  );
  if (converted.code !== 0) throw new Error(`no collection: ${converted.err.trim().split('\n').at(-1) ?? ''}`);
  const newman = join(home, 'node_modules', 'newman', 'bin', 'newman.js');
  return async (url) => {
    rmSync(report, { force: true });
    const flags = ['--env-var', `baseUrl=${url}`, '--reporters', 'json', '--reporter-json-export', report];
    const { wallMs } = await run(process.execPath, [newman, 'run', collection, ...flags], {
      cwd: folder,
      seconds: TRIAL_SECONDS,
    });
    const { failures } = (JSON.parse(readFileSync(report, 'utf8')) as NewmanReport).run;
    return {
      complaints: failures.map(({ source, error }) => `${source?.name ?? ''} ${error.test ?? error.name ?? ''}`),
      wallMs,
    };
  };
}
