// One person on two platforms: linked by a code, told of it on both, undone by either; and where notices go.
import { describe, expect, test } from 'vitest';
import { followOrderLink } from '../../src/chat/links.ts';
import { StaleTurn } from '../../src/orders/errors.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const KIM = '김영희 010-1234-5678 서울 강남구 역삼로 1 2상자';
const PARK = '박철수 010-8765-4321 부산 해운대구 센텀로 20 1상자';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `kim` writes on KakaoTalk, `kim@telegram` there; both have ordered and paid once. */
async function twoPlaces(): Promise<Talk> {
  const talk = await openTalk();
  await talk.buy('kim', KIM);
  await talk.buy('kim@telegram', PARK);
  await talk.heard('kim@telegram');
  return talk;
}

async function linked(): Promise<Talk> {
  const talk = await twoPlaces();
  await talk.link('kim', 'kim@telegram');
  return talk;
}

async function idOf(talk: Talk, user: string): Promise<string> {
  return (await talk.store.findTurn(talk.senderOf(user), null)).person.id;
}

describe('linking', () => {
  test('both see the orders of both, newest first, and before each only its own', async () => {
    const talk = await twoPlaces();
    expect(await talk.say('kim', '주문조회')).not.toContain('박철수');
    await talk.link('kim', 'kim@telegram');
    for (const user of ['kim', 'kim@telegram']) {
      const said = await talk.say(user, '주문조회');
      expect(said).toContain('김영희');
      expect(said.indexOf('박철수')).toBeLessThan(said.indexOf('김영희'));
    }
    await talk.isSound();
  });

  test('asks once what will be shared, without a word of whose it is, and warns of a stranger', async () => {
    const talk = await twoPlaces();
    const question = await talk.say('kim@telegram', await talk.linkCode('kim'));
    expect(question).toContain('카카오톡 대화방과 연결할까요?');
    expect(question).toContain('다른 사람이 보내라고 했다면');
    expect(question).not.toMatch(/김영희|박철수|역삼로|P7-/);
    expect(await talk.press('kim@telegram', '아니요')).toContain('연결하지 않았어요');
    expect(await talk.say('kim@telegram', '주문조회')).not.toContain('김영희');
  });

  test('opens the other messenger with the code, but not where he stands already', async () => {
    const talk = await twoPlaces();
    const code = (await talk.linkCode('kim')).replace(/[^A-Z0-9]/g, '');
    expect(code).toHaveLength(8);
    expect(talk.reply('kim').choices).toContainEqual({
      label: '텔레그램에서 열기',
      url: `https://t.me/haetsal_bot?start=link-${code}`,
    });
    await talk.linkCode('kim@telegram');
    expect(talk.buttons('kim@telegram')).not.toContain('텔레그램에서 열기');
  });

  test('a typed yes links too; said later it is a yes to nothing', async () => {
    const talk = await twoPlaces();
    await talk.say('kim@telegram', await talk.linkCode('kim'));
    await talk.say('kim@telegram', '메뉴');
    await talk.say('kim@telegram', '네');
    expect(await talk.store.findAccount(await idOf(talk, 'kim'))).toEqual([]);
    await talk.say('kim@telegram', await talk.linkCode('kim'));
    expect(await talk.say('kim@telegram', '네')).toContain('연결했어요');
  });

  test('the side that made the code hears of it, with a way out', async () => {
    const talk = await twoPlaces();
    await talk.link('kim@telegram', 'kim');
    const [heard] = await talk.heard('kim@telegram');
    expect(heard).toContain('카카오톡 대화방이 연결됐어요');
    await talk.press('kim@telegram', '연결 해제');
    await talk.press('kim@telegram', '네, 끊어요');
    expect(await talk.say('kim@telegram', '주문조회')).not.toContain('김영희');
    expect(await talk.say('kim', '메뉴')).toContain('이 대화방의 연결이 끊겼어요');
  });

  test('what is told of the link waits where nobody can be spoken to first, not elsewhere', async () => {
    const talk = await linked();
    expect((await talk.heard('kim@telegram')).join()).not.toContain('연결됐어요');
    expect(await talk.say('kim', '메뉴')).toContain('텔레그램 대화방이 연결됐어요');
  });

  test('a stranger may make a code, and a stranger may use it', async () => {
    const talk = await openTalk();
    await talk.link('new', 'newer@telegram');
    await talk.buy('new', KIM);
    expect(await talk.say('newer@telegram', '주문조회')).toContain('김영희');
  });

  test('recipients are known on both, and the same order again is asked about', async () => {
    const talk = await linked();
    await talk.say('kim@telegram', '김영희 3상자');
    expect(talk.buttons('kim@telegram')).toContain('주문 확정');
    await talk.press('kim@telegram', '그만두기');
    await talk.say('kim@telegram', KIM);
    await talk.press('kim@telegram', '주문 확정');
    await talk.say('kim', KIM);
    expect(await talk.press('kim', '주문 확정')).toContain('하나 더 주문할까요?');
  });

  test('either cancels what the other ordered, and it is cancelled once', async () => {
    const talk = await linked();
    await talk.say('kim@telegram', '김영희 취소');
    await talk.press('kim@telegram', '네, 취소해요');
    const orders = await talk.orders();
    expect(orders.map(({ state }) => state).sort()).toEqual(['cancelled', 'paid']);
    expect(await talk.say('kim', '환불 계좌')).toContain('계좌');
    await talk.isSound();
  });

  test('a role acts where it was given and nowhere else', async () => {
    const talk = await openTalk();
    await talk.join('tutu', ['farmer', 'seller']);
    await talk.link('tutu', 'tutu@telegram');
    expect(await talk.say('tutu@telegram', '목록')).not.toContain('상자 ·');
    expect((await talk.store.findTurn(talk.senderOf('tutu@telegram'), null)).roles).toEqual([]);
    await talk.buy('kim', KIM);
    await talk.say('kim', '취소');
    await talk.press('kim', '네, 취소해요');
    expect(await talk.heard('tutu@telegram')).toEqual([]);
    expect(await talk.say('tutu@telegram', '메뉴')).not.toContain('취소');
  });
});

