/** What is wrong with lists, links, ids and idempotency. */
import type { Breach } from '../breach.ts';
import { askedWords } from './asked-words.ts';
import type { ExplainContext, Explained } from './explain.ts';
import { counted, listed, show, withArticle } from './words.ts';

/**
 * @param breach what is wrong
 * @param context where
 * @returns its words; `undefined` for a breach of another kind
 */
export function explainList(breach: Breach, { operation, address }: ExplainContext): Explained | undefined {
  switch (breach.kind) {
    case 'filter-ignored':
      return { ...filterWords(breach, operation), severity: 'major' };
    case 'wrong-order':
      return {
        sentence: `${operation} ${breach.parameter === undefined ? 'without sort' : `with ${breach.parameter}=${breach.order}`} returns ${show(breach.first)} before ${show(breach.second)}${breach.within === undefined ? '' : ` among records of one ${breach.within}`}${breach.parameter === undefined ? `; the default order is ${breach.order}` : ''}.`,
        remedy: breach.within
          ? `Order records that are equal in ${breach.within} by the next key of ${breach.parameter ?? 'the order'}.`
          : breach.parameter === undefined
            ? `Order the list by ${breach.order} when nothing else is asked for.`
            : `Order the list as ${breach.parameter} says.`,
        severity: 'major',
      };
    case 'bound-included':
      return {
        sentence: `${operation} was filtered by ${breach.parameter} ${breach.how} than ${show(breach.bound)} and returns a record with ${show(breach.got)}.`,
        remedy: `Leave out the records whose ${breach.parameter} equals the bound, or return ${breach.parameter} as finely as it is stored.`,
        severity: 'major',
      };
    case 'page-size':
      return {
        sentence: `${operation} with ${breach.parameter}=${String(breach.wanted)} returned ${counted(breach.got, 'record')}${breach.got === 0 ? ', although there are more' : ''}.`,
        remedy: `Return at most ${breach.parameter} records, and that many as long as there are.`,
        severity: 'major',
      };
    case 'default-page-size':
      return {
        sentence: `${operation} without ${breach.parameter} returned ${counted(breach.got, 'record')}; the documented default is ${String(breach.wanted)}.`,
        remedy: `Use ${String(breach.wanted)} for ${breach.parameter} when it is left out.`,
        severity: 'major',
      };
    case 'listed-twice':
      return {
        sentence: `${operation} was ${breach.size === 0 ? 'read' : `walked in pages of ${String(breach.size)}`}, and ${counted(breach.count, 'record')} came more than once, such as ${show(breach.id)}.`,
        remedy: 'Give the list an order in which no two records are equal, and cut pages from it without overlap.',
        severity: 'major',
      };
    case 'page-ignored':
      return {
        sentence: `${operation} was asked for its next page with ${breach.next} and returned the same records again.`,
        remedy: 'Return the records that follow, and none when there are no more.',
        severity: 'major',
      };
    case 'lost-between-pages':
      return {
        sentence: `${operation} was walked in ${String(breach.pages)} pages of ${String(breach.size)}, and the record ${show(breach.id)} was on none of them.`,
        remedy: 'Give the list an order in which no two records are equal, and cut pages from it without gaps.',
        severity: 'major',
      };
    case 'not-listed':
      return {
        sentence: `${operation} was walked to its end (${counted(breach.pages, 'page')}, ${counted(breach.items, 'item')}) and does not hold ${String(breach.lost)} of the ${counted(breach.created, 'record')} that the run created, such as ${show(breach.id)}.`,
        remedy: 'List every record that was created.',
        severity: 'critical',
      };
    case 'listed-late':
      return {
        sentence: `${operation} was read, ${breach.create} created the record ${show(breach.id)}, and ${operation} read again does not hold it.`,
        remedy:
          'Answer the list from what is stored; where it lags on purpose, allow the run so many seconds with --consistency.',
        severity: 'major',
      };
    case 'older-record':
      return {
        sentence: `${operation} was sent a second time with the ${listed(breach.shared)} of the record ${show(breach.id)}, and answered ${String(breach.status)} with that record: what was sent the second time is lost.`,
        remedy: 'Make a record of its own, or refuse the repeat with a 4xx.',
        severity: 'critical',
      };
    case 'made-twice':
      return {
        sentence: `${operation} was sent once and answered with the record ${show(breach.id)}; ${breach.list} holds ${show(breach.twin)} with the same values as well.`,
        remedy: 'Make one record of each create.',
        severity: 'critical',
      };
    case 'still-readable':
      return {
        sentence: `${address} answered ${String(breach.status)} for the record ${show(breach.id)}, and ${breach.read} still answers it with ${String(breach.readStatus)}.`,
        remedy: 'Remove the record, or document the state that says that it is deleted.',
        severity: 'critical',
      };
    case 'still-listed':
      return {
        sentence: `${address} answered ${String(breach.status)} for the record ${show(breach.id)}, and ${breach.list} still lists it.`,
        remedy: 'Leave deleted records out of the list, or document the state that says that they are deleted.',
        severity: 'critical',
      };
    case 'deleted-other':
      return {
        sentence: `${address} was sent for the record ${show(breach.id)}, and another one, ${show(breach.other)}, is gone: ${breach.read} answers ${String(breach.readStatus)}.`,
        remedy: 'Remove the record that the path names, and no other.',
        severity: 'critical',
      };
    case 'wrong-parent':
      return {
        sentence: `${address} with ${breach.parameter} ${show(breach.parent)} answered ${String(breach.status)} and ${breach.listed ? 'listed' : 'returned'} the record ${show(breach.id)}, which was created below another ${breach.parameter}.`,
        remedy: 'Look for the record among those of the parent that the path names.',
        severity: 'critical',
      };
    case 'id-repeated':
      return {
        sentence: `${operation}${breach.atOnce === undefined ? '' : ` was sent ${String(breach.atOnce)} times at once and`} gave the ${breach.idField} ${show(breach.id)} to more than one record.`,
        remedy: 'Give every record an id of its own.',
        severity: 'critical',
      };
    case 'lost':
      return {
        sentence: `${operation} was sent ${String(breach.atOnce)} times at once and accepted each; ${breach.read} answers ${String(breach.status)} for one of the records, ${show(breach.id)}.`,
        remedy: 'Store requests that arrive together as well as those that arrive one by one.',
        severity: 'critical',
      };
    case 'link-to-other-origin':
      return {
        sentence: `${breach.link} of ${operation} is ${show(breach.to)}, which leads to another origin than the target; it was not followed.`,
        remedy: 'Return links relative to the origin.',
        severity: 'major',
      };
    case 'link-broken':
      return {
        sentence: `${breach.link} of ${operation} is ${show(breach.to)}, and a GET of it answers ${String(breach.status)}; the contract says ${breach.expected}.`,
        remedy: `Return a link that leads to ${breach.leadsTo}.`,
        severity: 'major',
      };
    case 'link-to-other-record':
      return {
        sentence: `${breach.link} of the record ${show(breach.id)} is ${show(breach.to)}, which leads to the record ${show(breach.got)}.`,
        remedy: 'Return links to the same record.',
        severity: 'major',
      };
    case 'repeated':
      return {
        sentence: `${operation} answered ${String(breach.status)} to ${askedWords(breach.asked)}; the contract says ${breach.expected}.`,
        remedy: `Remember each ${breach.asked.of === 'repeat' ? breach.asked.header : 'key'} that succeeded, and answer its repeat with ${breach.expected}.`,
        severity: 'critical',
      };
    case 'made-again':
      return {
        sentence: `${operation} was sent twice under one ${breach.header} and made two records, ${show(breach.id)} and ${show(breach.twin)}.`,
        remedy: `Remember each ${breach.header}, and answer its repeat with the record that the first request made.`,
        severity: 'critical',
      };
    case 'precondition-ignored':
      return {
        sentence: `${address} with ${breach.header} and ${breach.header === 'If-Match' ? 'the ETag of an earlier state' : 'the ETag that it had returned'}, ${show(breach.etag)}, answered ${String(breach.status)} instead of ${breach.expected}.`,
        remedy:
          breach.header === 'If-Match'
            ? 'Compare If-Match with the ETag of the record as it stands, and refuse the request with 412 when they differ.'
            : 'Compare If-None-Match with the ETag of the record as it stands, and answer 304 when they are equal.',
        severity: breach.header === 'If-Match' ? 'critical' : 'minor',
      };
    case 'race':
      return {
        sentence: `${String(breach.count)} equal requests under one ${breach.header} were sent to ${address} at once and answered ${listed(breach.statuses.map(String))}; exactly one may create a record, and the others are ${String(breach.expected)}.`,
        remedy: `Store each ${breach.header} in one step with its record, under a unique index.`,
        severity: 'critical',
      };
    case 'no-reference':
      return {
        sentence: `${operation} answered ${String(breach.status)} to a repeat under ${withArticle(breach.header)}, and neither body nor headers name the ${breach.reference} ${show(breach.id)} of the original.`,
        remedy: `Name the ${breach.reference} of the original in the answer to a repeat.`,
        severity: 'major',
      };
    case 'key-used-up':
      return {
        sentence: `${operation} answered ${String(breach.failed)} to an invalid request, and then ${String(breach.status)} to a valid one under the same ${breach.header}; a request that failed does not use its key up.`,
        remedy: `Remember each ${breach.header} only when its request succeeded.`,
        severity: 'critical',
      };
    case 'key-mixed-up':
      return {
        sentence: `${operation} answered ${String(breach.status)} to the same body ${breach.key === 'none' ? `without ${breach.header}` : `under another ${breach.header}`}${breach.again ? ', and returned an earlier record' : ''}; only the same ${breach.header} again is a repeat.`,
        remedy: `Compare the whole ${breach.header}, and nothing else.`,
        severity: 'critical',
      };
    default:
      return undefined;
  }
}

function filterWords(
  { parameter, value, got, how, lost }: Extract<Breach, { kind: 'filter-ignored' }>,
  operation: string,
): Pick<Explained, 'sentence' | 'remedy'> {
  const range = how === 'greater' || how === 'less';
  const asked = `${operation} was filtered by ${parameter} ${range ? `${how} than ` : ''}${show(value)}${how === 'none' ? ', which no record has,' : ''}`;
  return {
    sentence: lost
      ? `${asked} and does not return the record ${show(lost.id)}${range ? ` with ${show(lost.has)}` : ', which has it'}.`
      : `${asked} and returns a record with ${show(got)}.`,
    remedy: `Return the records whose ${parameter} ${range ? `is ${how}` : 'equals the value'}, and no others.`,
  };
}
