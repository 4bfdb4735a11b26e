import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Report } from '../model/index.ts';
import { render, renderRecords } from './markdown.ts';
import { conformant, hostile, incomplete, lostExternalUuid } from './sample.ts';

const create = { operation: 'createVoiceCall' };
const header = (text: string): Record<string, unknown> =>
  parse(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '') as Record<string, unknown>;
const later = (report: Report, startedAt: string): Report => ({ ...report, startedAt });

describe('a verification record', () => {
  it('has the front matter and the sections that teams file, in their order', () => {
    const text = render(conformant(), create);
    expect(header(text)).toEqual({
      endpoint: 'POST /v3/communication/voice_calls',
      domain: 'communication',
      tags: ['voice-calls', 'Voice calls'],
      status: 'pass',
      savedAt: '2025-01-15T09:30:00.000Z',
      verifiedAt: '2025-01-15T09:30:00.000Z',
      timesReused: 0,
    });
    expect([...text.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual([
      'Summary',
      'Prerequisites',
      'UID Resolution',
      'How to Resolve Parameters',
      'Critical Learnings',
      'Verified Successful Request',
      'Documentation Fix Suggestions',
      'Evidence',
    ]);
    expect(text).toMatch(/^# Create Voice calls$/m);
  });

  it('of a server that loses external_uuid says so, marked critical, from evidence', () => {
    const text = render(lostExternalUuid(), create);
    expect(header(text)['status']).toBe('fail');
    expect(text).toContain('- **critical** (MUST) POST took external_uuid and answered 201');
    expect(text).toContain('Sent: `"4887af14-22b7-456a-a150-0198da784a28"`. Seen in create response: missing');
    expect(text).toMatch(
      /\| `external_uuid` \| POST took .* \| Fix the code, not the documentation: Hand external_uuid to the store .* \| critical \|/,
    );
    expect(text).toContain('**Accepted, yet not kept:** `external_uuid`');
  });

  it('tells a defect at every operation whose cases it failed', () => {
    expect(render(lostExternalUuid(), { operation: 'updateVoiceCall' })).toContain('external_uuid and answered 201');
    expect(header(render(lostExternalUuid(), { operation: 'getVoiceCall' }))['status']).toBe('pass');
  });

  it('tells how each uid was resolved, as a table and as JSON', () => {
    const text = render(conformant(), create);
    expect(text).toContain('| `staff_uid` | `GET /platform/v1/staffs#/data/staffs/0/uid` | N/A | no |');
    expect(text).toContain('| `client_uid` | N/A | `POST /platform/v1/clients` | yes |');
    expect(text).toContain('| `business_uid` | N/A | N/A | no |');
    expect(text).toContain('| `source_id` | N/A | N/A | no |');
    expect(text).toContain('- `business_uid`: given with --fixture.');
    const json = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(text)?.[1] ?? '') as Record<string, unknown>;
    expect(json['client_uid']).toEqual({
      resolved_value: 'client-1',
      source_endpoint: 'N/A',
      used_fallback: true,
      fallback_endpoint: 'POST /platform/v1/clients',
    });
    expect(json['source_id']).toEqual({
      resolved_value: 'rt42-src-0001',
      source_endpoint: 'not_required',
      used_fallback: false,
      fallback_endpoint: 'not_required',
    });
  });

  it('tells both endpoints of a uid, whichever of them gave it', () => {
    const origin = { source: 'GET /clients#/0/uid', fallback: 'POST /clients#/uid' };
    const of = (via: string): string =>
      render({ ...conformant(), fixtures: [{ name: 'client_uid', value: 'c', via, ...origin }] }, create);
    expect(of(origin.source)).toContain('| `client_uid` | `GET /clients#/0/uid` | `POST /clients#/uid` | no |');
    expect(of(origin.fallback)).toContain('| `client_uid` | `GET /clients#/0/uid` | `POST /clients#/uid` | yes |');
  });

  it('tells the path of a read as it was sent, and the uid in it', () => {
    const path = '/v3/communication/voice_calls/call_000001';
    const request = { operation: 'getVoiceCall', method: 'GET', path, status: 200 };
    const text = render({ ...conformant(), verifiedRequests: [request] }, { operation: 'getVoiceCall' });
    expect(text).toContain(JSON.stringify({ method: 'GET', path }, undefined, 2));
    expect(text).toContain('"resolved_value": "call_000001"');
  });

  it('of a failure says what works all the same, and shows request, answer, requirement and run', () => {
    const report = lostExternalUuid();
    const text = render(report, create);
    const evidence = text.slice(text.indexOf('## Evidence'));
    expect(text).toMatch(
      /\*\*\d requirements? broken:.*The operation itself works: a valid request was answered with 201/m,
    );
    expect(evidence).toContain(report.contract.sha256);
    expect(evidence).toContain(`seed ${String(report.seed)}`);
    expect(evidence).toMatch(/^Requirement `\S+` \(MUST\): .+ Source: .+/m);
    expect(evidence).toContain('curl ');
    expect(evidence).toMatch(/^`POST \S+` answered 201:$/m);
  });

  it('gives no advice in keywords of our own', () => {
    const report = lostExternalUuid();
    const [drift] = report.drift;
    if (!drift) throw new Error('the sample has no drift');
    const own = {
      ...drift,
      favours: 'contract' as const,
      contractChange: '--- a\n+++ b\n+ x-ringtrue-round-trip: false\n',
    };
    expect(render({ ...report, drift: [own] }, create)).not.toContain('x-ringtrue-');
  });

  it('has a title of its own for each operation', () => {
    const titles = [...render(conformant()).matchAll(/^# (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['Create Voice calls', 'List Voice calls', 'Get Voice calls', 'Update Voice calls']);
  });

  it('shows both ways out of a drift as a diff', () => {
    const [drift] = lostExternalUuid().drift;
    const text = render(lostExternalUuid(), create);
    expect(drift?.contractChange).toContain('\n');
    expect(text).toMatch(/^```diff$/m);
    expect(text).toContain('**The evidence favours this.**');
  });

  it('shows the request as really sent', () => {
    const text = render(conformant(), create);
    expect(text).toContain('  "method": "POST",\n  "path": "/v3/communication/voice_calls",\n  "body": {');
    expect(text).toContain('Answered 201.');
    expect(text).toContain('"external_uuid": "4887af14-22b7-456a-a150-0198da784a28"');
  });

  it('of a run that could not judge is not verified', () => {
    expect(header(render(incomplete(), { operation: 'getVoiceCall' }))['status']).toBe('incomplete');
  });

  it('that a later run confirms keeps savedAt and counts the use', () => {
    const first = render(conformant(), create);
    const second = render(later(conformant(), '2025-02-01T00:00:00.000Z'), { ...create, previous: first });
    const third = render(later(conformant(), '2025-03-01T00:00:00.000Z'), { ...create, previous: second });
    expect(header(third)).toMatchObject({
      savedAt: '2025-01-15T09:30:00.000Z',
      verifiedAt: '2025-03-01T00:00:00.000Z',
      timesReused: 2,
    });
  });

  it('rendered twice from one run counts once', () => {
    const first = render(conformant(), create);
    expect(render(conformant(), { ...create, previous: first })).toBe(first);
  });

  it('with another status begins anew', () => {
    const first = render(conformant(), create);
    const second = render(later(lostExternalUuid(), '2025-02-01T00:00:00.000Z'), { ...create, previous: first });
    expect(header(second)).toMatchObject({ savedAt: '2025-02-01T00:00:00.000Z', timesReused: 0 });
  });

  it('is not confused by a file that holds something else', () => {
    for (const previous of ['', '---\n---\n', 'no record', '---\nendpoint: "broken\ntimesReused: x\n---\n']) {
      expect(header(render(conformant(), { ...create, previous }))['timesReused']).toBe(0);
    }
  });

  it('finds its own earlier record among several in one file', () => {
    const all = render(conformant());
    const again = render(later(conformant(), '2025-02-01T00:00:00.000Z'), { previous: all });
    expect([...again.matchAll(/^timesReused: 1$/gm)]).toHaveLength(4);
  });

  it('exists once per operation, as a file of its own', () => {
    expect(renderRecords(conformant(), () => undefined).map((one) => one.fileName)).toEqual([
      'createVoiceCall.md',
      'listVoiceCalls.md',
      'getVoiceCall.md',
      'updateVoiceCall.md',
    ]);
  });

  it('of a hostile run has its eight sections and no live markup', () => {
    const text = render(hostile(), create);
    expect([...text.matchAll(/^## /gm)]).toHaveLength(8);
    const outside = text
      .replace(/^<!-- (\/?ringtrue|RingTrue) ?.*-->$/gm, '')
      .replace(/\\`/g, '')
      .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
      .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/<[a-z/!]/i);
    expect(outside).not.toMatch(/(?<!\\)\]\(/);
  });
});

describe('what a person wrote into a record', () => {
  const first = render(conformant(), create);
  const rerun = (previous: string): string =>
    render(later(conformant(), '2025-02-01T00:00:00.000Z'), { ...create, previous });
  const edited = (from: string | RegExp, to: string): string => {
    const text = first.replace(from, to);
    expect(text).not.toBe(first);
    return text;
  };

  it.each([
    [
      'a section of its own',
      '\n## Verified Successful',
      '\n## Known outages\n\nEach Sunday.\n\n## Verified Successful',
      'Each Sunday.',
    ],
    [
      'a remark behind a section',
      /<!-- \/ringtrue -->\n\n## Prerequisites/,
      '<!-- /ringtrue -->\n\nAsk Dana first.\n\n## Prerequisites',
      'Ask Dana first.',
    ],
    ['a remark before a section', '## Summary\n', '## Summary\n\nRead me.\n', 'Read me.'],
    [
      'a line inside of our own',
      '- Nothing that the contract',
      '- Calls are purged nightly.\n- Nothing that the contract',
      '- Calls are purged nightly.',
    ],
    ['a remark below the title', '\n## Summary', '\nOwner: telephony.\n\n## Summary', 'Owner: telephony.'],
    [
      'a property of the front matter',
      'timesReused: 0',
      'timesReused: 0\nowner: dana\nreviewers:\n  - lee',
      'owner: dana\nreviewers:\n  - lee\n---',
    ],
    [
      'text with Windows line ends',
      /\n## Verified Successful/,
      '\r\n## Notes\r\n\r\nKept.\r\n\r\n## Verified Successful',
      'Kept.',
    ],
    [
      'a heading inside a code block',
      '\n## Verified Successful',
      '\n## Notes\n\n```\n## Summary\n---\n```\n\n## Verified Successful',
      '```\n## Summary\n---\n```',
    ],
  ])('%s stays, once, however often the run is repeated', (_what, from, to, kept) => {
    const second = rerun(edited(from, to));
    expect(second).toContain(kept);
    expect(header(second)['timesReused']).toBe(1);
    const third = render(later(conformant(), '2025-03-01T00:00:00.000Z'), { ...create, previous: second });
    expect(third.split(kept)).toHaveLength(2);
    expect(header(third)['timesReused']).toBe(2);
    expect(third.match(/^## (?!Notes|Known|Summary)/gm)).toHaveLength(7);
  });

  it('its own section keeps its place', () => {
    const second = rerun(edited('\n## Verified Successful', '\n## Known outages\n\nNone.\n\n## Verified Successful'));
    expect([...second.matchAll(/^## (.*)$/gm)].map((match) => match[1]).slice(4, 6)).toEqual([
      'Critical Learnings',
      'Known outages',
    ]);
  });

  it('tags and domain stay, and ours are there once', () => {
    const second = rerun(
      edited(
        'domain: "communication"\ntags: ["voice-calls", "Voice calls"]',
        'domain: calls\ntags:\n  - billing\n  - "voice-calls"',
      ),
    );
    expect(header(second)).toMatchObject({ domain: 'calls', tags: ['voice-calls', 'Voice calls', 'billing'] });
  });

  it('a record that was filed by hand is carried on: nothing of it is lost', () => {
    const previous =
      '---\nendpoint: POST /v3/communication/voice_calls\nstatus: pass\nsavedAt: 2024-05-01\ntimesReused: 7\n---\n\n# Create\n\n## Summary\n\nBy hand.\n';
    const text = rerun(previous);
    expect(header(text)).toMatchObject({ timesReused: 8 });
    expect(text).toContain('By hand.');
    expect(text).toContain('# Create');
  });

  it('records of other endpoints in the file stay', () => {
    const foreign = '---\nendpoint: "GET /other"\nstatus: pass\n---\n\n# GET /other\n\n## Summary\n\nOther.\n';
    const text = rerun(`${foreign}\n${first}`);
    expect(text.startsWith('---\nendpoint: "POST ')).toBe(true);
    expect(text).toContain('endpoint: "GET /other"');
    expect(text.split('Other.')).toHaveLength(2);
    expect(rerun(text)).toBe(text);
  });

  it('a text that is no record is not thrown away', () => {
    expect(rerun('# Our notes\n\nMine.\n')).toContain('Mine.');
  });

  it('a stale line of ours is not taken for a person’s', () => {
    const second = render(later(lostExternalUuid(), '2025-02-01T00:00:00.000Z'), { ...create, previous: first });
    expect(second).not.toContain('Nothing that the contract does not say already');
  });
});
