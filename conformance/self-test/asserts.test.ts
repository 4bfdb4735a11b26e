/** A case that passes has asked something, and one that had nothing to hold an answer to does not apply. */
import { expect, it } from 'vitest';
import { subjectsOf } from './subjects.ts';
import { tryOut } from './trial.ts';

/** Rules that look at what other cases were answered, and so ask nothing themselves. */
const OF_ALL_ANSWERS = new Set([
  ...['unique-ids', 'status-documented', 'content-type', 'response-body', 'response-headers', 'no-server-error'],
  ...['http-status-in-body', 'json-oddities'],
]);

function variantOf(key: string): Parameters<typeof tryOut>[0] {
  const subject = subjectsOf({ only: [key] })[0];
  if (subject?.kind !== 'variant' || subject.api) throw new Error(`there is no variant ${key}`);
  return subject.variant;
}

it.each(['voice-calls', 'calldesk', 'aicaller'])('what passes on %s rests on an answer', async (contract) => {
  const { cases } = await tryOut(variantOf(`${contract}/as-it-is`), 'memory');
  const passes = cases.filter(({ status }) => status === 'pass');
  expect(passes.length).toBeGreaterThan(150);
  const idle = passes.filter(({ rule, exchangeIds = [] }) => exchangeIds.length === 0 && !OF_ALL_ANSWERS.has(rule));
  expect(idle.map(({ id }) => id)).toEqual([]);
  for (const { id, message } of cases.filter(({ status }) => status === 'not-applicable'))
    expect(message, id).toBeTruthy();
});

it.each([
  ['voice-calls/outer-spaces-refused', /outer-spaces|spaces-around/],
  ['voice-calls/empty-texts-refused', /empty/],
])('MAY cases of %s do not apply where the value is refused, and pass where it is taken', async (key, refused) => {
  const may = async (variant: string): Promise<Map<string, string>> => {
    const { cases } = await tryOut(variantOf(variant), 'memory');
    const asked = cases.filter(({ level, id }) => level === 'MAY' && refused.test(id));
    return new Map(asked.map(({ id, status }) => [id, status]));
  };
  const before = await may('voice-calls/as-it-is');
  const taken = [...before].filter(([, status]) => status === 'pass').map(([id]) => id);
  expect(taken.length).toBeGreaterThan(1);
  const after = await may(key);
  expect([...after.keys()]).toEqual([...before.keys()]);
  expect(taken.map((id) => after.get(id))).toEqual(taken.map(() => 'not-applicable'));
});
