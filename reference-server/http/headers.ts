import type { NextFunction, Request, Response } from 'express';

/** Headers on every answer: nothing to run, frame, sniff or keep. */
export function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/**
 * Lets any page call the server, and answers preflight requests. Safe with any origin because nothing here is
 * authorised by a cookie.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function allowCrossOrigin(request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
    next();
    return;
  }
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT');
  // `Prefer` asks Prism's mock for a status or an example: a page that is written against the mock sends it here as well.
  const headers = ['Authorization', 'Content-Type', 'Idempotency-Key', 'Prefer', 'aicaller-api-key'];
  response.setHeader('Access-Control-Allow-Headers', headers.join(', '));
  response.setHeader('Access-Control-Max-Age', '600');
  response.statusCode = 204;
  response.end();
}
