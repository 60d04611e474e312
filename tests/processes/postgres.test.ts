import { expect, onTestFinished, test } from 'vitest';
import { Vault } from '../../storage/crypto.ts';
import { preparePostgres } from '../../storage/postgres-open.ts';
import { on, openAt } from '../support/postgres.ts';
import { startServer } from '../support/postgres-server.ts';
import { DATA_KEY } from '../support/sqlite.ts';
import { faultsAfter, loadAndKill } from '../support/two-processes.ts';

const SECONDS = 12;
const LIMIT_MS = 240_000;

test(
  'two processes on one server lose and double nothing, though one is killed again and again and the server once',
  async () => {
    const server = await startServer({ isDurable: true });
    onTestFinished(() => server.remove());
    await on(server.url('postgres'), (client) => client.query('CREATE DATABASE shop'));
    const url = server.url('shop');
    await preparePostgres(url, new Vault(Buffer.from(DATA_KEY, 'hex')).fingerprint);
    const heard = await loadAndKill({ url, server, seconds: SECONDS, killEverySeconds: 3 });
    const store = openAt(url);
    expect(await faultsAfter(store, heard)).toEqual([]);
    expect(heard.kills).toBeGreaterThanOrEqual(3);
    expect(heard.orders.size).toBeGreaterThan(50);
    expect(heard.told.length).toBeGreaterThan(20);
    expect(heard.ran.length).toBeGreaterThan(10);
  },
  LIMIT_MS,
);
