// What commands stand on: the configured house, opened at its first use.
import { type House, openHouse } from '../src/app.ts';
import { type Config, loadConfig } from '../src/config.ts';
import { type Cli, OutsideError } from './command.ts';
import { showProgress } from './progress.ts';

/** The configured house, opened at its first use and closed with the command. */
export function createCli(): { readonly cli: Cli; readonly close: () => Promise<void> } {
  let config: Config | undefined;
  let opened: Promise<House> | undefined;
  const configured = () => {
    config ??= loadConfig();
    return config;
  };
  const cli: Cli = {
    config: configured,
    house() {
      opened ??= open(configured());
      return opened;
    },
    throwAway: () => open({ ...configured(), databaseUrl: 'sqlite::memory:', isProduction: false }),
    now: () => new Date(),
    progress: showProgress,
  };
  return { cli, close: async () => (await opened?.catch(() => undefined))?.close() };
}

/** A failure to open is told in its own words: they name files and keys, never people. */
export async function open(config: Config): Promise<House> {
  try {
    return await openHouse(config, logProblem);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OutsideError(`the database cannot be opened: ${why}`, { cause: error });
  }
}

/** Events hold no personal data; only what broke is worth a line. */
export function logProblem(event: string, fields: Record<string, unknown>): void {
  if (/broken|failed/.test(event))
    process.stderr.write(`sanji: ${event} ${JSON.stringify(fields)}\n`);
}
