/** RingTrue itself, as its users start it. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cli, run } from '../helpers/processes.ts';
import { TRIAL_SECONDS, type Peer } from './peer.ts';

export const ringtrue: Peer = {
  name: 'RingTrue',
  async prepare(folder) {
    const file = join(folder, 'report.json');
    return async (url) => {
      rmSync(file, { force: true });
      const { code, wallMs } = await run(
        process.execPath,
        [cli, 'run', '--url', url, '--seed', '1', '--quiet', '--report', `json=${file}`],
        { seconds: TRIAL_SECONDS },
      );
      const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
        cases: { id: string; level: string; status: string }[];
      };
      const failed = cases.filter(({ level, status }) => level === 'MUST' && status === 'fail').map(({ id }) => id);
      return { complaints: code === 1 ? failed : [], wallMs };
    };
  },
};
