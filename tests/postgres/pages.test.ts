// Two whole programs on one database: a page that is open on one hears at once what was said on the other.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { newDatabase, on, openAt } from '../support/postgres.ts';
import { openFarm } from '../support/shop.ts';
import { DATA_KEY } from '../support/sqlite.ts';
import { Browser } from '../support/web-chat.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Far below the quarter of a minute after which an open page looks by itself. */
const AT_ONCE_MS = 3000;
const LIMIT_MS = 60_000;

/** The address of a program of its own. */
function start(databaseUrl: string): Promise<string> {
  const env = {
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    SANJI_DATA_KEY: DATA_KEY,
    PUBLIC_BASE_URL: 'https://farm.example',
  };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the program did not start')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
      if (msg === 'started') resolve(`http://127.0.0.1:${port}`);
    });
  });
}

test(
  'a page that is open on one program hears at once what was said on another',
  async () => {
    const url = await newDatabase();
    const store = openAt(url);
    await openFarm(store);
    const [one, other] = await Promise.all([start(url), start(url)]);
    const here = new Browser(one);
    await here.open();
    await here.say('안녕하세요');
    const there = new Browser(other);
    for (const [name, value] of here.cookies) there.cookies.set(name, value);
    const shown = await there.open();
    const stream = await there.listen(`/chat/events?after=${shown.ids.at(-1)}`);
    onTestFinished(stream.close);
    expect(stream.status).toBe(200);
    // Whoever watches a page listens; the outbox of each program does from its start.
    await expect.poll(() => listeners(url), { timeout: LIMIT_MS }).toBeGreaterThanOrEqual(2);
    const since = performance.now();
    await here.say('가격이 얼마예요?');
    expect((await stream.next())?.text).toContain('가격이 얼마예요?');
    expect(performance.now() - since).toBeLessThan(AT_ONCE_MS);
  },
  LIMIT_MS,
);

async function listeners(url: string): Promise<number> {
  const { rows } = await on(url, (client) =>
    client.query(`SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND (query = 'LISTEN sanji' OR query LIKE 'SELECT pg_notify%')`),
  );
  return rows.length;
}
