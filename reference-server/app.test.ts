import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, subject, type Subject } from './test-support.ts';

const paths = ['/v3/communication/voice_calls', '/api/v1/voice/calls/x', '/v1/phoneCalls', '/', '/nowhere', '/docs/'];

describe('the app', () => {
  let plain: Subject;
  let open: Subject;
  beforeAll(async () => {
    plain = await subject({}, { docsDirectory: '/nonexistent' });
    open = await subject({}, { cors: true });
  });
  afterAll(async () => {
    await Promise.all([plain.server.close(), open.server.close()]);
  });

  it.each(paths)('%s answers with security headers and no X-Powered-By', async (path) => {
    const { headers } = await plain.ask('GET', path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toMatch(/no-store|max-age/);
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  it('an unknown path answers 404 as JSON', async () => {
    const { status, body } = await plain.ask('GET', '/nowhere');
    expect(status).toBe(404);
    expect(at(body, 'error', 'code')).toBe('not_found');
  });

  it('a path that cannot be decoded answers 400 without a stack', async () => {
    const { status, text } = await plain.ask('GET', '/v1/phoneCalls/%E0%A4%A', {
      headers: { 'aicaller-api-key': 'test-key' },
    });
    expect(status).toBe(400);
    expect(text).not.toMatch(/ at |node_modules|\.ts/);
  });

  it('paths are told apart by case and by a slash at the end', async () => {
    expect((await plain.ask('GET', '/V1/phoneCalls')).status).toBe(404);
    expect((await plain.ask('GET', '/v1/phoneCalls/', { headers: { 'aicaller-api-key': 'test-key' } })).status).toBe(
      404,
    );
  });

  it('the root names the three contracts', async () => {
    const { status, body } = await plain.ask('GET', '/');
    expect(status).toBe(200);
    expect(Object.keys(at(body, 'contracts') as object)).toEqual(['voice-calls', 'calldesk', 'aicaller']);
  });

  it('/docs/ without built pages says where the contracts are', async () => {
    const { status, text } = await plain.ask('GET', '/docs/');
    expect(status).toBe(404);
    expect(text).toContain('openapi/');
  });

  it('with CORS a page of another origin may ask, and its preflight is answered', async () => {
    const preflight = await open.ask('OPTIONS', '/v1/phoneCalls', {
      headers: { origin: 'https://x.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('aicaller-api-key');
    expect((await open.ask('GET', '/v1/phoneCalls')).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('without CORS a preflight is a method that the path lacks', async () => {
    const { status } = await plain.ask('OPTIONS', '/v1/phoneCalls', {
      headers: { 'access-control-request-method': 'POST' },
    });
    expect(status).toBe(405);
  });
});
