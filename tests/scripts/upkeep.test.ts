// Backup, restore and a new data key by the real command line, also when it is killed.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../storage/index.ts';
import { install, runCli, SANJI } from '../support/cli.ts';
import { openFarm } from '../support/shop.ts';
import { openFile } from '../support/sqlite.ts';

const KILLS = 6;

async function killedAt(
  words: readonly string[],
  { env, folder, when }: { env: Record<string, string>; folder: string; when: () => boolean },
): Promise<void> {
  const child = spawn(process.execPath, [SANJI, ...words], { cwd: folder, env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const timer = setInterval(() => {
    if (when()) child.kill('SIGKILL');
  }, 1);
  await ended;
  clearInterval(timer);
}

test('a backup is restored by commands, and what was there before is kept', async () => {
  const { folder, house, told, sanji } = await install();
  await openFarm(house.store);
  const file = join(folder, 'copy.db');
  const made = await told('backup', file);
  expect(made).toEqual({ file, bytes: statSync(file).size, keyFingerprint: expect.any(String) });
  const again = await sanji(['backup', file]);
  expect(again).toMatchObject({ code: 1, out: '' });
  expect(again.err).toContain('conflict');
  await house.store.putHoliday('2031-01-01', 'after the backup');
  await house.close();
  const other = await sanji(['restore', file], { SANJI_DATA_KEY: '22'.repeat(32) });
  expect(other).toMatchObject({ code: 3, out: '' });
  expect(other.err).toContain('SANJI_DATA_KEY');
  const restored = await told('restore', file);
  expect(restored).toMatchObject({ ok: true, people: 1, erasedAgain: 0 });
  expect(existsSync(restored.keptOld)).toBe(true);
  const holidays: { date: string }[] = await told('holiday', 'ls');
  expect(holidays.map(({ date }) => date)).not.toContain('2031-01-01');
  const text = await sanji(['backup', join(folder, 'two.db')]);
  expect(text.out).toContain(`The data key is not in it`);
  expect(text.out).toContain(made.keyFingerprint);
});

test('a backup that is killed leaves nothing under its name that is not whole', async () => {
  const { folder, env, house, told } = await install();
  await openFarm(house.store);
  const path = join(folder, 'sanji.db');
  // Some size, so that there is a middle to be killed in.
  const filler = new Sqlite(path);
  const insert = filler.prepare("INSERT INTO requests (key, sealed, at) VALUES (?, ?, '')");
  for (let no = 0; no < 60; no++) insert.run(`filler ${no}`, randomBytes(1_000_000));
  filler.close();
  let half = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const file = join(folder, `copy-${kill}.db`);
    const when = () => existsSync(`${file}.part`) && statSync(`${file}.part`).size > kill * 1e6;
    await killedAt(['backup', file], { env, folder, when });
    if (existsSync(`${file}.part`)) half += 1;
    if (!existsSync(file)) continue;
    const copy = openFile(file);
    expect((await copy.doctor()).filter(({ ok }) => !ok)).toEqual([]);
    await copy.close();
  }
  expect(half).toBeGreaterThan(0);
  const file = join(folder, 'copy-0.db');
  if (!existsSync(file)) await told('backup', file);
  expect(readdirSync(folder).filter((name) => name === 'copy-0.db.part')).toEqual([]);
});

test('a change of the key that is killed again and again ends with one key, and all is readable', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanji-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = `sqlite:${join(folder, 'sanji.db')}`;
  const env = { NODE_ENV: 'test', DATABASE_URL: url };
  const open = () =>
    openStore({ url, dataKey: null, isProduction: false, holdFor: () => new Set(['kakao']) });
  const store = await open();
  const farm = await openFarm(store);
  const met = Array.from({ length: 900 }, (_, no) =>
    store.meet({ platform: 'kakao', bot: 'b', user: `person ${no}` }, farm.asked().now),
  );
  await Promise.all(met);
  await farm.placePaid('ord_1');
  await store.close();
  const keyFile = join(folder, 'sanji.key');
  const oldKey = readFileSync(keyFile, 'utf8');

  const isReadable = async () => {
    const opened = await open();
    expect((await opened.findOrder('peach', 'ord_1'))?.parcels[0]?.recipient).toBe('박철수1');
    expect((await opened.findTurn(farm.sender, null)).isNew).toBe(false);
    await opened.close();
  };
  const rows = () => {
    const db = new Sqlite(join(folder, 'sanji.db'), { readonly: true });
    const count = Number(db.prepare('SELECT count(*) FROM rekeyed').pluck().get());
    db.close();
    return count;
  };
  for (let kill = 0; kill < KILLS; kill++) {
    const before = rows();
    await killedAt(['key', 'rotate'], { env, folder, when: () => rows() > before });
    await isReadable();
  }
  const last = await runCli(['key', 'rotate', '--json'], { folder, env });
  expect(last).toMatchObject({ code: 0, err: '' });
  const { oldKeyFile, fingerprint } = JSON.parse(last.out);
  expect(readFileSync(keyFile, 'utf8')).not.toBe(oldKey);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).not.toContain('sanji.key.next');
  await isReadable();
  // The key that was in force first is kept, whatever became of the tries.
  const kept = readdirSync(folder).filter((name) => /^sanji\.key\.[0-9a-f]{8}$/.test(name));
  expect(kept.map((name) => readFileSync(join(folder, name), 'utf8'))).toContain(oldKey);
  expect(kept.map((name) => join(folder, name))).toContain(oldKeyFile);
  expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  const misused = await runCli(['key', 'rotate', '--to', 'x'], { folder, env });
  expect(misused.code).toBe(2);
});

test('a key of the environment is changed into a file, and the old one is refused afterwards', async () => {
  const { folder, env, house, sanji, told } = await install();
  await openFarm(house.store);
  await house.close();
  expect((await sanji(['key', 'rotate'])).code).toBe(2);
  const file = join(folder, 'new.key');
  const changed = await told('key', 'rotate', '--to', file);
  expect(changed).toMatchObject({ keyFile: file, oldKeyFile: null });
  const key = readFileSync(file, 'utf8').trim();
  const [old, fresh] = await Promise.all([
    sanji(['doctor']),
    sanji(['doctor', '--json'], { ...env, SANJI_DATA_KEY: key }),
  ]);
  expect(old.code).toBe(3);
  expect(JSON.parse(fresh.out)).toMatchObject({ ok: true });
  // Run again with the old key still set, it finds that it is done.
  expect(await told('key', 'rotate', '--to', file)).toMatchObject({ rows: 0 });
});
