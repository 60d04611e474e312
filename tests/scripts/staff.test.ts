// Staff, links and the stream of events by the real command line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { install, SANJI } from '../support/cli.ts';
import { hire, openFarm } from '../support/shop.ts';

test('staff are listed with their roles and lose them; nothing personal is shown', async () => {
  const { house, told, sanji } = await install();
  const now = new Date();
  const farmer = await hire(house.store, { storeId: 'peach', role: 'farmer', now });
  const seller = await hire(house.store, { storeId: 'peach', role: 'seller', now });
  const staff = await told('user', 'ls', '--store', 'peach');
  expect(staff).toHaveLength(2);
  expect(staff).toContainEqual({
    user: farmer.personId,
    platform: 'telegram',
    roles: [{ store: 'peach', role: 'farmer', since: expect.stringMatching(/\+09:00$/) }],
  });
  expect(JSON.stringify(staff)).not.toContain('farmer-of-peach');
  const words = ['--store', 'peach', '--role', 'seller'];
  const [removed, wrong] = await Promise.all([
    told('user', 'remove-role', 'telegram:bot:seller-of-peach', ...words),
    sanji(['user', 'remove-role', farmer.personId, ...words]),
  ]);
  expect(removed).toEqual({ user: seller.personId, store: 'peach', role: 'seller', removed: true });
  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(wrong.err).toContain('not_found');
  expect(await told('user', 'ls')).toMatchObject([{ user: farmer.personId }]);
});

test('open links are listed without what they lead to, and revoked', async () => {
  const { house, told, sanji } = await install();
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 60_000);
  const token = 'a-token-nobody-may-see';
  const data = { roles: ['seller'] } as const;
  await house.store.createLink({ kind: 'chat', storeId: 'peach', data, token, now, expiresAt });
  const [link, another] = await told('link', 'ls');
  expect(another).toBeUndefined();
  expect(link).toMatchObject({ kind: 'chat', store: 'peach', usedAt: null });
  expect(JSON.stringify(link)).not.toContain(token);
  expect(await told('link', 'revoke', link.id)).toEqual({ id: link.id, revoked: true });
  expect(await told('link', 'ls')).toEqual([]);
  expect((await sanji(['link', 'revoke', link.id])).err).toContain('not_found');
});

test('events are followed as they happen, one JSON object a line, until the tail is stopped', async () => {
  const { folder, env, house, sanji } = await install();
  const farm = await openFarm(house.store);
  await farm.place('ord_1');
  const args = [SANJI, 'events', 'tail', '--since', '2026-07-01'];
  const child = spawn(process.execPath, args, { cwd: folder, env });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? 'null');
  expect(await next()).toMatchObject({ store: 'peach', order: 'ord_1', event: 'placed' });
  // It waits by now; what happens meanwhile comes without being asked for again.
  await farm.pay('ord_1');
  expect(await next()).toMatchObject({ event: 'paid', who: 'seller', parcel: null });
  expect(await next()).toMatchObject({ event: 'scheduled', parcel: 'par_1-1' });
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);

  await farm.place('ord_2');
  const [all, one, none, until] = await Promise.all([
    sanji(['events', 'tail', '--since', '2026-07-01', '--once']),
    sanji(['events', 'tail', '--order', 'P7-002', '--store', 'peach', '--once', '--json']),
    sanji(['events', 'tail', '--once']),
    sanji(['order', 'history', 'P7-001', '--as-of', '2026-07-20T11:59', '--json']),
  ]);
  const eventsIn = ({ out }: { out: string }) =>
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).event);
  expect(eventsIn(all)).toEqual(['placed', 'paid', 'scheduled', 'placed']);
  expect(eventsIn(one)).toEqual(['placed']);
  expect(none).toEqual({ code: 0, out: '', err: '' });
  expect(JSON.parse(until.out)).toEqual([]);
});
