import { buildDist } from '../build.ts';

/** Tests that start the command line, the package or the examples run `dist/`: built once, from the sources as they stand. */
export async function setup(): Promise<void> {
  try {
    await buildDist();
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    console.error(`!!! dist/ could not be built; tests that run it run an older one, or fail.\n${String(error)}\n`);
  }
}
