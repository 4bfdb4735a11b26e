import { describe, expect, it } from 'vitest';
import { render } from './har.ts';
import { conformant, incomplete, samples } from './sample.ts';

interface Har {
  log: {
    version: string;
    entries: {
      startedDateTime: string;
      request: { method: string; postData?: { text: string; mimeType: string } };
      response: { status: number; content: { size: number; mimeType: string }; _error?: string };
      timings: { send: number; wait: number; receive: number };
    }[];
  };
}
const har = (text: string): Har => JSON.parse(text) as Har;

describe('the HAR report', () => {
  it('has one entry per exchange, in order, with real times', () => {
    const { log } = har(render(conformant()));
    expect(log.version).toBe('1.2');
    expect(log.entries.map((one) => one.request.method)).toEqual(['POST', 'GET']);
    expect(log.entries[0]?.startedDateTime).toBe('2025-01-15T09:30:00.007Z');
  });

  it('tells request and response bodies', () => {
    const [post] = har(render(conformant())).log.entries;
    expect(post?.request.postData?.mimeType).toBe('application/json');
    expect(post?.request.postData?.text).toContain('"external_uuid"');
    expect(post?.response.content.mimeType).toBe('application/json; charset=utf-8');
  });

  it('gives a request without an answer the status 0 and its reason', () => {
    const dead = har(render(incomplete())).log.entries.at(-1);
    expect(dead?.response.status).toBe(0);
    expect(dead?.response._error).toBe('refused: connection refused by 127.0.0.1:3000');
  });

  it.each(Object.entries(samples()))('of the run "%s" has what HAR 1.2 requires', (_, report) => {
    for (const entry of har(render(report)).log.entries) {
      expect(entry).toMatchObject({
        request: {
          cookies: [],
          headers: expect.any(Array) as [],
          queryString: expect.any(Array) as [],
          headersSize: -1,
        },
        response: {
          cookies: [],
          headers: expect.any(Array) as [],
          redirectURL: expect.any(String) as string,
          headersSize: -1,
        },
        cache: {},
      });
      expect(Math.min(entry.timings.send, entry.timings.wait, entry.timings.receive)).toBeGreaterThanOrEqual(0);
    }
  });

  it('tells what was judged, and how fixtures were found', () => {
    const { log } = JSON.parse(render(conformant())) as { log: { comment: string } };
    expect(log.comment).toContain('voice-calls 3.0.0 against');
    expect(log.comment).toContain('staff_uid = staff-1 (GET /platform/v1/staffs#/data/staffs/0/uid)');
  });

  it('of a report without exchanges is valid and empty', () => {
    expect(har(render({ ...conformant(), exchanges: undefined })).log.entries).toEqual([]);
  });
});
