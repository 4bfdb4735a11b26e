/** The same faults before RingTrue and before what a user would take instead. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Variant } from '../../conformance/self-test/fault.ts';
import { faults, startFaulty, type Fault } from '../../conformance/self-test/index.ts';
import { inFolder } from '../helpers/processes.ts';
import { requestsReceived } from '../helpers/requests.ts';
import { median, time } from '../helpers/statistics.ts';
import type { Table } from '../helpers/table.ts';
import type { Peer, Trial, Verdict } from '../peers/peer.ts';
import { portman, portmanFuzzing } from '../peers/portman.ts';
import { prism } from '../peers/prism.ts';
import { respectByHand, respectGenerated, respectReadBack } from '../peers/respect.ts';
import { ringtrue } from '../peers/ringtrue.ts';
import { specmatic } from '../peers/specmatic.ts';

/** Every so many of the self-proof's MUST faults: the whole matrix is what `ringtrue selftest` prints. */
const EVERY = 30;
/** The known defect in the shapes that are met most, whichever faults the count falls on. */
const KNOWN = ['echoed-only', 'upper-cased', 'not-updated'].map((shape) => `voice-calls/external-uuid-${shape}`);

const PEERS: readonly Peer[] = [
  ringtrue,
  prism,
  respectGenerated,
  respectByHand,
  respectReadBack,
  portman,
  portmanFuzzing,
  specmatic,
];

/** The reference server behind a behaviour that does nothing, so that the fault is all that differs. */
const correct: Variant = {
  id: 'voice-calls/correct',
  contract: 'voice-calls',
  title: 'nothing is wrong',
  behaviour: () => (asked, next) => next(asked),
};

/** A peer at work. */
interface Contestant {
  name: string;
  trial: Trial;
  /** What it holds against the server without a fault. */
  falseAlarms: Set<string>;
  /** Fault to what it holds against the server that has it. */
  complaints: Map<string, string[]>;
  requests: number;
  walls: number[];
  /** Where it ended without a verdict, and why. */
  silent: string[];
}

export const peers: Table = {
  id: 'peers',
  title: 'Faults: voice-calls, RingTrue beside what a user would take instead',
  measure: () =>
    inFolder(async (folder) => {
      const chosen = chooseFaults();
      const contestants: Contestant[] = [];
      const rows = new Map<string, string[]>();
      for (const [index, peer] of PEERS.entries()) {
        try {
          contestants.push(await enter(peer, join(folder, String(index))));
        } catch (error) {
          rows.set(peer.name, [`not run: ${messageOf(error)}`, '', '', '', '']);
        }
      }
      // Fault by fault, so that a noisy minute strikes all tools alike.
      for (const fault of chosen) for (const contestant of contestants) await face(contestant, fault);
      // The right server once more: what a tool says by chance is no finding.
      for (const contestant of contestants) await face(contestant, correct);
      for (const contestant of contestants) rows.set(contestant.name, cells(contestant, chosen));
      return {
        columns: ['tool', 'faults found', 'of them known defect', 'false alarms', 'requests', 'wall time, median'],
        rows: PEERS.map(({ name }) => [name, ...(rows.get(name) ?? [])]),
        targets: [],
        notes: [...NOTES, foundByWhom(contestants, chosen), ...contestants.flatMap(({ silent }) => silent)],
      };
    }),
};

