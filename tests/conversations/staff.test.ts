// Who works here: who joined is told, is sent away by two presses, and what needs a role asks for it.
import { describe, expect, test } from 'vitest';
import { openTalk, type Talk } from '../support/talk.ts';

const CHULSU = '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자';

async function joinedTwo(): Promise<Talk> {
  const talk = await openTalk();
  await talk.join('toni', ['seller']);
  await talk.join('tutu', ['farmer']);
  return talk;
}

async function rolesOf(talk: Talk, user: string): Promise<readonly string[]> {
  const sender = { platform: 'kakao', bot: 'bot', user };
  return (await talk.store.findTurn(sender, null)).roles.map(({ role }) => role);
}

test('staff hear who joined; he himself and buyers hear nothing', async () => {
  const talk = await joinedTwo();
  expect(await talk.say('toni', '오늘')).toContain('햇살농원에 새 농부가 등록됐어요 (카카오톡');
  expect(await talk.say('tutu', '목록')).not.toContain('등록됐어요');
  expect(await talk.say('buyer', '안녕하세요')).not.toContain('등록됐어요');
});

test('내보내기 asks once, takes the role away, and what was owed to it is told to nobody', async () => {
  const talk = await joinedTwo();
  await talk.buy('buyer', CHULSU);
  await talk.say('toni', '오늘');
  expect(await talk.press('toni', '내보내기')).toContain('농부(카카오톡)를 내보낼까요?');
  expect(await rolesOf(talk, 'tutu')).toEqual(['farmer']);
  await talk.runJob('day-list', '2026-07-20T21:00:00Z');
  expect(await talk.press('toni', '네')).toContain('농부를 내보냈어요');
  expect(await rolesOf(talk, 'tutu')).toEqual([]);
  const said = await talk.say('tutu', '목록');
  // He hears that his role ended, and nothing of the list that was owed to it.
  expect(said).toBe('햇살농원에서 맡으신 농부 역할이 끝났어요.\n농부만 할 수 있어요.');
});

test('a no keeps him, an old yes does nothing, and pressed twice it is done once', async () => {
  const talk = await joinedTwo();
  await talk.say('toni', '오늘');
  const notice = talk.reply('toni');
  await talk.press('toni', '내보내기');
  const question = talk.reply('toni');
  expect(await talk.say('toni', '아니요')).toContain('그대로 둘게요');
  expect(await talk.press('toni', '네', question)).toContain('이미 지난 질문');
  expect(await rolesOf(talk, 'tutu')).toEqual(['farmer']);
  await talk.press('toni', '내보내기', notice);
  const again = talk.reply('toni');
  const done = await talk.press('toni', '네', again);
  expect(await talk.press('toni', '네', again)).toBe(done);
  expect(await talk.press('toni', '내보내기', notice)).toContain('이미 나간 분이에요');
});

test('nobody sends away at a store he does not work at, and nobody himself', async () => {
  const talk = await joinedTwo();
  await talk.say('toni', '오늘');
  const notice = talk.reply('toni');
  expect(await talk.press('buyer', '내보내기', notice)).toContain('상점에서 일하는 분만');
  expect(await talk.press('tutu', '내보내기', notice)).toContain('자기 자신은');
  expect(await rolesOf(talk, 'tutu')).toEqual(['farmer']);
});

test('who has left by the time the notice is told is not announced', async () => {
  const talk = await joinedTwo();
  const sender = { platform: 'kakao', bot: 'bot', user: 'tutu' };
  const { person } = await talk.store.findTurn(sender, null);
  await talk.store.removeRoles({
    storeId: 'peach',
    personId: person.id,
    roles: ['farmer'],
    now: talk.now(),
  });
  expect(await talk.say('toni', '오늘')).not.toContain('등록됐어요');
});

const REFUSED: readonly (readonly [string, string])[] = [
  ['목록', '농부만 할 수 있어요.'],
  ['12번까지', '농부만 할 수 있어요.'],
  ['1-12 발송', '농부만 할 수 있어요.'],
  ['3번 송장 123456789012', '농부만 할 수 있어요.'],
  ['되돌려', '농부만 할 수 있어요.'],
  ['미입금', '판매자만 할 수 있어요.'],
  ['입금 P7-042', '판매자만 할 수 있어요.'],
  ['주문 멈춤', '농부나 판매자만 할 수 있어요.'],
];

test.each(REFUSED)(
  'a buyer who says %j hears which role it needs and nothing else',
  async (text, answer) => {
    const talk = await openTalk();
    await talk.say('buyer', '안녕하세요');
    expect(await talk.say('buyer', text)).toBe(answer);
    expect((await talk.store.findShop('peach'))?.state).toBe('open');
  },
);

