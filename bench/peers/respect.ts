/** Redocly Respect, three times: as Redocly generates its file, and a file by hand without and with a read-back. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { findBin } from '../../conformance/cli/redocly.ts';
import { root } from '../../scripts/contracts.ts';
import { run, type Finished } from '../helpers/processes.ts';
import { plainContract } from './contract.ts';
import { TRIAL_SECONDS, type Peer, type Trial } from './peer.ts';

/** It asks the network for news of itself otherwise. */
const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };

const byHand = fileURLToPath(new URL('voice-calls.arazzo.yaml', import.meta.url));

interface Arazzo {
  workflows: { steps: { successCriteria: { condition: string }[] }[] }[];
}

/** The part of its JSON report that is read here. */
interface RespectReport {
  files: Record<
    string,
    {
      executedWorkflows: {
        workflowId: string;
        executedSteps: { stepId?: string; checks?: { name: string; passed: boolean; condition?: string }[] }[];
      }[];
    }
  >;
}

export const respectGenerated: Peer = {
  name: 'Redocly Respect, as generated',
  async prepare(folder) {
    writeContract(folder);
    const { code, err } = await redocly(folder, ['generate-arazzo', 'voice-calls.json', '-o', 'calls.arazzo.yaml']);
    if (code !== 0) throw new Error(`generate-arazzo failed: ${err.trim().split('\n').at(-1) ?? ''}`);
    return respect(folder, ['--server', 'voice-calls', '--input', 'bearer=staff-token']);
  },
};

export const respectByHand: Peer = {
  name: 'Redocly Respect, by hand',
  prepare: (folder) => prepareByHand(folder, ({ condition }) => condition.startsWith('$statusCode')),
};

export const respectReadBack: Peer = {
  name: 'Redocly Respect, by hand with a read-back',
  prepare: (folder) => prepareByHand(folder, () => true),
};

async function prepareByHand(folder: string, wanted: (criterion: { condition: string }) => boolean): Promise<Trial> {
  writeContract(folder);
  const arazzo = parse(readFileSync(byHand, 'utf8')) as Arazzo;
  for (const { steps } of arazzo.workflows)
    for (const step of steps) step.successCriteria = step.successCriteria.filter(wanted);
  writeFileSync(join(folder, 'calls.arazzo.yaml'), stringify(arazzo));
  return respect(folder, ['--server', 'voiceCalls', '--input', 'token=staff-token']);
}

function respect(folder: string, [serverFlag = '', server = '', ...flags]: readonly string[]): Trial {
  const report = join(folder, 'report.json');
  return async (url) => {
    rmSync(report, { force: true });
    const { wallMs } = await redocly(folder, [
      'respect',
      'calls.arazzo.yaml',
      serverFlag,
      `${server}=${url}`,
      ...flags,
      '--json-output',
      report,
    ]);
    const { files } = JSON.parse(readFileSync(report, 'utf8')) as RespectReport;
    const complaints = Object.values(files).flatMap(({ executedWorkflows }) =>
      executedWorkflows.flatMap(({ workflowId, executedSteps }) =>
        executedSteps.flatMap(({ stepId = '', checks = [] }) =>
          checks
            .filter(({ passed }) => !passed)
            .map(({ name, condition = '' }) => `${workflowId} ${stepId} ${name} ${condition}`),
        ),
      ),
    );
    return { complaints, wallMs };
  };
}

function redocly(cwd: string, args: readonly string[]): Promise<Finished> {
  const program = findBin('@redocly/cli', 'redocly', [root]);
  if (program === undefined) throw new Error('@redocly/cli is not installed');
  return run(process.execPath, [program, ...args], { cwd, seconds: TRIAL_SECONDS, env });
}

function writeContract(folder: string): void {
  writeFileSync(join(folder, 'voice-calls.json'), JSON.stringify(plainContract()));
}
