// A button's data is visible to the phone that shows it: made up by hand it must do nothing.
import { expect, test } from 'vitest';
import { FORGOTTEN, type Reply } from '../../src/chat/bot.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';

function forged(talk: Talk, user: string, act: string, ref: string): Promise<string> {
  const press = { key: `forged:${act}:${ref}`, act, ref };
  const reply: Reply = { texts: [], choices: [{ label: '위조', say: '위조', press }] };
  return talk.press(user, '위조', reply);
}

test('a stranger who makes up presses sees and changes nothing of others', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  const order = await talk.buy('buyer', CHULSU);
  await talk.say('other', CHULSU.replace('박철수', '김영희'));
  await talk.press('other', '주문 확정');
  const [unpaid] = await talk.orders();
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  await talk.say('tutu', '1번 취소');
  await talk.say('tutu', '상했어요');
  const before = JSON.stringify(await talk.orders());
  const ids = [order.id, unpaid?.id ?? '', `${order.id}:1`, 'd1', 'd1.1', '1', '2', '2026-07-21:1'];
  const acts =
    'confirm edit drop again paid cancel cancel-yes cancel-moved cancel-placed drop-draft no page freeze carrier row-cancel toString __proto__'.split(
      ' ',
    );
  for (const act of acts)
    for (const ref of [...ids, '2:kr.hanjin']) {
      const told = await forged(talk, 'stranger', act, ref);
      expect(told).not.toMatch(/박철수|김영희|010-1234|동일로|P7-00/);
    }
  expect(JSON.stringify(await talk.orders())).toBe(before);
  expect(talk.logged).toEqual([]);
  await talk.isSound();
});

test('an old button whose meaning is kept no more does not say its label', async () => {
  const talk = await openTalk();
  await talk.buy('buyer', CHULSU);
  await talk.say('buyer', '취소');
  const choices = [{ label: '네, 취소해요', say: '네, 취소해요', press: FORGOTTEN }];
  expect(await talk.press('buyer', '네, 취소해요', { texts: [], choices })).toContain(
    '오래된 버튼',
  );
  expect((await talk.onlyOrder()).state).toBe('paid');
  await talk.say('buyer', '네, 취소해요');
  expect((await talk.onlyOrder()).state).toBe('cancelled');
});

test('words that name a part of every object are words like any other', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])
    for (const user of ['stranger', 'tutu']) {
      await talk.say(user, word);
      await forged(talk, user, word, '1:toString');
      await forged(talk, user, 'carrier', `1:${word}`);
    }
  expect(talk.logged).toEqual([]);
});
