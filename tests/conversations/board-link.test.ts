// How a farmer comes to his board: by asking for it, and with each list.
import { expect, test } from 'vitest';
import { boardLink as boardWords } from '../../src/chat/replies/index.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const BOARD = /^http:\/\/localhost:3000\/board\/([\w-]{32})$/;
const DAY_MS = 86_400_000;

const ORDER = '박철수 010-1234-5678 서울 강남구 역삼로 1 2상자';

function boardLink(talk: Talk, user = 'tutu'): string {
  const found = talk.reply(user).choices.find(({ label }) => label === '보드');
  if (found === undefined || !('url' in found)) throw new Error('there is no link to the board');
  return BOARD.exec(found.url)?.[1] ?? '';
}

const follow = (talk: Talk, token: string, now = talk.now()) =>
  talk.store.followBoardLink({ token, now });

test('"보드" gives a link of one’s own that ends by itself, with the role, or by hand', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  expect(await talk.say('tutu', '보드')).toContain('한 줄씩 눌러');
  const first = boardLink(talk);
  await talk.say('tutu', '보드 링크 보내줘');
  const second = boardLink(talk);
  expect(second).not.toBe(first);
  const open = await follow(talk, first);
  if ('refused' in open) throw new Error(`refused: ${open.refused}`);
  expect(open.storeId).toBe('peach');
  const week = new Date(talk.now().getTime() + 7 * DAY_MS);
  expect(await follow(talk, first, week)).toEqual({ refused: 'expired' });
  const [link] = await talk.store.listOpenLinks(talk.now(), 10);
  expect(await talk.store.revokeLink(link?.id ?? '', talk.now())).toBe(true);
  expect(await follow(talk, first)).toEqual({ refused: 'expired' });
  expect(await follow(talk, second)).toEqual(open);
  const { personId } = open;
  await talk.store.removeRoles({ storeId: 'peach', personId, roles: ['farmer'], now: talk.now() });
  expect(await follow(talk, second)).toEqual({ refused: 'expired' });
});

test('whoever is no farmer is told which role it needs, and gets no link', async () => {
  const talk = await openTalk();
  await talk.say('buyer', '안녕');
  expect(await talk.say('buyer', '보드')).toContain('농부');
  await talk.join('toni', ['seller']);
  expect(await talk.say('toni', '보드')).toContain('농부');
  expect(await talk.store.listOpenLinks(talk.now(), 10)).toEqual([]);
});

test('a list comes with a link for each farmer that hears it', async () => {
  const talk = await openTalk({}, 'telegram');
  await talk.join('tutu', ['farmer']);
  await talk.join('nunu', ['farmer']);
  await talk.buy('buyer', ORDER);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  talk.setNow('2026-07-20T21:00:10Z');
  expect(await talk.heard('tutu')).toHaveLength(1);
  await talk.heard('nunu');
  const [one, other] = await Promise.all([
    follow(talk, boardLink(talk, 'tutu')),
    follow(talk, boardLink(talk, 'nunu')),
  ]);
  expect(one).toMatchObject({ storeId: 'peach' });
  expect(other).toMatchObject({ storeId: 'peach' });
  expect(other).not.toEqual(one);
  await talk.say('tutu', '목록');
  expect(await follow(talk, boardLink(talk, 'tutu'))).toEqual(one);
});

test('where no page of ours can be reached the list in the chat is offered instead', () => {
  const { texts, choices } = boardWords(null);
  expect(texts.join()).toContain('보드를 열 수 없어요');
  expect(choices.map(({ label }) => label)).toEqual(['목록']);
});
