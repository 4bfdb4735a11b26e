import { answering, changingAnswers } from '../../behaviours/answering.ts';
import { bearer, lettingIn } from '../../behaviours/auth.ts';
import { forging, forgingId } from '../../behaviours/forging.ts';
import { leaking } from '../../behaviours/leaking.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Fault } from '../../fault.ts';

const { must } = rowsOf('voice-calls');
const POST = 'createVoiceCall';
const GET = 'getVoiceCall';
const LIST = 'listVoiceCalls';
const PUT = 'updateVoiceCall';
const all = [POST, PUT, GET, LIST];
const TOKENS = ['staff-token', 'app-token', 'directory-token', 'client-token'];

/** Tokens and roles, refused creates that are stored, and values that only the server may set. */
export const access: readonly Fault[] = [
  must(
    'token-unchecked',
    'no token is needed',
    { operation: all },
    lettingIn((asked) => bearer(asked) === undefined || !TOKENS.includes(bearer(asked) ?? '')),
  ),
  must(
    'missing-token-accepted',
    'a request without a token is let in',
    { operation: all },
    lettingIn(({ headers }) => headers['authorization'] === undefined),
  ),
  must(
    'garbage-token-accepted',
    'any token is let in',
    { operation: all },
    lettingIn((asked) => bearer(asked) !== undefined && !TOKENS.includes(bearer(asked) ?? '')),
  ),
  must(
    'get-needs-no-token',
    'GET of a call needs no token',
    { operation: GET },
    lettingIn((asked) => asked.operation === GET && !TOKENS.includes(bearer(asked) ?? '')),
  ),
  must(
    'update-needs-no-token',
    'an update needs no token',
    { operation: PUT },
    lettingIn((asked) => asked.operation === PUT && !TOKENS.includes(bearer(asked) ?? '')),
  ),
  must(
    'role-that-may-not-update-answers-401',
    'an update with the token of a role that may not answers 401',
    { operation: PUT, rules: ['role-refused'] },
    changingAnswers(
      ({ status }, { operation }) => operation === PUT && status === 403,
      (_answered, _asked, api) => api.refusal(401),
    ),
  ),
  must(
    'missing-token-answers-500',
    'a request without a token answers 500',
    { operation: all },
    answering(
      ({ headers, operation }) => operation !== undefined && headers['authorization'] === undefined,
      (_asked, api) => api.refusal(500),
    ),
  ),
  must(
    'missing-token-answers-400',
    'a request without a token answers 400',
    { operation: all },
    answering(
      ({ headers, operation }) => operation !== undefined && headers['authorization'] === undefined,
      (_asked, api) => api.refusal(400),
    ),
  ),
  must('client-may-create', 'a client may create', { operation: POST }, roleMay('client', POST)),
  must('client-may-update', 'a client may update', { operation: PUT }, roleMay('client', PUT)),
  must('app-may-get', 'an app may read a call', { operation: GET }, roleMay('app', GET)),
  must('app-may-list', 'an app may read the list', { operation: LIST }, roleMay('app', LIST)),
  must('directory-may-not-create', 'a directory may not create', { operation: POST }, roleMayNot('directory', POST)),
  must('app-may-not-update', 'an app may not update', { operation: PUT }, roleMayNot('app', PUT)),
  must('client-may-not-get', 'a client may not read a call', { operation: GET }, roleMayNot('client', GET)),
  must('refused-create-stored', 'a create that answers 400 is stored', { operation: POST }, leaking(POST, [400])),
  must('unauthorized-create-stored', 'a create that answers 401 is stored', { operation: POST }, leaking(POST, [401])),
  must('forbidden-create-stored', 'a create that answers 403 is stored', { operation: POST }, leaking(POST, [403])),
  must('uid-forged', 'a create applies a uid of the client', { operation: POST, field: 'uid' }, forgingId(POST)),
  must(
    'created-at-forged',
    'a create applies a created_at of the client',
    { operation: POST, field: 'created_at' },
    forging(POST, 'created_at'),
  ),
  must(
    'updated-at-forged',
    'a create applies an updated_at of the client',
    { operation: POST, field: 'updated_at' },
    forging(POST, 'updated_at'),
  ),
];

function roleMay(role: string, operation: string): Behaviour {
  return lettingIn((asked) => asked.operation === operation && bearer(asked) === `${role}-token`);
}

function roleMayNot(role: string, operation: string): Behaviour {
  return answering(
    (asked) => asked.operation === operation && bearer(asked) === `${role}-token`,
    (_asked, api) => api.refusal(403),
  );
}
