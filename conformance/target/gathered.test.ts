import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Gathered } from './gathered.ts';

test('all bytes are there in their order, however they were cut', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 20 });
  fc.assert(
    fc.property(pieces, fc.option(fc.nat(1_000_000), { nil: undefined }), (arrays, announced) => {
      const gathered = new Gathered(announced);
      const buffers = arrays.map((bytes) => Buffer.from(bytes));
      for (const [index, bytes] of buffers.entries()) {
        gathered.add(bytes);
        // Looked at in between, as for a body that is given up.
        if (index % 7 === 3) gathered.all();
      }
      expect(gathered.size).toBe(Buffer.concat(buffers).length);
      expect(gathered.all().equals(Buffer.concat(buffers))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('a million pieces of one byte take a few megabytes, and do not keep the blocks that they were cut from', () => {
  const gathered = new Gathered();
  const before = process.memoryUsage();
  for (let count = 0; count < 20; count += 1) {
    // As sockets hand them on: slices of a block of 64 KiB.
    const block = Buffer.alloc(65_536, 'x');
    for (let at = 0; at < 50_000; at += 1) gathered.add(block.subarray(at, at + 1));
  }
  const after = process.memoryUsage();
  expect(gathered.all().length).toBe(1_000_000);
  const taken = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  // As a list of slices they would take a hundred.
  expect(taken).toBeLessThan(60_000_000);
});
