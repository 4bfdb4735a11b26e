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
      status: 'verified',
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
    ]);
  });

  it('of a server that loses external_uuid says so, marked critical, from evidence', () => {
    const text = render(lostExternalUuid(), create);
    expect(header(text)['status']).toBe('failing');
    expect(text).toContain('- **critical** (MUST) POST took external_uuid and answered 201');
    expect(text).toContain('Sent: `"4887af14-22b7-456a-a150-0198da784a28"`. Seen in create response: missing');
    expect(text).toMatch(/\| `external_uuid` \| POST took .* \| Hand external_uuid to the store .* \| critical \|/);
    expect(text).toContain('**Accepted, yet not kept:** `external_uuid`');
  });

  it('tells a defect at every operation whose cases it failed', () => {
    expect(render(lostExternalUuid(), { operation: 'updateVoiceCall' })).toContain('external_uuid and answered 201');
    expect(header(render(lostExternalUuid(), { operation: 'getVoiceCall' }))['status']).toBe('verified');
  });

  it('tells how each uid was resolved, as a table and as JSON', () => {
    const text = render(conformant(), create);
    expect(text).toContain('| `staff_uid` | `GET /platform/v1/staffs#/data/staffs/0/uid` | - | no |');
    expect(text).toContain('| `client_uid` | - | `POST /platform/v1/clients` | yes |');
    const json = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(text)?.[1] ?? '') as Record<string, unknown>;
    expect(json['client_uid']).toEqual({
      source_endpoint: null,
      fallback_endpoint: 'POST /platform/v1/clients',
      used_fallback: true,
      value: 'client-1',
    });
  });

  it('shows the request as really sent', () => {
    const text = render(conformant(), create);
    expect(text).toContain('`POST /v3/communication/voice_calls` answered 201.');
    expect(text).toContain('"external_uuid": "4887af14-22b7-456a-a150-0198da784a28"');
  });

  it('of a run that could not judge is not verified', () => {
    expect(header(render(incomplete(), { operation: 'getVoiceCall' }))['status']).toBe('not-verified');
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

  it('of a hostile run has its seven sections and no live markup', () => {
    const text = render(hostile(), create);
    expect([...text.matchAll(/^## /gm)]).toHaveLength(7);
    const outside = text
      .replace(/\\`/g, '')
      .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
      .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/<[a-z/!]/i);
    expect(outside).not.toMatch(/(?<!\\)\]\(/);
  });
});
