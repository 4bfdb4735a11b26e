import { expect, it } from 'vitest';
import { lostExternalUuid } from '../report/sample.ts';
import { askAgain } from './ask-again.ts';

const report = {
  ...lostExternalUuid(),
  fixtures: [
    { name: 'staff_uid', value: "o'hara", via: 'flag' },
    { name: 'client_uid', value: 'c', via: 'config' },
  ],
};

it('repeats contract, target, flags and fixtures, and names case and seed', () => {
  const flags = new Map<string, string | boolean | string[]>([
    ['config', 'my config.yaml'],
    ['allow-writes', true],
    ['token', 'secret'],
  ]);
  const words = { env: { npm_command: 'exec' }, contract: './mine.yaml', withUrl: true, flags };
  expect(askAgain(report, 'accepts.createVoiceCall', words)).toBe(
    String.raw`npx ringtrue run ./mine.yaml --url http://127.0.0.1:3000 --config 'my config.yaml' --allow-writes --fixture 'staff_uid=o'\''hara' --include accepts.createVoiceCall --seed 42`,
  );
});

it('names no target where the reference server was started, and no npx where none was typed', () => {
  const words = { env: {}, contract: undefined, withUrl: false, flags: new Map<string, string>() };
  expect(askAgain({ ...report, fixtures: [] }, 'x.*', words)).toBe("ringtrue run --include 'x.*' --seed 42");
});
