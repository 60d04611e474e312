// The storage as the configuration names it, for commands that must not open the whole house.
import { holdFor } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import type { StoreOptions } from '../storage/index.ts';

export function storeOptions(config: Config): StoreOptions {
  const { databaseUrl: url, dataKey, isProduction } = config;
  return { url, dataKey, isProduction, holdFor: holdFor(config) };
}
