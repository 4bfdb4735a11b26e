/** A part of the kill matrix as tests: one for each fault and each variant. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { complaintLines } from '../matrix-text.ts';
import { subjectsOf, type Subject } from '../subjects.ts';
import { trySubject, type TrialResult } from '../try-subject.ts';

/** As many files as there are; more than the workers of the tests, so that these end at about the same time. */
const SHARDS = 8;

/** Emptied at the beginning of each run of the tests (scripts/vitest/fresh-matrix.ts). */
const folder = fileURLToPath(new URL('../../../artefacts/selftest/', import.meta.url));

/** What a shard leaves for the test that judges them all. */
export interface ShardResult {
  startedAt: number;
  endedAt: number;
  results: TrialResult[];
}

/**
 * Declares the tests of the subjects that are asked in memory.
 * @param index which part of them, from 1 on
 */
export function testShard(index: number): void {
  const inMemory = subjectsOf({}).filter((subject) => !isOverHttp(subject));
  testSubjects(
    String(index),
    inMemory.filter((_, place) => place % SHARDS === index - 1),
  );
}

/** Declares the tests of the subjects that are asked over HTTP. Those in memory leave the event loop no time for sockets. */
export function testOverHttp(): void {
  testSubjects('http', subjectsOf({}).filter(isOverHttp));
}

function testSubjects(name: string, subjects: readonly Subject[]): void {
  const results: TrialResult[] = [];
  const startedAt = Date.now();

  // Several at once: while a slow answerer lets its client wait, another uses the processor.
  describe('kill matrix', () => {
    for (const subject of subjects) {
      it.concurrent(nameOf(subject), async () => {
        const result = await trySubject(subject);
        results.push(result);
        expect(result.complaints, complaintLines({ subject, result }).join('\n')).toEqual([]);
      });
    }
  });

  afterAll(() => {
    mkdirSync(folder, { recursive: true });
    const all: ShardResult = { startedAt, endedAt: Date.now(), results };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(all));
  });
}

function isOverHttp(subject: Subject): boolean {
  return subject.kind === 'variant' && !subject.api && subject.variant.overHttp === true;
}

function nameOf(subject: Subject): string {
  return subject.kind === 'fault'
    ? `finds ${subject.fault.id}: ${subject.fault.title}`
    : `accuses no ${subject.variant.id}: ${subject.variant.title}`;
}

/** @returns what the shards of this run left; none when they have not run */
export function shardResults(): ShardResult[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ShardResult);
}
