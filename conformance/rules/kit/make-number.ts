/** Makes numbers within their bounds. */
import { typesOf } from '../../contract/resolve.ts';
import type { Schema } from '../../contract/types.ts';
import type { Fresh } from '../types.ts';
import { numeric, type Maker, type Spot } from './maker.ts';

/** @returns a number that the schema allows */
export function makeNumber(maker: Maker, { schema, name }: Spot): number {
  return maker.plain ? anyNumber(schema, maker.fresh, name) : wholeNumber(schema, maker.fresh, name);
}

function wholeNumber(schema: Schema, fresh: Fresh, name: string): number {
  const least = numeric(schema.minimum) ?? (numeric(schema.exclusiveMinimum) ?? -1) + 1;
  const most = numeric(schema.maximum) ?? (numeric(schema.exclusiveMaximum) ?? least + 1001) - 1;
  const step = numeric(schema.multipleOf) ?? 1;
  const count = Math.max(1, Math.floor((most - least) / step) + 1);
  const value = least + step * fresh.int(name, Math.min(count, 100_000));
  return schema.multipleOf === undefined ? value : Math.ceil(value / step) * step;
}

const WIDTH = 1000;

/** Bounds may exclude themselves, lie below zero, or leave room for a fraction alone (JSON Schema Validation 2020-12, section 6.2). */
function anyNumber(schema: Schema, fresh: Fresh, name: string): number {
  const whole = typesOf(schema).includes('integer');
  const above = numeric(schema.exclusiveMinimum) ?? -Infinity;
  const below = numeric(schema.exclusiveMaximum) ?? Infinity;
  const from = Math.max(numeric(schema.minimum) ?? -Infinity, above);
  const to = Math.min(numeric(schema.maximum) ?? Infinity, below);
  const least = Number.isFinite(from) ? from : Math.min(0, to - WIDTH);
  const most = Number.isFinite(to) ? to : Math.max(least, 0) + WIDTH;
  const fits = (value: number): boolean => value >= least && value <= most && value > above && value < below;
  for (const step of schema.multipleOf === undefined
    ? [1, ...(whole ? [] : [0.25, (most - least) / 4])]
    : [numeric(schema.multipleOf) ?? 1]) {
    if (step <= 0) continue;
    const first = Math.ceil(least / step);
    const count = Math.floor(most / step) - first + 1;
    if (count < 1) continue;
    const chosen = fresh.int(name, Math.min(count, 100_000));
    const found = [chosen, ...Array.from({ length: Math.min(count, 3) }, (_, index) => index)]
      .map((index) => tidy((first + index) * step))
      .find(fits);
    if (found !== undefined) return found;
  }
  return fits(least) ? least : tidy((least + most) / 2);
}

/** 3 × 0.1 without the last digits that binary numbers put there. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}
