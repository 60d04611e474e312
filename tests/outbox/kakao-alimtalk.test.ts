import { describe, expect, test } from 'vitest';
import { FORMS, type Form } from '../../src/chat/bot.ts';
import { FORM_TEXTS, formText } from '../../src/chat/replies/index.ts';
import * as ordering from '../../src/orders/ordering.ts';
import { ATTEMPTS_MAX } from '../../src/outbox/retry.ts';
import { openKakaoPost } from '../support/kakao-post.ts';
import { requestFor } from '../support/shop.ts';
import type { SolapiFault } from '../support/solapi.ts';

const PHONE = '01012345678';
const TEMPLATES: ReadonlyMap<Form, string> = new Map(FORMS.map((form) => [form, `KA01TP-${form}`]));

type Post = Awaited<ReturnType<typeof openKakaoPost>>;

/** With every form registered as it stands in the replies, and without the Event API. */
async function open({
  withEvent = false,
  templates = TEMPLATES,
  phone = '010-1234-5678',
}: {
  readonly withEvent?: boolean;
  readonly templates?: ReadonlyMap<Form, string>;
  readonly phone?: string | null;
} = {}): Promise<Post> {
  const post = await openKakaoPost({ withEvent, templates });
  if (phone !== null) await post.givePhone(phone);
  for (const [form, id] of templates) post.solapi.registered.set(id, FORM_TEXTS[form]);
  return post;
}

/** Looks every few seconds for so many minutes, with Kakao's reports coming in at once. */
async function wait(post: Post, minutes: number, report: string | null = '4000') {
  for (let second = 0; second < minutes * 60; second += 5) {
    if (report !== null) post.solapi.report(report);
    post.pass(5000);
    await post.deliver();
  }
}

