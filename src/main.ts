// Starts the program: environment, app, signals.
import { enableCompileCache } from 'node:module';

// Stripped and compiled sources are kept between starts: half of the time to be ready.
enableCompileCache();

const { ConfigError, loadConfig } = await import('./config.ts');
const { serve } = await import('./app.ts');

const STOP_WITHIN_MS = 10_000;

try {
  const config = loadConfig();
  const serving = await serve(config);
  if (!config.isProduction) greet(`http://localhost:${serving.port}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      serving.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
} catch (error) {
  const isExpected = error instanceof ConfigError || isStartProblem(error);
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exit(1);
}

function greet(base: string): void {
  console.log(`Sanji is open.
  Kakao skill   POST ${base}/kakao/skill
  HTTP API      ${base}/stores
  health        ${base}/readyz
Talk to it here:  npm run chat            (as a buyer)
                  npm run chat -- --as farmer`);
}

/** What a person at the console can mend: a taken port, a wrong key, a newer database. */
function isStartProblem(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'code' in error || /SANJI_DATA_KEY|newer program/.test(error.message);
}
