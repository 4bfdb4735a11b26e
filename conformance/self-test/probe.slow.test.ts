import { describe, expect, it } from 'vitest';
import { apis } from './apis/index.ts';
import { handlerOf } from './handler.ts';
import { faults, variants } from './index.ts';
import type { ContractName, Fault, Variant } from './fault.ts';
import { askEverything, Probe } from './probe.ts';

/** All that a server says, at a clock that moves on by a second with each write. */
async function transcriptOf(subject: Fault | Variant, fields: readonly string[]): Promise<string> {
  let now = Date.parse('2026-01-01T00:00:00.387Z');
  const api = apis[subject.contract];
  const probe = new Probe(api, await handlerOf(subject, { clock: () => (now += 1000) }));
  await askEverything(api, probe, fields);
  return probe.transcript;
}

const plain = (contract: ContractName): Variant => {
  const found = variants.find(({ id }) => id === `${contract}/as-it-is`);
  if (found === undefined) throw new Error(`${contract} has no plain variant.`);
  return found;
};

/** The fields whose values bring a fault out: those it names, or a few of each kind. */
function fieldsOf({ contract, expects }: Fault): string[] {
  const known = Object.keys(apis[contract].samples);
  const named = [expects.field ?? []].flat().filter((field) => known.includes(field));
  const some = ['external_uuid', 'direction', 'from_number', 'destination', 'record', 'toPhoneNumber', 'nameOfHuman'];
  return named.length > 0 ? named : known.filter((field) => some.includes(field));
}

describe.each(['voice-calls', 'calldesk', 'aicaller'] as const)('the faults of %s', (contract) => {
  const own = faults.filter((fault) => fault.contract === contract);

  it('each change an answer of the reference server, which itself answers the same twice', async () => {
    const right = new Map<string, string>();
    for (const fields of own.map(fieldsOf)) {
      const name = fields.join();
      if (!right.has(name)) right.set(name, await transcriptOf(plain(contract), fields));
    }
    const fields = fieldsOf(own[0]!);
    expect(await transcriptOf(plain(contract), fields)).toBe(right.get(fields.join()));
    // All at once, as some faults wait for requests to overlap.
    const silent = await Promise.all(
      own.map(async (fault) => {
        const said = await transcriptOf(fault, fieldsOf(fault));
        return said === right.get(fieldsOf(fault).join()) ? [fault.id] : [];
      }),
    );
    expect(silent.flat()).toEqual([]);
  });
});