describe('a code', () => {
  test.each([
    ['that nobody made', async () => '연결 AAAA-AAAA'],
    [
      'after ten minutes',
      async (talk: Talk) => {
        const code = await talk.linkCode('kim');
        talk.passMs(10 * MINUTE_MS);
        return code;
      },
    ],
    [
      'used before',
      async (talk: Talk) => {
        const code = await talk.linkCode('kim');
        await talk.say('lee@telegram', code);
        await talk.press('lee@telegram', '네, 연결해요');
        return code;
      },
    ],
    [
      'in whose place a newer one was made',
      async (talk: Talk) => {
        const code = await talk.linkCode('kim');
        await talk.linkCode('kim');
        return code;
      },
    ],
  ])('%s links nobody', async (_, make) => {
    const talk = await twoPlaces();
    const code = await make(talk);
    expect(await talk.say('kim@telegram', code)).toContain('맞지 않거나 시간이 지났어요');
    expect(await talk.store.findAccount(await idOf(talk, 'kim@telegram'))).toEqual([]);
  });

  test('that two answer with yes at once links one of them', async () => {
    const talk = await twoPlaces();
    const code = await talk.linkCode('kim');
    await talk.say('kim@telegram', code);
    await talk.say('eve@discord', code);
    const said = await Promise.all(
      ['kim@telegram', 'eve@discord'].map((user) => talk.pressAtOnce(user, '네, 연결해요')),
    );
    const texts = said.map(({ texts }) => texts.join());
    expect(texts.filter((text) => text.includes('연결했어요'))).toHaveLength(1);
    expect(await talk.store.findAccount(await idOf(talk, 'kim'))).toHaveLength(2);
  });

  test('answered after its ten minutes links nobody', async () => {
    const talk = await twoPlaces();
    await talk.say('kim@telegram', await talk.linkCode('kim'));
    talk.passMs(10 * MINUTE_MS);
    expect(await talk.press('kim@telegram', '네, 연결해요')).toContain('시간이 지났어요');
  });

  test('may be tried five times an hour by one sender; the admins hear, and staff codes go on', async () => {
    const talk = await twoPlaces();
    const { store } = talk;
    const expiresAt = '2027-01-01T00:00:00Z';
    await store.createInvite({ codeHash: 'CODEBOSS', storeId: '*', roles: ['admin'], expiresAt });
    await talk.say('boss', '등록 CODEBOSS');
    for (let no = 2; no < 7; no++) await talk.say('eve', `연결 AAAA-BBB${no}`);
    const code = await talk.linkCode('kim');
    expect(await talk.say('eve', code)).toContain('1시간 뒤에 다시');
    expect(await talk.say('boss', '메뉴')).toContain('연결 번호를 한 사람이 5번 틀려서');
    expect(talk.logged.filter((event) => event === 'account.refused')).toHaveLength(6);
    await talk.join('eve', ['farmer']);
    talk.passMs(HOUR_MS);
    expect(await talk.say('eve', await talk.linkCode('kim'))).toContain('연결할까요?');
  });

  test('of his own, of somebody linked already, or of another account is refused with the reason', async () => {
    const talk = await linked();
    expect(await talk.say('kim', await talk.linkCode('kim'))).toContain('다른 톡에서');
    expect(await talk.say('kim@telegram', await talk.linkCode('kim'))).toContain('이미 연결');
    await talk.link('lee', 'lee@discord');
    expect(await talk.say('lee', await talk.linkCode('kim'))).toContain('두 곳 모두');
  });

  test('for a fifth place is not made', async () => {
    const talk = await linked();
    await talk.link('kim', 'kim@discord');
    await talk.link('kim', 'kim@web');
    expect(await talk.say('kim', '다른 톡 연결')).toContain('4곳까지');
    await talk.isSound();
  });
});

