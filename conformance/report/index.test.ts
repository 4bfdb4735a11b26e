import { describe, expect, it } from 'vitest';
import { formatInfo, formats, isFormat, loadReporter } from './index.ts';
import { samples } from './sample.ts';

describe('the registry of reporters', () => {
  it.each(formats)('loads %s, which renders every run, twice alike', async (format) => {
    const render = await loadReporter(format);
    for (const report of Object.values(samples())) {
      const before = JSON.stringify(report);
      const text = (): string => Array.from(render(report, {})).join('');
      expect(text()).toBe(text());
      expect(JSON.stringify(report)).toBe(before);
    }
  });

  it('knows no other name', () => {
    expect(['pdf', 'toString', '__proto__', ''].map(isFormat)).toEqual([false, false, false, false]);
  });

  it('has a line of help for each', () => {
    for (const format of formats) expect(formatInfo(format).summary).not.toBe('');
  });
});
