import { afterEach, describe, expect, it, vi } from 'vitest';
import { listenForInterrupt } from './interrupt.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('Ctrl+C', () => {
  it('once aborts and says so; twice ends the process at once with 130', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    const said: string[] = [];
    const { signal, dispose } = listenForInterrupt((sentence) => said.push(sentence));
    process.emit('SIGINT');
    expect(signal.aborted).toBe(true);
    expect(said).toHaveLength(1);
    expect(exit).not.toHaveBeenCalled();
    process.emit('SIGINT');
    expect(exit).toHaveBeenCalledWith(130);
    dispose();
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('%s is taken alike: the reports are written', (name) => {
    const { signal, dispose } = listenForInterrupt(() => undefined);
    process.emit(name);
    expect(signal.aborted).toBe(true);
    dispose();
    expect(process.listenerCount(name)).toBe(0);
  });

  it('is left to others afterwards', () => {
    const before = process.listenerCount('SIGINT');
    const { dispose } = listenForInterrupt(() => undefined);
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    dispose();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
