import type { Reporter, TestModule } from 'vitest/node';

/** A skipped test proves nothing and is easily overlooked: each one is named at the very end of the run. */
export class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => {
        const result = test.result();
        const why = 'note' in result && result.note !== undefined ? ` (${result.note})` : '';
        return `  ${module.relativeModuleId} > ${test.fullName}${why}`;
      }),
    );
    if (skipped.length === 0) return;
    console.error(
      `\n!!! ${String(skipped.length)} SKIPPED TESTS: they prove nothing on this machine\n${skipped.join('\n')}\n`,
    );
  }
}
