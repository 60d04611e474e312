// Starts the program: environment, app, signals.
import { enableCompileCache } from 'node:module';
import type { Serving } from './app.ts';

// Stripped and compiled sources are kept between starts: half of the time to be ready.
enableCompileCache();

const { ConfigError, loadConfig } = await import('./config.ts');
const { serve } = await import('./app.ts');

const STOP_WITHIN_MS = 10_000;

try {
  const config = loadConfig();
  const starting = serve(config);
  // From the beginning: who hears that it has started may tell it to stop at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      starting
        .then(({ stop }) => stop())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    });
  const serving = await starting;
  if (!config.isProduction) await greet(serving);
} catch (error) {
  const isExpected = error instanceof ConfigError || isStartProblem(error);
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exit(1);
}

/** Never in production: the links let whoever reads the console in as staff. */
async function greet({ port, newChatLink }: Serving): Promise<void> {
  const base = `http://localhost:${port}`;
  const [farmer, seller] = await Promise.all([newChatLink('farmer'), newChatLink('seller')]);
  const staff =
    farmer === null || seller === null
      ? ''
      : `
    as farmer   ${base}${farmer}
    as seller   ${base}${seller}
                (each opens once, within 15 minutes)`;
  console.log(`Sanji is open.
  web chat      ${base}/chat            (as a buyer)${staff}
  Kakao skill   POST ${base}/kakao/skill
  HTTP API      ${base}/docs             (to be read and tried)
  health        ${base}/readyz
Talk to it here:  npm run chat            (as a buyer)
                  npm run chat -- --as farmer`);
}

/** What a person at the console can mend: a taken port, a wrong key or token, a newer or missing database. */
function isStartProblem(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    'code' in error || /SANJI_DATA_KEY|DATABASE_URL|DISCORD_TOKEN|newer program/.test(error.message)
  );
}
