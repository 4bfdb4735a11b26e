/** Which property names say that a telephone number stands there. */
import { wordsOf } from './emergency.ts';

/** `sure` where nothing else is meant by such a name, `likely` where other things bear it too. */
export type NameSays = 'sure' | 'likely' | undefined;

const sure =
  /phone|msisdn|e164|mobile|cellular|whatsapp|callerid|caller_?no|calledno|shortcode|longcode|dnis|^(?:ani|cli|clid|dids?|fax|tel|tn|dialstring)$|telno|(?:to|from|called|calling|caller|callee|contact|fax|tel|home|work|office|business|destination|dest|source|src|originating|terminating|forwarding|forwarded|forward|transfer|transferred|redirect|callback|recipient|receiver|sender|dial|dialed|dialled|diverted|virtual|voice|sms|subscriber|target|user|outbound|inbound|external|backup|alternate)(?:numbers?|no|tn)$|numbers?(?:to|from)$|^(?:called|calling)(?:party)?$|(?:dial|forward|transfer|redirect|call)to$|[ab]party$/;

const likely =
  /^(?:to|from|cc|caller|called|callee|calling|destinations?|dest|dst|recipients?|receivers?|senders?|originators?|numbers?|contacts?|dial|cell|participants?|endpoints?|(?:origin|receiver|term|terminating|originating|caller|callee|destination|sender|recipient)address(?:es)?|tos|addressees?|subscribers?|address|sipuri|user)$/;

/** Last words of names for what goes with a telephone number and is none. */
const beside = new Set(
  (
    'id ids sid uid uuid guid type kind name names status state states count total country code codes label description format price ' +
    'cost rate currency url urls webhook at on time date timestamp token tag tags version model os device app apps enabled verified ' +
    'capability capabilities feature features provider carrier network operator method region locale language prefix extension key ' +
    'secret size limit page length duration timeout seconds index order event events encoding hash plan area city score match reason ' +
    'application subscription company verification lookup mode notes text title group list capable required optional valid'
  ).split(' '),
);

/** What else has a number by which it is known. */
const counted = new Set(
  (
    'order page card serial account house invoice street reference tracking version port row part model sequence batch ticket case ' +
    'room building build issue flight seat policy tax vat registration passport license licence index confirmation transaction check ' +
    'cheque routing iban block chapter week day month year attempt retry max min total lot item customer member employee student ' +
    'patient record extension document contract project revision position rank priority level floor unit bank swift national security'
  ).split(' '),
);

/** Names inside an object that stands for a telephone number. */
const inside = new Set([
  'number',
  'numbers',
  'value',
  'address',
  'uri',
  'user',
  'digits',
  'line',
  'content',
  'data',
  'raw',
  'full',
  'endpoint',
]);

/** Names of objects that do not say what is in them. */
const wrapper = new Set([
  'number',
  'numbers',
  'contact',
  'contacts',
  'participant',
  'participants',
  'endpoint',
  'endpoints',
  'user',
  'users',
]);

/**
 * @param names the names from the outermost property to the value itself; items of a list bear the list's name
 * @returns whether a telephone number is meant
 */
export function namesSay(names: readonly string[]): NameSays {
  const last = names.at(-1);
  if (last === undefined) return undefined;
  const words = wordsOf(last);
  const own = says(words);
  if (own === 'sure') return own;
  const before = names.slice(0, -1);
  const around = before.map((name) => says(wordsOf(name)));
  const lastWord = words.at(-1) ?? '';
  // A part of something that is a number: `to.number`, `phones.home`; but not its type, nor its country.
  if (around.includes('sure') && !beside.has(lastWord)) return inside.has(words.join('')) ? 'sure' : 'likely';
  if (inside.has(words.join('')) && around.includes('likely')) return lastWord.startsWith('number') ? 'sure' : 'likely';
  // Of these the words alone mean too many other things.
  if (['address', 'user'].includes(words.join(''))) return undefined;
  return own;
}

function says(words: readonly string[]): NameSays {
  const name = words.join('');
  const isBeside = beside.has(words.at(-1) ?? '') && !/caller_?ids?$|calledids?$|shortcode$|longcode$/.test(name);
  if (name === '' || isBeside) return undefined;
  if (sure.test(name)) return 'sure';
  if (likely.test(name) || wrapper.has(name)) return 'likely';
  const isNumber = words.length > 1 && /^numbers?$/.test(words.at(-1) ?? '');
  return isNumber && !counted.has(words.at(-2) ?? '') ? 'likely' : undefined;
}