describe('a notice by Alimtalk', () => {
  test('is the registered text with its values, to the phone of the person, and is done when Kakao says so', async () => {
    const post = await open();
    await post.farm.placePaid('ord_1');
    await post.deliver();
    expect(post.row('paid')).toMatchObject({ state: 'due', cause: 'accepted' });
    const [message] = post.solapi.messages;
    expect(message?.to).toBe(PHONE);
    const { code } = (await post.store.findOrder('peach', 'ord_1')) ?? {};
    expect(message?.text).toBe(
      [
        '[농원 peach] 입금을 확인했어요.',
        '',
        `주문번호: ${code}`,
        '입금액: 40,000원',
        '출하 예정일: 7/21(화)',
        '',
        "자세한 내용은 채널에서 '주문조회'라고 보내시면 보여 드려요.",
      ].join('\n'),
    );
    await wait(post, 2);
    expect(post.row('paid')).toMatchObject({ state: 'done', copies: 0 });
    expect(post.solapi.messages).toHaveLength(1);
    expect(post.spent).toEqual([{ route: 'alimtalk', krw: 13 }]);
  });

  test('says by its form, to the letter, what was kept of it', async () => {
    const post = await open();
    await post.farm.placePaid('ord_1', { boxes: 2 }, { boxes: 1 });
    await post.deliver();
    await wait(post, 1);
    await post.farm.cancel('ord_1', null, 'seller');
    await post.deliver();
    const kept = await post.keptForms();
    expect(kept.map(({ name }) => name)).toEqual(['paid', 'cancelled']);
    expect(post.solapi.messages.map(({ text }) => text)).toEqual(kept.map(formText));
  });

  test('tells several together by one form', async () => {
    const post = await open();
    await post.farm.placePaid('ord_1');
    await post.farm.placePaid('ord_2');
    await post.deliver();
    expect(post.solapi.messages).toHaveLength(1);
    expect(post.solapi.messages[0]?.text).toContain('주문 소식이 2건 있어요.');
    await wait(post, 1);
    expect(post.rows('paid').map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test('without a registered form waits for the next contact, and costs nothing', async () => {
    const post = await open({ templates: new Map([['shipped', 'KA01TP-shipped']]) });
    await post.farm.placePaid('ord_1');
    await post.deliver();
    expect(post.solapi.messages).toEqual([]);
    expect(post.row('paid').state).toBe('held');
    expect((await post.person().say('안녕하세요')).texts.join()).toContain('입금완료');
    expect(post.spent).toEqual([]);
  });

  test('goes to the phone that the order was placed with, where the person gave none', async () => {
    const post = await open({ phone: null });
    const { farm } = post;
    const request = { ...requestFor({}), buyer: { name: '영희맘', phone: '+82 10-9999-8888' } };
    const buyerId = farm.buyerId;
    await post.store.submit(ordering.place(farm.asked(), { id: 'ord_1', buyerId, request }));
    await farm.pay('ord_1');
    await post.deliver();
    expect(post.solapi.messages.map(({ to }) => to)).toEqual(['01099998888']);
  });

  test.each([null, '063-220-1234', '010-123'])(
    'to the phone %s waits for the next contact',
    async (phone) => {
      const post = await open({ phone });
      await post.farm.placePaid('ord_1');
      await post.deliver();
      expect(post.solapi.messages).toEqual([]);
      expect(post.row('paid').state).toBe('held');
    },
  );
});

describe('the order of the routes', () => {
  test('the Event API comes first, and Alimtalk is not paid beside it', async () => {
    const post = await open({ withEvent: true });
    await post.farm.placePaid('ord_1');
    await post.deliver();
    await wait(post, 3);
    expect(post.event.screens).toHaveLength(1);
    expect(post.solapi.messages).toEqual([]);
    expect(post.spent.map(({ route }) => route)).toEqual(['event']);
  });

  test('what the Event API does not take goes by Alimtalk at once', async () => {
    const post = await open({ withEvent: true });
    post.event.faults.push('fail');
    await post.farm.placePaid('ord_1');
    await post.deliver();
    expect(post.solapi.messages).toHaveLength(1);
    await wait(post, 1);
    expect(post.row('paid').state).toBe('done');
  });

  test('what the Event API took and could not show goes by Alimtalk after a minute', async () => {
    const post = await open({ withEvent: true });
    post.event.blocked.add(post.farm.sender.user);
    await post.farm.placePaid('ord_1');
    await post.deliver();
    expect(post.solapi.messages).toEqual([]);
    await wait(post, 3);
    expect(post.solapi.messages).toHaveLength(1);
    expect(post.row('paid').state).toBe('done');
    expect(post.event.calls).toHaveLength(1);
  });
});

describe('when Solapi fails', () => {
  const faults: readonly (readonly [string, SolapiFault])[] = [
    ['429', { status: 429, retryAfter: 20 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['a signature it does not take', { status: 403, errorCode: 'SignatureDoesNotMatch' }],
    ['a dropped connection', 'drop'],
    ['a lost answer', 'lost'],
    ['no answer', 'hang'],
  ];
  test.each(faults)('%s: the message arrives, and once', async (_, fault) => {
    const post = await open();
    post.solapi.faults.push(fault);
    await post.farm.placePaid('ord_1');
    await post.deliver();
    await wait(post, 5);
    expect(post.row('paid').state).toBe('done');
    expect(post.solapi.messages).toHaveLength(1);
  });

  test.each(['lost', 'hang'] as const)(
    '%s: a new process asks before it sends again',
    async (fault) => {
      const post = await open();
      post.solapi.faults.push(fault);
      await post.farm.placePaid('ord_1');
      await post.deliver();
      const looksBefore = post.solapi.looks();
      post.restart();
      await wait(post, 5);
      expect(post.solapi.looks()).toBeGreaterThan(looksBefore);
      expect(post.solapi.messages).toHaveLength(1);
      expect(post.row('paid').state).toBe('done');
    },
  );

  test.each([429, 500, 503, 403])(
    'as long as nobody can say whether it was taken (%i), it is not sent again',
    async (status) => {
      const post = await open();
      post.solapi.faults.push('lost');
      await post.farm.placePaid('ord_1');
      await post.deliver();
      post.solapi.listFails(status);
      await wait(post, 10, null);
      expect(post.solapi.messages).toHaveLength(1);
      post.solapi.listFails(null);
      post.solapi.report();
      await wait(post, 70);
      expect(post.solapi.messages).toHaveLength(1);
      expect(post.row('paid').state).toBe('done');
    },
  );

  test.each([
    ['3104', 'bad_address'],
    ['3107', 'blocked'],
    ['2060', 'blocked'],
    ['3103', 'template_refused'],
    ['1043', 'template_refused'],
    ['1062', 'template_refused'],
  ] as const)('%s is for good: %s, and waits for the next contact', async (code, cause) => {
    const post = await open();
    post.solapi.faults.push({ code });
    await post.farm.placePaid('ord_1');
    await post.deliver();
    await wait(post, 5);
    expect(post.row('paid')).toMatchObject({ state: 'dead', cause });
    expect(post.solapi.messages).toHaveLength(1);
    expect((await post.person().say('안녕하세요')).texts.join()).toContain('입금완료');
    expect(post.row('paid').state).toBe('done');
  });

  test('a text that is not the registered one is refused, not sent', async () => {
    const post = await open();
    post.solapi.registered.set('KA01TP-paid', `${FORM_TEXTS.paid} #{더있는값}`);
    await post.farm.placePaid('ord_1');
    await post.deliver();
    expect(post.row('paid')).toMatchObject({ state: 'dead', cause: 'template_refused' });
  });

  test.each([{ code: '1030' }, { status: 402, errorCode: 'NotEnoughBalance' }] as const)(
    'an empty balance is told to nobody as a failure of theirs: the notice waits (%o)',
    async (fault) => {
      const post = await open();
      post.solapi.faults.push(fault);
      await post.farm.placePaid('ord_1');
      await post.deliver();
      expect(post.row('paid').state).toBe('held');
      expect(post.logged.map(({ event }) => event)).toContain('kakao.unpaid');
    },
  );

  test('a report that never comes is waited for a while, and is no reason to send again', async () => {
    const post = await open();
    await post.farm.placePaid('ord_1');
    await post.deliver();
    await wait(post, 60, null);
    expect(post.solapi.messages).toHaveLength(1);
    expect(post.row('paid').state).toBe('done');
    expect(post.row('paid').attempts).toBeLessThanOrEqual(ATTEMPTS_MAX);
  });
});

test('no log line holds a phone number or a word of what was sent', async () => {
  const post = await open();
  post.solapi.faults.push({ status: 500 }, 'lost');
  await post.farm.placePaid('ord_1');
  await post.deliver();
  await wait(post, 5);
  const log = JSON.stringify(post.logged);
  expect(log).not.toContain(PHONE);
  expect(log).not.toMatch(/010-?\d{4}/);
  expect(log).not.toMatch(/\p{Script=Hangul}/u);
});
