/** The documentation pages of the contracts, as `npm run docs` builds them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

describe('npm run docs', () => {
  it('builds a page for each contract that loads nothing from elsewhere', () => {
    execFileSync('npm', ['run', '--silent', 'docs'], { cwd: root, stdio: 'ignore' });
    const index = read('dist/docs/index.html');
    for (const name of ['voice-calls', 'calldesk', 'aicaller']) {
      expect(index).toContain(`${name}.html`);
      const page = read(`dist/docs/${name}.html`);
      expect(page).toContain('<title>');
      expect(page).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)="https?:/);
      expect(page).not.toContain('cdn.redoc.ly/redoc/logo');
    }
  });
});
