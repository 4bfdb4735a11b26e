/** What is wrong with an answer: its status, its headers, its body. */
import type { Asked, Breach } from '../breach.ts';
import { askedWords } from './asked-words.ts';
import type { ExplainContext, Explained } from './explain.ts';
import { either, listed, place, show } from './words.ts';

/**
 * @param breach what is wrong; a kind that another file explains has no words here
 * @param context where
 */
export function explainAnswer(breach: Breach, { operation, address }: ExplainContext): Explained {
  switch (breach.kind) {
    case 'server-error': {
      const answer = breach.answer === undefined || breach.answer === '' ? '' : `; it says ${show(breach.answer)}`;
      return {
        sentence: `${operation} answered ${String(breach.status)} to ${askedWords(breach.asked)}${answer}. No input may earn a 5xx.`,
        remedy:
          breach.asked.of === 'valid'
            ? 'Find in the log of the server what went wrong with a valid request, and answer it.'
            : 'Find in the log of the server what went wrong, check the request before it is used, and answer a documented 4xx.',
        severity: 'major',
      };
    }
    case 'accepted-invalid':
      return {
        sentence: `${operation} answered ${String(breach.status)} to ${askedWords(breach.asked)}; the contract says ${either(breach.expected)}.`,
        remedy: `Refuse it with ${either(breach.expected)}${breach.asked.of === 'query' || breach.asked.of === 'parameter' ? '' : ' before anything is written'}.`,
        severity: 'major',
      };
    case 'rejected-valid':
      return rejectedWords(breach, operation);
    case 'wrong-status':
      return {
        sentence: `${breach.asked.of === 'credentials' || breach.asked.of === 'id' || breach.asked.of === 'role' ? address : operation} answered ${String(breach.status)} to ${askedWords(breach.asked)}; the contract says ${either(breach.expected)}.`,
        remedy: statusRemedy(breach.asked, either(breach.expected)),
        severity: 'major',
      };
    case 'other-status':
      return {
        sentence: `${operation} answers 422 where the contract says ${either(breach.expected)} (to ${askedWords(breach.asked)}).`,
        remedy: `Answer ${either(breach.expected)}, or document 422.`,
        severity: 'minor',
      };
    case 'undocumented-status':
      return {
        sentence: `${operation} answered ${String(breach.status)}, which the contract does not document (it documents ${listed(breach.documented)}).`,
        remedy:
          breach.wanted === undefined
            ? `Answer a documented status, or document ${String(breach.status)}.`
            : `Answer ${breach.wanted}, or document ${String(breach.status)}.`,
        severity: 'major',
      };
    case 'unauthorized-accepted':
      return {
        sentence: `${address} answered ${String(breach.status)} to ${askedWords(breach.asked)}; the contract says ${breach.undocumented === true ? 'that it needs credentials' : '401'}.`,
        remedy: 'Check the credentials before anything else, and answer 401 when they are missing or unknown.',
        severity: 'critical',
      };
    case 'role-accepted':
      return {
        sentence: `${address} answered ${String(breach.status)} to the role ${breach.role}, which may not do it; the contract says 403.`,
        remedy: `Answer 403 to the role ${breach.role}.`,
        severity: 'critical',
      };
    case 'role-rejected':
      return {
        sentence: `${address} answered ${String(breach.status)} to the role ${breach.role}, which may do it.`,
        remedy: `Let the role ${breach.role} do it.`,
        severity: 'major',
      };
    case 'accepted-media-type':
      return {
        sentence: `${operation} answered ${String(breach.status)} to a request with the Content-Type ${breach.mediaType}; the contract says 400 or 415.`,
        remedy: 'Read only bodies whose Content-Type is application/json, and answer 415 to others.',
        severity: 'minor',
      };
    case 'not-readable':
      return {
        sentence: `${operation} answered ${String(breach.status)} ${breach.id === undefined ? 'when it was asked for the list' : `for the record ${show(breach.id)}, which was created before`}; it documents ${breach.documented}.`,
        remedy: breach.id === undefined ? 'Answer the list.' : 'Store what is created, and answer it under its id.',
        severity: 'critical',
      };
    case 'created-by-update':
      return {
        sentence: `${address} for the unknown id ${show(breach.id)} was answered with ${String(breach.status)}, and the id can be read since.`,
        remedy: 'Answer 404 and write nothing when no record has the id.',
        severity: 'critical',
      };
    case 'refused-yet-stored':
      return {
        sentence: `${operation} answered ${String(breach.status)} to ${askedWords(breach.asked)}, and yet what it was sent stands in ${breach.id === undefined ? 'the list' : `the record ${show(breach.id)}`}${breach.more > 0 ? ` (so do ${String(breach.more)} other refused requests)` : ''}.`,
        remedy: 'Check the whole request before anything of it is written, or undo what was written.',
        severity: 'critical',
      };
    case 'refused-yet-changed':
      return {
        sentence: `${breach.field} of the record ${show(breach.id)} was ${show(breach.before)} and is ${show(breach.got)}, although every update of it was refused.`,
        remedy: 'Check the whole request before anything of it is written, or undo what was written.',
        severity: 'major',
      };
    case 'field-not-named':
      return {
        sentence: `${breach.field} was left out, and the error of ${operation} names ${breach.names.length > 0 ? listed(breach.names.map((name) => show(name))) : 'no field'}.`,
        remedy: 'Name the offending field in the error, so that a client can mark it.',
        severity: 'minor',
      };
    case 'missing-header':
      return {
        sentence: `${operation} answered ${String(breach.status)} without the header ${breach.header}.`,
        remedy: `Send the header ${breach.header}.`,
        severity: 'major',
      };
    case 'invalid-body':
      return {
        sentence: `${operation} answered ${String(breach.status)}, and its body breaks the schema: ${bodyWords(breach)}.`,
        remedy: bodyRemedy(breach),
        severity: breach.field === undefined ? 'major' : 'critical',
      };
    case 'broken-body':
      return {
        sentence: `${operation} answered ${String(breach.status)} ${brokenWords(breach)}.`,
        remedy: 'Answer a body that keeps the documented schema.',
        severity: 'major',
      };
    case 'undocumented-content-type':
      return {
        sentence: `${operation} answered ${String(breach.status)} ${breach.type === '' ? 'without a Content-Type' : `as ${show(breach.type)}`}; the contract documents ${listed(breach.documented)}.`,
        remedy: `Send Content-Type: ${breach.documented[0] ?? 'application/json'}, and a body of that kind.`,
        severity: 'major',
      };
    case 'contradicting-content-types':
      return {
        sentence: `${operation} answered ${String(breach.status)} with media types that contradict each other: Content-Type: ${breach.types}. Readers differ in which one they use (RFC 9110, section 8.3).`,
        remedy: 'Send one Content-Type, that of the body.',
        severity: 'minor',
      };
    case 'body-with-204':
      return {
        sentence: `${operation} answered 204 with ${breach.announced}: an answer with 204 has no body (RFC 9110, section 15.3.5).`,
        remedy: 'Send 204 without a body and without Content-Length, or the body with 200.',
        severity: 'minor',
      };
    case 'odd-json':
      return {
        sentence: `${operation} answered JSON that readers may read differently: ${breach.oddity}.`,
        remedy: 'Write each key once and no byte order mark.',
        severity: 'minor',
      };
    case 'wrong-status-in-body':
      return {
        sentence: `${operation} answered ${String(breach.status)}, and ${place(breach.at)} of its body says ${show(breach.got)}.`,
        remedy: 'Say in the body the status that the response has.',
        severity: 'major',
      };
    default:
      throw new Error(`no words for a breach of the kind ${breach.kind}`);
  }
}

