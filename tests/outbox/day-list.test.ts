// The frozen list on its way to the farmer: whole, with a link to its paper, the same when it is sent again.
import { expect, test } from 'vitest';
import { SendError } from '../../src/chat/bot.ts';
import * as ordering from '../../src/orders/ordering.ts';
import {
  BASE_MS,
  type Behaviour,
  openPost,
  PAGES_URL,
  type Post,
  SENT,
  TEXT_CHARS,
} from '../support/post.ts';
import { hire, TUESDAY } from '../support/shop.ts';

const FARMER = 'farmer-of-peach';

/** A list of so many rows is frozen and owed to a farmer who can be spoken to first. */
async function oweList(rows: number, behave: Behaviour = () => SENT): Promise<Post> {
  const post = await openPost((one, tries) => (one.to === FARMER ? behave(one, tries) : SENT));
  // Before the farmer came: he hears what others say of the day.
  await post.farm.cap(TUESDAY, 1_000);
  await hire(post.store, { storeId: 'peach', role: 'farmer' });
  for (let n = 1; n <= rows; n++)
    await post.farm.placePaid(`ord_${n}`, { address: `${'서울 '.repeat(40)}${n}` });
  await post.store.submit(ordering.sendList(post.farm.asked('admin'), TUESDAY));
  return post;
}

function toFarmer({ sent }: Post) {
  return sent.filter(({ to }) => to === FARMER).map(({ reply }) => reply);
}

function linkOf(reply: ReturnType<typeof toFarmer>[number] | undefined): string {
  const found = reply?.choices.find(({ label }) => label === '인쇄하기');
  if (found === undefined || !('url' in found)) throw new Error('there is no link to print');
  return found.url;
}

test('a long list arrives whole, in several texts within the limit, with one link to its paper', async () => {
  const post = await oweList(60);
  await post.delivery.run();
  const [reply, ...more] = toFarmer(post);
  expect(more).toEqual([]);
  const texts = reply?.texts ?? [];
  expect(texts.length).toBeGreaterThan(1);
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(TEXT_CHARS);
  const rows = texts.flatMap((text) =>
    [...text.matchAll(/^(\d+)\. /gm)].map(([, row]) => Number(row)),
  );
  expect(rows).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
  const url = linkOf(reply);
  expect(url.startsWith(`${PAGES_URL}/print/`)).toBe(true);
  const token = url.split('/').at(-1) ?? '';
  expect(await post.store.followPrintLink({ token, now: post.now() })).toEqual({
    ...{ storeId: 'peach', date: TUESDAY },
  });
});

test('a list that may have arrived is sent again to the letter, with the same link', async () => {
  const post = await oweList(2, (_, tries) => (tries === 1 ? new SendError('time_out') : SENT));
  await post.delivery.run();
  post.pass(2 * BASE_MS);
  await post.delivery.run();
  const [first, second, ...more] = toFarmer(post);
  expect(more).toEqual([]);
  expect(second).toEqual(first);
  // Looking whether the words are still true makes no link.
  const links = await post.store.listOpenLinks(post.now(), 10);
  expect(links.map(({ kind }) => kind).sort()).toEqual(['board', 'print']);
});

test('each list that is sent has a link of its own', async () => {
  const post = await oweList(1);
  await post.delivery.run();
  await post.store.submit(ordering.sendList(post.farm.asked('admin'), TUESDAY));
  await post.delivery.run();
  const links = toFarmer(post).map(linkOf);
  expect(new Set(links).size).toBe(2);
});

test('with the words goes the list as a file, named only', async () => {
  const post = await oweList(2);
  await post.delivery.run();
  expect(toFarmer(post)[0]?.documents).toEqual([
    { kind: 'day_list', storeId: 'peach', date: TUESDAY, revision: 1 },
  ]);
});

test.each(['rate_limited', 'unavailable', 'time_out'] as const)(
  'of a list whose beginning has gone only the rest is sent after %s',
  async (failure) => {
    const post = await oweList(60, ({ reply }, tries) => {
      const rest = { ...reply, texts: reply.texts.slice(1) };
      return tries === 1 ? new SendError(failure, null, rest) : SENT;
    });
    await post.delivery.run();
    post.pass(2 * BASE_MS);
    await post.delivery.run();
    const [whole, rest, ...more] = toFarmer(post);
    expect(more).toEqual([]);
    expect(rest).toEqual({ ...whole, texts: whole?.texts.slice(1) });
    // What surely was not taken is no copy.
    const copies = failure === 'time_out' ? 1 : 0;
    expect(post.row('day_list')).toMatchObject({ state: 'done', attempts: 2, copies });
  },
);
