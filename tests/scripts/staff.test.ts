// Staff, links and the stream of events by the real command line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import * as ordering from '../../src/orders/ordering.ts';
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

test('a person links another platform by a code of ours, is listed with it, and is unlinked', async () => {
  const { house, told, sanji } = await install();
  const now = new Date();
  const senderOf = (platform: string) => ({ platform, bot: 'bot', user: 'kim' });
  const kim = await house.store.meet(senderOf('kakao'), now);
  const other = await house.store.meet(senderOf('telegram'), now);
  const made = await told('user', 'link-code', 'kakao:bot:kim');
  expect(made).toMatchObject({
    user: kim.id,
    code: expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/),
  });
  const code = String(made.code).replace('-', '');
  await house.store.linkPeople({ code, person: other, now: new Date() });
  const links = await told('user', 'links', other.id);
  expect(links).toHaveLength(2);
  expect(links).toContainEqual({
    ...{ user: kim.id, platform: 'kakao', isPreferred: false, isBlocked: false },
    linkedAt: expect.stringMatching(/\+09:00$/),
  });
  expect(await told('user', 'unlink', kim.id)).toEqual({ user: kim.id, unlinked: true });
  expect(await told('user', 'links', kim.id)).toEqual([]);
  expect((await sanji(['user', 'unlink', kim.id])).err).toContain('not_found');
});

test('where an order’s page is can be said, and all links to it taken back', async () => {
  const { house, told, sanji } = await install();
  const farm = await openFarm(house.store, { id: 'peach', now: new Date() });
  await farm.place('ord_page');
  const { url } = await told('link', 'new', '--order', 'ord_page');
  expect(url).toMatch(/^http:\/\/localhost:\d+\/o\/[\w-]{22}page$/);
  expect(await told('link', 'new', '--order', 'ord_page')).toMatchObject({ url });
  expect(await told('link', 'revoke', '--order', 'ord_page')).toMatchObject({ revoked: true });
  const again = await told('link', 'new', '--order', 'ord_page');
  expect(again.url).not.toBe(url);
  const farmer = await hire(house.store, { storeId: 'peach', role: 'farmer', now: new Date() });
  const board = await told('link', 'new', '--board', '--user', farmer.personId);
  expect(board.url).toMatch(/\/board\/[\w-]{32}$/);
  expect((await sanji(['link', 'new', '--board', '--user', 'per_nobody'])).code).toBe(1);
  expect((await sanji(['link', 'new'])).code).toBe(2);
  expect((await sanji(['link', 'revoke'])).code).toBe(2);
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

test('a list is sent again, frozen first if need be, and shown as it stood with a revision', async () => {
  const { house, told, sanji } = await install();
  const now = new Date();
  await hire(house.store, { storeId: 'peach', role: 'farmer', platform: 'kakao', now });
  const farm = await openFarm(house.store, { now, policy: { closedWeekdays: [] } });
  for (const id of ['ord_1', 'ord_2']) await farm.placePaid(id, { boxes: 2 });
  const order = await house.store.findOrder('peach', 'ord_1');
  const date = order?.parcels[0]?.harvestDate ?? '';
  const on = ['--date', date, '--store', 'peach'];
  const first = { store: 'peach', date, revision: 1, rows: 2, boxes: 4, frozen: true };
  expect(await told('list', 'send', ...on)).toEqual(first);
  const request = { parcelIds: null, reason: null, account: null };
  const asked = farm.asked('buyer', new Date());
  await house.store.submit(ordering.cancel(asked, 'ord_1', request));
  const again = await told('list', 'send', ...on);
  expect(again).toEqual({ ...first, revision: 2, rows: 1, boxes: 2, frozen: false });
  const farmer = { platform: 'kakao', bot: 'bot', user: 'farmer-of-peach' };
  const { held } = await house.store.findTurn(farmer, null);
  expect(held.filter(({ kind }) => kind === 'day_list')).toHaveLength(2);
  const [old, newest, unknown, empty] = await Promise.all([
    told('list', 'show', ...on, '--revision', '1'),
    told('list', 'show', ...on),
    sanji(['list', 'show', ...on, '--revision', '3']),
    sanji(['list', 'send', '--date', '2031-01-06', '--store', 'peach']),
  ]);
  expect(old).toMatchObject({ revision: 1, totalBoxes: 4, rows: [{ struck: false }, {}] });
  expect(newest).toMatchObject({ revision: 2, totalBoxes: 2, rows: [{ struck: true }, {}] });
  expect(unknown).toMatchObject({ code: 1, out: '' });
  expect(newest.rows[1].packages).toHaveLength(1);
  const [draft, then, both, lines] = await Promise.all([
    told('list', 'show', ...on, '--as-of', new Date(now.getTime() - 1).toISOString()),
    told('list', 'show', ...on, '--as-of', old.at),
    sanji(['list', 'show', ...on, '--as-of', old.at, '--revision', '1']),
    sanji(['list', 'show', ...on]),
  ]);
  expect(draft).toMatchObject({ revision: 0, totalBoxes: 0, rows: [] });
  expect(then).toEqual({
    ...old,
    rows: old.rows.map((row: object) => ({ ...row, state: 'scheduled' })),
  });
  expect(old.rows[0].state).toBe('cancelled');
  expect(both).toMatchObject({ code: 2, out: '' });
  expect(lines.out).toContain(`revision 2  2 of 40 boxes  hash ${newest.hash.slice(0, 8)}\n`);
  expect(empty).toMatchObject({ code: 1, out: '' });
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
