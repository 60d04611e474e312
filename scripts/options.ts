// The storage as the configuration names it, for commands that must not open the whole house.
import { HOLD_FOR } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import type { StoreOptions } from '../storage/index.ts';

export function storeOptions(config: Config): StoreOptions {
  const { databaseUrl: url, dataKey, isProduction } = config;
  return { url, dataKey, isProduction, holdFor: HOLD_FOR };
}