test('who works here is not sent to the seller as a buyer is', async () => {
  const talk = await joinedTwo();
  await talk.say('buyer', '안녕하세요');
  expect(await talk.say('buyer', '사과 됩니까')).toContain('판매자');
  for (const user of ['toni', 'tutu'])
    expect(await talk.say(user, '사과 됩니까')).toContain('이렇게 보내 주세요');
});

test('one role is not the other', async () => {
  const talk = await joinedTwo();
  await talk.say('toni', '오늘');
  expect(await talk.say('toni', '12번까지')).toBe('농부만 할 수 있어요.');
  expect(await talk.say('tutu', '미입금')).toBe('판매자만 할 수 있어요.');
});

test('a buyer’s own order is his to say paid, also in the seller’s words', async () => {
  const talk = await openTalk();
  await talk.say('buyer', CHULSU);
  await talk.press('buyer', '주문 확정');
  expect(await talk.say('buyer', '입금 P7-001')).toContain('입금이 확인되는 대로');
  expect((await talk.onlyOrder()).state).toBe('awaiting_payment');
});

test('the buttons of a list in a buyer’s hand do nothing', async () => {
  const talk = await openTalk();
  await talk.join('tutu', ['farmer']);
  await talk.buy('buyer', CHULSU);
  await talk.say('tutu', '목록');
  await talk.say('tutu', '포장 1');
  const question = talk.reply('tutu');
  expect(await talk.press('other', '네', question)).toBe('농부만 할 수 있어요.');
  expect((await talk.store.findDayList('peach', '2026-07-21')).day.revision).toBe(0);
});

test('five wrong codes lock the sender and tell the admin, once', async () => {
  const talk = await openTalk();
  await talk.store.createInvite({
    codeHash: 'CODEBOSS',
    storeId: '*',
    roles: ['admin'],
    expiresAt: '2027-01-01T00:00:00Z',
  });
  await talk.say('boss', '등록 CODEBOSS');
  for (let n = 0; n < 7; n++) await talk.say('thief', `등록 AAAA-BBB${n + 2}`);
  expect(await talk.say('boss', '안녕하세요')).toContain('한 사람이 5번 틀려서 1시간 잠갔어요');
  expect(await talk.say('boss', '안녕하세요')).not.toContain('잠갔어요');
});

const ROWS = {
  farmer: '농부: 내일 40 · 목록',
  seller: '판매자: 오늘 · 미입금',
  admin: '관리자: 실패 · 재시도',
} as const;
const ROLES = ['farmer', 'seller', 'admin'] as const;
const MENUS: readonly (readonly (typeof ROLES)[number][])[] = [
  ['farmer'],
  ['seller'],
  ['admin'],
  ['farmer', 'seller'],
  ['farmer', 'seller', 'admin'],
];

describe.each(MENUS.map((roles) => [roles.join(', '), roles] as const))('%s', (_, roles) => {
  test.each(['안녕하세요', '메뉴', '도움말'])(
    'hears the rows of all his roles on %j',
    async (said) => {
      const talk = await openTalk();
      await talk.join('tutu', roles);
      const menu = await talk.say('tutu', said);
      for (const role of ROLES) expect(menu.includes(ROWS[role])).toBe(roles.includes(role));
      expect(menu).toContain('주문: 받는 분 성함');
      const buttons = talk.buttons('tutu');
      expect(buttons.includes('목록')).toBe(roles.includes('farmer'));
      expect(buttons.includes('미입금')).toBe(roles.includes('seller'));
      expect(buttons.includes('실패 알림')).toBe(roles.includes('admin'));
      expect(buttons).toEqual(expect.arrayContaining(['주문하기', '주문조회', '가격·안내']));
    },
  );
});

test('the menu of a paused store says so to staff, who may still do everything', async () => {
  const talk = await joinedTwo();
  await talk.say('tutu', '목록');
  await talk.say('tutu', '주문 멈춤');
  const menu = await talk.say('tutu', '메뉴');
  expect(menu).toContain('주문을 멈춘 상태예요');
  expect(menu).toContain(ROWS.farmer);
  expect(menu).not.toContain('받는 분 성함');
  expect(await talk.say('buyer', '메뉴')).toContain('주문을 잠시 쉬고 있어요');
});

test('an admin who has chosen no store hears his row under the list of stores', async () => {
  const talk = await openTalk();
  const shop = await talk.store.findShop('peach');
  if (shop === null) throw new Error('no demo store');
  await talk.store.putShop({ ...shop, id: 'apple', name: '다른농원' });
  await talk.store.createInvite({
    codeHash: 'CODEBOSS',
    storeId: '*',
    roles: ['admin'],
    expiresAt: '2027-01-01T00:00:00Z',
  });
  await talk.say('boss', '등록 CODEBOSS');
  expect(await talk.say('boss', '메뉴')).toContain(ROWS.admin);
  expect(talk.buttons('boss')).toEqual(['실패 알림', '다른농원', '햇살농원']);
  expect(await talk.say('buyer', '메뉴')).not.toContain(ROWS.admin);
});
