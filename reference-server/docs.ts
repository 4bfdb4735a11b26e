import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

/** Built pages bring their own inline scripts and styles; still nothing is loaded from elsewhere. */
const PAGE_POLICY = "default-src 'self' 'unsafe-inline' blob: data:; frame-ancestors 'none'";

const HINT = 'The contracts as web pages are not built here. Their sources are the YAML files in openapi/.\n';

/**
 * Static pages under `/docs`, or a hint where there are none.
 * @param directory where the pages are; by default beside the built program, or where the build puts them
 * @returns the router
 */
export function docs(directory?: string): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.setHeader('Content-Security-Policy', PAGE_POLICY);
    next();
  });
  const places =
    directory === undefined
      ? ['./docs', '../dist/docs'].map((path) => fileURLToPath(new URL(path, import.meta.url)))
      : [directory];
  for (const place of places)
    router.use(express.static(place, { etag: false, lastModified: false, index: 'index.html', extensions: ['html'] }));
  router.get('/', (_request, response) => {
    response.status(404).type('text/plain').send(HINT);
  });
  return router;
}
