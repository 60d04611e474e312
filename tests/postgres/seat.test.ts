import { expect, test } from 'vitest';
import { newDatabase, on, openAt } from '../support/postgres.ts';

test('of several processes one has a seat, and another when that one leaves it', async () => {
  const url = await newDatabase();
  const [first, second] = [openAt(url), openAt(url)];
  const seat = await first.takeSeat('telegram');
  expect(seat).not.toBeNull();
  expect(await first.takeSeat('telegram')).toBeNull();
  expect(await second.takeSeat('telegram')).toBeNull();
  const other = await second.takeSeat('discord');
  expect(other).not.toBeNull();
  await seat?.leave();
  await seat?.lost;
  expect(await second.takeSeat('telegram')).not.toBeNull();
});

test('a process that ends leaves its seats', async () => {
  const url = await newDatabase();
  const [first, second] = [openAt(url), openAt(url)];
  await first.takeSeat('telegram');
  await first.close();
  expect(await second.takeSeat('telegram')).not.toBeNull();
});

test('whose connection is cut knows that the seat is lost', async () => {
  const url = await newDatabase();
  const store = openAt(url);
  const seat = await store.takeSeat('telegram');
  await on(url, (client) =>
    client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    ),
  );
  await seat?.lost;
  expect(await openAt(url).takeSeat('telegram')).not.toBeNull();
});