describe('unlinking', () => {
  test('leaves each with the orders placed by it', async () => {
    const talk = await linked();
    await talk.say('kim', '연결 해제');
    expect(await talk.press('kim', '네, 끊어요')).toContain('각자 그곳에서 주문한 것만');
    expect(await talk.say('kim', '주문조회')).not.toContain('박철수');
    expect(await talk.say('kim@telegram', '주문조회')).not.toContain('김영희');
    await talk.isSound();
  });

  test('asks whom where there are several, and the others stay linked', async () => {
    const talk = await linked();
    await talk.link('kim', 'kim@discord');
    await talk.say('kim', '연결 해제');
    expect(talk.buttons('kim').slice(0, 3)).toEqual(['이 톡', '텔레그램', '디스코드']);
    await talk.press('kim', '텔레그램');
    await talk.press('kim', '네, 끊어요');
    expect(await talk.say('kim@telegram', '주문조회')).not.toContain('김영희');
    expect(await talk.say('kim@discord', '주문조회')).toContain('김영희');
  });

  test('where nothing is linked says so and offers to', async () => {
    const talk = await twoPlaces();
    expect(await talk.say('kim', '연결 해제')).toContain('연결된 다른 톡이 없어요');
    expect(talk.buttons('kim')[0]).toBe('다른 톡 연결');
  });

  test('a stranger who presses the button of a notice unlinks nobody', async () => {
    const talk = await linked();
    const choices = [
      {
        label: '연결 해제',
        say: '연결 해제',
        press: { key: null, act: 'unlink', ref: await idOf(talk, 'kim') },
      },
    ];
    expect(await talk.press('eve', '연결 해제', { texts: [], choices })).toContain('이미 연결이');
    expect(await talk.store.findAccount(await idOf(talk, 'kim'))).toHaveLength(2);
  });

  test('takes along what still waits for him elsewhere', async () => {
    const talk = await linked();
    talk.setNow('2026-07-20T14:00:00Z');
    const kims = (await talk.orders()).find(({ code }) => code === 'P7-001');
    if (kims === undefined) throw new Error('no order');
    const shipped = { parcelIds: null, to: 'shipped', carrier: null, waybills: [] } as const;
    const asked = await talk.asked('farmer');
    await talk.store.submit(ordering.advanceParcels(asked, kims.id, shipped));
    // It waits on Telegram for the morning.
    expect(await talk.heard('kim@telegram')).not.toContain('보냈어요');
    await talk.say('kim', '연결 해제');
    await talk.press('kim', '네, 끊어요');
    talk.passMs(12 * HOUR_MS);
    expect((await talk.heard('kim@telegram')).join()).not.toContain('김영희');
    expect(await talk.say('kim', '메뉴')).toContain('상자를 보냈어요');
    await talk.isSound();
  });
});

