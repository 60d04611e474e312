// A real server, people who talk to it over HTTP, and commands of the CLI as processes beside it.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { addDays, localDate } from '../../src/orders/dates.ts';
import { SANJI } from './cli.ts';
import { type KakaoShown, KakaoUser } from './kakao.ts';
import { openFarm } from './shop.ts';
import { DATA_KEY, openFile } from './sqlite.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const SECRET = 'a secret of the test';
/** What waited for this contact may stand before it and name older orders. */
const CODE = /주문번호 ([A-Z]\d-\d{3})/;
/** What a person hears when the shop could not do its work. */
const FAILURE = /주문이 몰려요|잠시 후|다시 보내 주세요/;
/** People who type leave a moment between two messages. */
const BETWEEN_MESSAGES_MS = 300;

export type Beside = {
  /** How long each answer took, shortest first. */
  readonly answersMs: readonly number[];
  readonly commands: number;
  readonly paid: number;
  /** Whatever was not as it should be. */
  readonly faults: string[];
};

/**
 * `users` people order and ask for some time while two loops of commands confirm payments and set
 * caps. As a peer, the processes start likewise but never open the database: what they cost is the
 * machine's doing.
 */
export async function talkBesideCommands({
  users,
  seconds,
  isPeer = false,
}: {
  readonly users: number;
  readonly seconds: number;
  readonly isPeer?: boolean;
}): Promise<Beside> {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-beside-'));
  const path = join(folder, 'sanji.db');
  const env = {
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: `sqlite:${path}`,
    SANJI_DATA_KEY: DATA_KEY,
    KAKAO_SKILL_SECRET: SECRET,
  };
  const filled = openFile(path);
  await openFarm(filled, { policy: { dailyCapBoxes: 10_000, closedWeekdays: [] } });
  await filled.close();
  const server = await start(folder, env);
  const talk: Talk = {
    until: performance.now() + seconds * 1_000,
    answersMs: [],
    faults: [],
    codes: [],
  };
  try {
    const people = Array.from({ length: users }, (_, no) =>
      keepTalking(new KakaoUser(`${server.url}/kakao/skill`, `botuserkey-${no}`, SECRET), no, talk),
    );
    const sanji = (...words: readonly string[]) => runSanji(words, { folder, env });
    const [paid, caps] = await Promise.all([
      isPeer ? keepStarting(talk, sanji) : keepConfirming(talk, sanji),
      isPeer ? keepStarting(talk, sanji) : keepSettingCaps(talk, sanji),
      ...people,
    ]);
    const faults = [...talk.faults];
    const checked = openFile(path);
    for (const { ok, detail } of await checked.doctor()) if (!ok) faults.push(detail);
    await checked.close();
    const answersMs = talk.answersMs.toSorted((a, b) => a - b);
    return { answersMs, commands: paid + caps, paid, faults };
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Talk = {
  readonly until: number;
  readonly answersMs: number[];
  readonly faults: string[];
  /** Orders that wait for their payment. */
  readonly codes: string[];
};

const isOver = ({ until }: Talk) => performance.now() >= until;

async function keepTalking(person: KakaoUser, no: number, talk: Talk): Promise<void> {
  const timed = async (say: () => Promise<KakaoShown>): Promise<string> => {
    const since = performance.now();
    let texts = '';
    try {
      texts = (await say()).texts.join('\n');
    } catch (error) {
      talk.faults.push(String(error));
    }
    talk.answersMs.push(performance.now() - since);
    if (FAILURE.test(texts)) talk.faults.push(texts);
    // A person reads before he writes again; all at once would only measure our own client.
    await new Promise((resolve) =>
      setTimeout(resolve, BETWEEN_MESSAGES_MS * (0.5 + Math.random())),
    );
    return texts;
  };
  for (let round = 0; !isOver(talk); round++) {
    const where = `서울 강남구 역삼로 ${1 + no} ${101 + (round % 900)}호`;
    await timed(() => person.say(`박철수 010-1234-${1_000 + no} ${where} 복숭아 2상자`));
    const [, code] = CODE.exec(await timed(() => person.press('주문 확정'))) ?? [];
    if (code === undefined) talk.faults.push('an order was confirmed and got no code');
    else talk.codes.push(code);
    await timed(() => person.say('건너뛰기'));
    await timed(() => person.say('주문조회'));
  }
}

type Sanji = (...words: readonly string[]) => Promise<{ readonly error: string | null }>;

async function keepConfirming(talk: Talk, sanji: Sanji): Promise<number> {
  let paid = 0;
  while (!isOver(talk)) {
    const code = talk.codes.shift();
    if (code === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    const { error } = await sanji('pay', 'confirm', code, '--store', 'peach', '--json');
    if (error === null) paid += 1;
    else talk.faults.push(error);
  }
  return paid;
}

async function keepSettingCaps(talk: Talk, sanji: Sanji): Promise<number> {
  const date = addDays(localDate(new Date(), 'Asia/Seoul'), 2);
  let set = 0;
  while (!isOver(talk)) {
    const boxes = String(set % 2 === 0 ? 20 : 10_000);
    const { error } = await sanji('cap', 'set', date, boxes, '--store', 'peach', '--json');
    if (error !== null) talk.faults.push(error);
    set += 1;
  }
  return set;
}

async function keepStarting(talk: Talk, sanji: Sanji): Promise<number> {
  let started = 0;
  for (; !isOver(talk); started++) await sanji('pay', '--help');
  return started;
}

function runSanji(
  words: readonly string[],
  { folder, env }: { folder: string; env: Record<string, string> },
): Promise<{ readonly error: string | null }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SANJI, ...words], { cwd: folder, env }, (error, _, said) =>
      resolve({ error: error === null ? null : `${words.join(' ')}: ${said.trim()}` }),
    );
  });
}

async function start(folder: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env });
  child.stderr.resume();
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server did not start')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
      if (msg === 'started') resolve(`http://127.0.0.1:${port}`);
    });
  });
  return { url, stop: () => child.kill('SIGKILL') };
}
