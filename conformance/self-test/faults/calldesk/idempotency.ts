import { setTimeout as sleep } from 'node:timers/promises';
import { answering } from '../../behaviours/answering.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Answered, Api, Asked, Behaviour, Fault } from '../../fault.ts';
import { dig, isObject } from '../../json.ts';

const { must } = rowsOf('calldesk');
const operation = 'createCall';
const expects = { operation, field: 'Idempotency-Key' };

/** A repeated key, told to the behaviour with the answer that the first use of the key got. */
type OnRepeat = (
  first: Answered,
  asked: Asked,
  api: Api,
  next: (asked: Asked) => Promise<Answered>,
) => Answered | Promise<Answered>;

/** What goes wrong with repeated keys. */
export const idempotency: readonly Fault[] = [
  must(
    'key-ignored',
    'a repeated key makes another call',
    expects,
    keyed({ repeat: (_first, asked, _api, next) => next(asked) }),
  ),
  must(
    'key-replayed-201',
    'a repeated key answers 201 and the first call',
    expects,
    keyed({ repeat: (first) => first }),
  ),
  must(
    'key-replayed-200',
    'a repeated key answers 200 and the first call',
    expects,
    keyed({ repeat: (first) => ({ ...first, status: 200 }) }),
  ),
  must(
    'key-forgotten-after-one-repeat',
    'the second repeat of a key makes another call',
    { ...expects, rules: ['idempotency-repeat'] },
    forgetful(),
  ),
  must(
    'odd-key-answers-500',
    'a key that is no UUID answers 500',
    { operation, rules: ['robust-input'] },
    answering(
      (asked) => asked.headers['idempotency-key']?.includes(' ') === true,
      (_asked, api) => api.refusal(500),
    ),
  ),
  must(
    'key-conflict-422',
    'a repeated key answers 422',
    expects,
    keyed({ repeat: (first, _asked, api) => withReference(api.refusal(422), first) }),
  ),
  must(
    'key-conflict-400',
    'a repeated key answers 400',
    expects,
    keyed({ repeat: (first, _asked, api) => withReference(api.refusal(400), first) }),
  ),
  must(
    'key-conflict-500',
    'a repeated key answers 500',
    expects,
    keyed({ repeat: (_first, _asked, api) => api.refusal(500) }),
  ),
  must(
    'key-conflict-without-reference',
    'the 409 does not name the first call',
    expects,
    keyed({ repeat: (_first, _asked, api) => api.refusal(409) }),
  ),
  must(
    'key-conflict-names-another-call',
    'the 409 names a call that is another one',
    expects,
    keyed({
      repeat: (_first, _asked, api) =>
        withReference(api.refusal(409), {
          status: 201,
          headers: {},
          body: { call_id: 'call_00000000-0000-4000-8000-000000000000' },
        }),
    }),
  ),
  must(
    'key-conflict-other-code',
    'the 409 has the code validation_error',
    expects,
    keyed({
      repeat: (first, _asked, api) =>
        withReference(
          { ...api.refusal(409), body: { error: { code: 'validation_error', message: 'Refused.' } } },
          first,
        ),
    }),
  ),
  must(
    'key-bound-to-body',
    'a repeated key with another body makes another call',
    expects,
    keyed({ keyOf: (key, asked) => `${key} ${JSON.stringify(asked.body)}` }),
  ),
  must('key-burnt-by-400', 'a request that answered 400 has used its key up', expects, keyed({ burntBy: [400] })),
  must('key-burnt-by-422', 'a request that answered 422 has used its key up', expects, keyed({ burntBy: [422] })),
  must('key-race-makes-many', 'equal requests at once each make a call', expects, keyed({ lookFirstStoreLate: 20 })),
  must(
    'key-race-without-index',
    'a key is looked up and noted a millisecond apart',
    { ...expects, rules: ['idempotency-race'] },
    keyed({ lookFirstStoreLate: 1 }),
  ),
  must(
    'key-race-lost-now-and-again',
    'one race in three makes many calls',
    { ...expects, rules: ['idempotency-race'] },
    everyThirdRace(),
  ),
  must(
    'key-race-answers-201',
    'equal requests at once all answer 201 with one call',
    expects,
    shared((answered) => answered),
  ),
  must(
    'key-race-answers-500',
    'of equal requests at once the losers answer 500',
    expects,
    shared((_answered, api) => api.refusal(500)),
  ),
  must(
    'other-key-conflicts',
    'another key with the same body answers 409',
    expects,
    keyed({ keyOf: (_key, asked) => JSON.stringify(asked.body) }),
  ),
  must('key-shared-by-callers', 'no key counts as a key', { operation }, keyed({ withoutKey: 'none' })),
];