describe('what was begun while they were linked is over once they are not', () => {
  async function part(talk: Talk): Promise<void> {
    await talk.say('kim', '연결 해제');
    expect(await talk.press('kim', '네, 끊어요')).toContain('연결을 끊었어요');
  }

  async function statesOf(talk: Talk): Promise<string[]> {
    return (await talk.orders()).map(({ state }) => state);
  }

  test('a yes cancels nothing of the other, pressed or typed', async () => {
    for (const answer of ['press', 'say'] as const) {
      const talk = await linked();
      await talk.say('kim@telegram', '김영희 취소');
      const question = talk.reply('kim@telegram');
      await part(talk);
      if (answer === 'say') await talk.say('kim@telegram', '네');
      else await talk.press('kim@telegram', '네, 취소해요', question);
      expect(await statesOf(talk)).toEqual(['paid', 'paid']);
    }
  });

  test('an account takes no refund of the other', async () => {
    const talk = await linked();
    await talk.say('kim@telegram', '김영희 취소');
    await talk.press('kim@telegram', '네, 취소해요');
    await part(talk);
    await talk.say('kim@telegram', '농협 302-1234-5678-91 이영호');
    const cancelled = (await talk.orders()).find(({ state }) => state === 'cancelled');
    const [refund] = await talk.store.findRefunds('peach', cancelled?.id ?? '');
    expect(refund).toMatchObject({ state: 'needs_account' });
  });

  test('of three it is over between who left and the two who stay linked', async () => {
    const talk = await linked();
    await talk.link('kim', 'third@discord');
    await talk.say('third@discord', '박철수 취소');
    await talk.say('kim@telegram', '연결 해제');
    await talk.press('kim@telegram', '이 톡');
    await talk.press('kim@telegram', '네, 끊어요');
    await talk.say('third@discord', '네');
    expect(await statesOf(talk)).toEqual(['paid', 'paid']);
    expect(await talk.say('third@discord', '주문조회')).toContain('김영희');
  });

  test('a draft with the other’s recipient is gone', async () => {
    const talk = await linked();
    await talk.say('kim@telegram', '김영희 3상자');
    const card = talk.reply('kim@telegram');
    await part(talk);
    await talk.press('kim@telegram', '주문 확정', card);
    expect(await talk.orders()).toHaveLength(2);
  });

  test('links to the pages of orders that the other was shown lead nowhere, and new ones do', async () => {
    const talk = await linked();
    const pages = () =>
      talk.reply('kim').choices.flatMap((one) => ('url' in one ? [one.url.split('/o/')[1]] : []));
    await talk.say('kim', '주문조회');
    const before = pages();
    expect(before).toHaveLength(2);
    await part(talk);
    for (const token of before)
      expect(await followOrderLink(talk.store, { token: token ?? '', now: talk.now() })).toEqual({
        refused: 'revoked',
      });
    await talk.say('kim', '주문조회');
    const [own] = pages();
    expect(await followOrderLink(talk.store, { token: own ?? '', now: talk.now() })).toHaveProperty(
      'order',
    );
  });

  test('a turn that was under way begins anew', async () => {
    const talk = await linked();
    const turn = await talk.store.findTurn(talk.senderOf('kim@telegram'), null);
    await part(talk);
    const settle = () => ({ conversation: turn.conversation, reply: null });
    const end = { turn, shown: [], settle };
    await expect(
      talk.store.endTurn({ storeId: 'peach', now: talk.now(), end }),
    ).rejects.toBeInstanceOf(StaleTurn);
  });
});

test('what died on one platform is shown after unlinking to whom it belongs, and to nobody else', async () => {
  const talk = await linked();
  talk.block('kim@telegram');
  await again(talk, 'kim', KIM);
  expect(await talk.heard('kim@telegram')).toEqual([]);
  // By the operator: whoever says a word hears what waits before it.
  const of = { personId: await idOf(talk, 'kim'), actorId: null, now: talk.now() };
  expect(await talk.store.unlinkPerson(of)).toEqual({ platform: 'kakao' });
  expect(await talk.say('kim@telegram', '메뉴')).not.toContain('입금완료');
  expect(await talk.say('kim', '메뉴')).toContain('입금완료');
  await talk.isSound();
});

/** The same once more, long enough after to be no mistake. */
async function again(talk: Talk, user: string, text: string): Promise<void> {
  talk.passMs(11 * MINUTE_MS);
  await talk.buy(user, text);
}