function rejectedWords(breach: Extract<Breach, { kind: 'rejected-valid' }>, operation: string): Explained {
  const { field, status, asked, value, said } = breach;
  const answer = said === undefined ? '' : ` (${show(said)})`;
  if (field !== undefined && Object.hasOwn(breach, 'sent'))
    return {
      sentence: `${operation} answered ${String(status)} to ${field} ${show(breach.sent)}${value === undefined ? '' : ` (${value})`}, which the contract allows${answer && `; it says ${show(said)}`}.`,
      remedy: `Accept every ${field} that the contract allows, or say in the contract what else it has to be.`,
      severity: 'major',
    };
  if (asked.of === 'query')
    return {
      sentence: `${operation} answered ${String(status)} to ${askedWords(asked)}, which ${asked.within ? 'is within its bounds' : 'the contract documents'}.`,
      remedy: `Answer the list to every ${asked.name} that the contract allows.`,
      severity: 'major',
    };
  if (asked.of === 'race')
    return {
      sentence: `${operation} was sent ${String(asked.count)} times at once and answered ${String(status)} to one of them.`,
      remedy: 'Accept requests that arrive together as well as those that arrive one by one.',
      severity: 'major',
    };
  return {
    sentence: `${operation} answered ${String(status)} to a request that keeps the contract${answer}; it documents ${breach.documented}.`,
    remedy: 'Accept every request that the contract allows, or say in the contract what else is required.',
    severity: 'critical',
  };
}

function statusRemedy(asked: Asked, expected: string): string {
  switch (asked.of) {
    case 'id':
      return 'Answer 404 when no record has the id.';
    case 'credentials':
      return 'Check the credentials before anything else, and answer 401 when they are missing or unknown.';
    case 'method':
      return 'Answer 405 with Allow to methods that a path does not have.';
    case 'media-type':
      return 'Answer 415 to a Content-Type that is not documented.';
    case 'repeat':
      return `Remember each ${asked.header} that succeeded, and answer its repeat with ${expected}.`;
    default:
      return `Answer ${expected}.`;
  }
}

function bodyWords({ at, keyword, says, got, missing, status }: Extract<Breach, { kind: 'invalid-body' }>): string {
  const name = at === '' ? 'the body' : at;
  if (missing) return `${name} is missing`;
  if (keyword === 'format' && says === 'time-zone-lost')
    return `${name} is ${show(got)}, a date-time without a time zone`;
  if (keyword === 'false schema' || keyword === 'additionalProperties')
    return `${name} must not be there in a ${String(status)}`;
  return `${name} is ${show(got)}, and ${says === undefined ? `${keyword} forbids it` : `it ${says}`}`;
}

function bodyRemedy({ at, keyword, says, missing }: Extract<Breach, { kind: 'invalid-body' }>): string {
  if (missing) return `Return ${place(at)} in this response, as the schema requires.`;
  if (keyword === 'format' && says === 'time-zone-lost')
    return `Write ${place(at)} with its offset, such as Z (RFC 3339, section 5.6): store it in a type that has a time zone.`;
  return `Return ${at === '' ? 'a body' : place(at)} as the documented schema has it.`;
}

function brokenWords({ how, why, documented }: Extract<Breach, { kind: 'broken-body' }>): string {
  switch (how) {
    case 'bytes':
      return `with a broken body: ${why ?? ''}`.replace(/\.$/, '');
    case 'empty':
      return `without a body; the contract documents ${listed(documented)}`;
    case 'no-json':
      return `with a body that is not JSON: ${why ?? ''}`.replace(/\.$/, '');
  }
}
