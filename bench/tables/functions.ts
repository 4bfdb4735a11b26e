/** What single functions cost, against `JSON.parse` of one recorded answer in the same run. */
import { Bench } from 'tinybench';
import { loadContract } from '../../conformance/contract/load.ts';
import { openValidators, messageSchemas } from '../../conformance/contract/validators.ts';
import { planCases } from '../../conformance/plan/index.ts';
import { render as renderHtml } from '../../conformance/report/html.ts';
import { lostExternalUuid } from '../../conformance/report/sample.ts';
import { freshFor } from '../../conformance/run/fresh.ts';
import { createMasker } from '../../conformance/target/mask.ts';
import { contractFile } from '../../scripts/contracts.ts';
import { times } from '../helpers/statistics.ts';
import type { Table } from '../helpers/table.ts';

/** What an answer of voice-calls looks like on the wire. */
const ANSWER = JSON.stringify({
  success: true,
  data: {
    uid: 'call_3f0c6a1e',
    created_at: '2030-01-01T00:00:00.000Z',
    updated_at: '2030-01-01T00:00:00.000Z',
    staff_uid: 'staff_1',
    client_uid: 'client_1',
    from_number: '+12025550123',
    to_number: '+12035550145',
    direction: 'INBOUND',
    status: 'ANSWERED',
    source_id: 'rt-rt1abcdefghi-source_id',
    external_uuid: '2f1c8a5e-8a1d-4b7e-9c55-0d6a3f1b2c4d',
  },
});

export const functions: Table = {
  id: 'functions',
  title: 'Functions (tinybench), from source',
  async measure() {
    const contract = await loadContract('voice-calls', { allowRemote: false });
    const selection = {
      profile: 'full' as const,
      include: [],
      exclude: [],
      readOnly: false,
      explore: 0,
      roles: Object.keys(contract.development?.roleTokens ?? {}),
      fixtures: contract.fixtures.map(({ name }) => name),
    };
    const validators = await openValidators(contract, { properties: false });
    const pointer = messageSchemas(contract)[0] ?? '';
    const answer: unknown = JSON.parse(ANSWER);
    const masker = createMasker(['staff-token', 'app-token', 'directory-token', 'client-token']);
    const report = lostExternalUuid();
    let turn = 0;
    const bench = new Bench({ time: 300, warmupTime: 100 })
      .add('JSON.parse of an answer', () => {
        JSON.parse(ANSWER);
      })
      .add('mask an answer', () => {
        masker.text(ANSWER);
      })
      .add('hold an answer to its schema', () => {
        validators.check(pointer, answer);
      })
      .add('a fresh value', () => {
        freshFor(1)(`key-${String((turn += 1))}`).hex('name', 8);
      })
      .add('plan voice-calls', () => {
        planCases(contract, selection);
      })
      .add('load voice-calls from YAML', async () => {
        await loadContract(contractFile('voice-calls'), { allowRemote: false });
      })
      .add('render a small HTML report', () => {
        renderHtml(report);
      });
    await bench.run();
    const medians = bench.tasks.map(({ name, result }): [string, number] => {
      if (result.state !== 'completed') throw new Error(`${name} did not run: ${result.state}`);
      return [name, result.latency.p50];
    });
    const unit = medians[0]?.[1] ?? 1;
    return {
      columns: ['function', 'median', 'of a JSON.parse'],
      rows: medians.map(([name, ms]) => [name, short(ms), times(ms / unit)]),
      targets: [],
      notes: [],
    };
  },
};

function short(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1000).toFixed(1)} µs` : `${milliseconds.toFixed(1)} ms`;
}
