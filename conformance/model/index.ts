export type * from './breach.ts';
export type * from './exchange.ts';
export type * from './report.ts';
export type * from './verdict.ts';