describe('notices', () => {
  test('of an order on KakaoTalk are pushed where he can be spoken to first', async () => {
    const talk = await linked();
    await again(talk, 'kim', KIM);
    expect((await talk.heard('kim@telegram')).join()).toContain('입금완료');
    expect(await talk.say('kim', '메뉴')).not.toContain('입금완료');
  });

  test('go where he wants to hear them', async () => {
    const talk = await linked();
    await talk.link('kim', 'kim@discord');
    expect(await talk.say('kim', '알림은 디스코드로')).toContain('디스코드에 먼저');
    await talk.heard('kim@telegram');
    await again(talk, 'kim@telegram', KIM);
    expect(await talk.heard('kim@telegram')).toEqual([]);
    expect((await talk.heard('kim@discord')).join()).toContain('입금완료');
    await talk.say('kim@telegram', '알림은 여기로');
    await again(talk, 'kim', PARK);
    expect((await talk.heard('kim@telegram')).join()).toContain('입금완료');
  });

  test('that one platform refuses come by the other, once, and nothing more is tried there', async () => {
    const talk = await linked();
    await talk.link('kim', 'kim@discord');
    await talk.say('kim', '알림은 텔레그램으로');
    talk.block('kim@telegram');
    await again(talk, 'kim', KIM);
    expect(await talk.heard('kim@telegram')).toEqual([]);
    expect((await talk.heard('kim@discord')).join()).toContain('입금완료');
    talk.block('kim@telegram', false);
    await again(talk, 'kim', PARK);
    expect((await talk.heard('kim@discord')).join()).toContain('입금완료');
    // Whoever writes lets us in again.
    await talk.say('kim@telegram', '메뉴');
    await again(talk, 'kim', KIM);
    expect((await talk.heard('kim@telegram')).join()).toContain('입금완료');
    expect(await talk.store.listOutbox({ state: 'dead', limit: 9 })).toEqual([]);
    await talk.isSound();
  });

  test('wait for the next contact on any side when all refuse; only the first is a dead letter', async () => {
    const talk = await linked();
    const stateOf = async (state: 'dead' | 'held') =>
      (await talk.store.listOutbox({ state, limit: 9 })).map(({ kind }) => kind);
    talk.block('kim@telegram');
    await again(talk, 'kim', KIM);
    await talk.heard('kim@telegram');
    expect(await stateOf('dead')).toEqual(['paid']);
    expect(await talk.say('kim', '메뉴')).toContain('입금완료');
    await again(talk, 'kim', PARK);
    expect(await talk.heard('kim@telegram')).toEqual([]);
    expect(await stateOf('dead')).toEqual([]);
    expect(await stateOf('held')).toEqual(['paid']);
    expect(await talk.say('kim', '메뉴')).toContain('입금완료');
    expect(await talk.say('kim@telegram', '메뉴')).not.toContain('입금완료');
    await talk.isSound();
  });

  test('are sent again when the platform says that he lets us in', async () => {
    const talk = await twoPlaces();
    talk.block('kim@telegram');
    await again(talk, 'kim@telegram', KIM);
    await talk.heard('kim@telegram');
    talk.block('kim@telegram', false);
    talk.passMs(11 * MINUTE_MS);
    const reach = { sender: talk.senderOf('kim@telegram'), now: talk.now() };
    await talk.store.setReach({ ...reach, isReachable: true });
    expect((await talk.heard('kim@telegram')).join()).toContain('입금완료');
    await talk.say('kim@telegram', PARK);
    await talk.press('kim@telegram', '주문 확정');
    await talk.store.setReach({ ...reach, isReachable: false });
    const [newest] = await talk.orders();
    if (newest !== undefined) await talk.pay(newest);
    expect(await talk.heard('kim@telegram')).toEqual([]);
    expect(await talk.say('kim@telegram', '메뉴')).toContain('입금완료');
  });
});

test('who has himself erased is erased everywhere he is linked', async () => {
  const talk = await openTalk();
  for (const [user, text] of [
    ['kim', KIM],
    ['kim@telegram', PARK],
  ] as const) {
    await talk.say(user, text);
    await talk.press(user, '주문 확정');
    await talk.say(user, '취소');
    await talk.press(user, '네, 취소해요');
  }
  await talk.link('kim', 'kim@telegram');
  const ids = [await idOf(talk, 'kim'), await idOf(talk, 'kim@telegram')];
  expect(await talk.say('kim', '내 정보 삭제')).toContain('연결된 다른 톡');
  expect(await talk.press('kim', '네, 지워 주세요')).toContain('모두 지웠어요');
  for (const order of await talk.orders()) expect(order.parcels[0]?.recipient).not.toMatch(/김|박/);
  expect(ids).not.toContain(await idOf(talk, 'kim@telegram'));
  await talk.isSound();
});
