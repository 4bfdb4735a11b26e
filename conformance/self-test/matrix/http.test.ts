import { testOverHttp } from './shard.ts';

testOverHttp();