interface Keyed {
  /** What a repeated key answers; 409 with a reference unless named. */
  readonly repeat?: OnRepeat;
  /** What is compared; the key unless named. */
  readonly keyOf?: (key: string, asked: Asked) => string;
  /** Refusals that use a key up. */
  readonly burntBy?: readonly number[];
  /** Milliseconds between looking a key up and noting it. */
  readonly lookFirstStoreLate?: number;
  /** The key of requests that have none. */
  readonly withoutKey?: string;
}

/** Keeps the keys itself; the reference server never sees one. */
function keyed({ repeat, keyOf = (key) => key, burntBy = [], lookFirstStoreLate, withoutKey }: Keyed): Behaviour {
  return (api) => {
    const used = new Map<string, Promise<Answered>>();
    return async (asked, next) => {
      const { 'idempotency-key': sent, ...headers } = asked.headers;
      const key = sent ?? withoutKey;
      if (asked.operation !== operation || key === undefined) return next(asked);
      const bare = { ...asked, headers };
      const name = keyOf(key, asked);
      const first = await used.get(name);
      if (first !== undefined && (first.status < 400 || burntBy.includes(first.status))) {
        if (repeat !== undefined) return repeat(first, bare, api, next);
        return withReference(api.refusal(409), first);
      }
      if (lookFirstStoreLate !== undefined) {
        await sleep(lookFirstStoreLate);
        const late = await next(bare);
        if (late.status < 400) used.set(name, Promise.resolve(late));
        return late;
      }
      const answer = next(bare);
      used.set(name, answer);
      const answered = await answer;
      if (answered.status >= 400 && !burntBy.includes(answered.status)) used.delete(name);
      return answered;
    };
  };
}

/** Is right for keys that come one after the other, and for all races but the third, the sixth and so on. */
function everyThirdRace(): Behaviour {
  return (api) => {
    const careful = keyed({})(api);
    const careless = keyed({ lookFirstStoreLate: 5 })(api);
    const inFlight = new Map<string, number>();
    const races = new Map<string, number>();
    return async (asked, next) => {
      const key = asked.headers['idempotency-key'];
      if (key === undefined || asked.operation !== operation) return next(asked);
      inFlight.set(key, (inFlight.get(key) ?? 0) + 1);
      // Those that were sent together are all here by then.
      await sleep(5);
      if ((inFlight.get(key) ?? 0) > 1 && !races.has(key)) races.set(key, races.size + 1);
      const answered = await ((races.get(key) ?? 1) % 3 === 0 ? careless : careful)(asked, next);
      inFlight.set(key, (inFlight.get(key) ?? 1) - 1);
      return answered;
    };
  };
}

/** Knows a key when it comes the second time, and no more the third time. */
function forgetful(): Behaviour {
  return (api) => {
    const repeated = new Set<string>();
    const repeat: OnRepeat = (first, asked, _api, next) => {
      const call = JSON.stringify(first.body);
      if (repeated.has(call)) return next(asked);
      repeated.add(call);
      return withReference(api.refusal(409), first);
    };
    return keyed({ repeat })(api);
  };
}

/** Is right for keys that come one after the other, and answers the losers of a race in its own way. */
function shared(loser: (answered: Answered, api: Api) => Answered): Behaviour {
  return (api) => {
    const inFlight = new Map<string, Promise<Answered>>();
    return async (asked, next) => {
      const key = asked.headers['idempotency-key'];
      if (asked.operation !== operation || key === undefined) return next(asked);
      const winner = inFlight.get(key);
      if (winner !== undefined) return loser(await winner, api);
      const answer = sleep(20).then(() => next(asked));
      inFlight.set(key, answer);
      const answered = await answer;
      inFlight.delete(key);
      return answered;
    };
  };
}

function withReference(answered: Answered, first: Answered): Answered {
  const error = dig(answered.body, 'error');
  return { ...answered, body: { error: { ...(isObject(error) ? error : {}), call_id: dig(first.body, 'call_id') } } };
}