const NOTES = [
  `Faults: every ${String(EVERY)}th MUST of the self-proof, so that nobody chose them, and ${String(KNOWN.length)} more shapes of the known defect, an external_uuid that is not kept. All tools meet the same servers, in the same run. A fault counts as found when a check fails that does not fail on the reference server without a fault; checks that fail there, in either of two runs, are the false alarms. Requests are counted by the server, in a run against the right one. Wall time is the tool's own, its start included and its installation not.`,
  'Prism judges what passes through it, so it was handed the calls of a client that works: create, read, list and update with the contract’s own values.',
  'Redocly Respect was given three files: what `redocly generate-arazzo` writes (its requests for one call name the uid of the contract’s example, which no server knows: hence its false alarms), a file by hand (`bench/peers/voice-calls.arazzo.yaml`: create, get, list, update, get; every status told, and Respect’s own checks of content type and schema), and the same with `external_uuid` compared in every answer, which is what its author has to think of.',
  'Portman 1.33 reads OpenAPI 3.1, so nothing was downgraded; it needs `tslib`, which it does not ask for. Its wall time is that of `newman run`: the collection is made once. The uid for the other requests is taken from the create’s answer. The second row has all that Portman offers without code: bodies fuzzed by its rules, requests without a token and for an unknown call, and `external_uuid` compared in every answer.',
  'Specmatic was given its workflow (the uid from the create’s answer), a token, a contract whose request and response examples have the same names, as it wants them, `schemaResiliencyTests: all` and at most 4 combinations of a request: without that bound it sends more than 5,000 requests. It compares types, not values, and its requests that are to be refused name a call that does not exist, so an update that takes what it should refuse is answered with 404, which it counts as a refusal.',
  'Respect, Portman and Specmatic were given the contract without the `x-ringtrue-*` keywords, one of which Portman takes for a field.',
];

function chooseFaults(): Fault[] {
  const musts = faults.filter(({ contract, level }) => contract === 'voice-calls' && level === 'MUST');
  return musts.filter(({ id }, index) => index % EVERY === 0 || KNOWN.includes(id));
}

/** @throws Error which says why the peer takes no part */
async function enter({ name, prepare }: Peer, folder: string): Promise<Contestant> {
  mkdirSync(folder);
  const trial = await prepare(folder);
  const { complaints, requests } = await put(trial, correct);
  return { name, trial, falseAlarms: new Set(complaints), complaints: new Map(), requests, walls: [], silent: [] };
}

/** Puts one server before one tool; a tool that breaks down has said nothing of this server, and goes on with the next. */
async function face(contestant: Contestant, subject: Fault | Variant): Promise<void> {
  try {
    const { complaints, wallMs } = await put(contestant.trial, subject);
    contestant.walls.push(wallMs);
    if (subject === correct) for (const complaint of complaints) contestant.falseAlarms.add(complaint);
    else contestant.complaints.set(subject.id, complaints);
  } catch (error) {
    contestant.silent.push(`${contestant.name} had no verdict on \`${subject.id}\`: ${messageOf(error)}.`);
  }
}

async function put(trial: Trial, subject: Fault | Variant): Promise<Verdict & { requests: number }> {
  const server = await startFaulty(subject);
  const before = requestsReceived();
  try {
    const verdict = await trial(server.url);
    return { ...verdict, requests: requestsReceived() - before };
  } finally {
    await server.close();
  }
}

function hasFound({ complaints, falseAlarms }: Contestant, { id }: Fault): boolean {
  return complaints.get(id)?.some((complaint) => !falseAlarms.has(complaint)) ?? false;
}

function cells(contestant: Contestant, chosen: readonly Fault[]): string[] {
  const known = chosen.filter(({ id }) => id.startsWith('voice-calls/external-uuid-'));
  const share = (of: readonly Fault[]): string =>
    `${String(of.filter((fault) => hasFound(contestant, fault)).length)} of ${String(of.length)}`;
  const { falseAlarms, requests, walls } = contestant;
  const wall = walls.length > 0 ? time(median(walls)) : '';
  return [share(chosen), share(known), String(falseAlarms.size), String(requests), wall];
}

function foundByWhom(contestants: readonly Contestant[], chosen: readonly Fault[]): string {
  const lines = chosen.map((fault) => {
    const marks = contestants.map((contestant) => (hasFound(contestant, fault) ? 'found' : ''));
    return `| \`${fault.id.replace('voice-calls/', '')}\` | ${marks.join(' | ')} |`;
  });
  const names = contestants.map(({ name }) => name);
  return [`| fault | ${names.join(' | ')} |`, `| --- |${names.map(() => ' --- |').join('')}`, ...lines].join('\n');
}

/** One line, and nothing of this machine in it. */
function messageOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replaceAll(/(?:\/[\w.@+-]+){2,}|https?:\/\/\S+/g, '…');
}
