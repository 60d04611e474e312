// A buyer who writes English is answered in English, from the first word to the last.
import { beforeEach, describe, expect, test } from 'vitest';
import { ordering } from '../../src/app.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const ADDRESS = '서울 노원구 동일로 1729 103동 1204호';
const NEW_ADDRESS = '서울 강남구 테헤란로 1 101호';
const TWO =
  '2 boxes to Lee Jiwon 010-2222-3333, 제주 제주시 첨단로 242 and 1 box to Park Minho 010-3333-4444, 부산 해운대구 우동1로 20';
/** Names, addresses, goods and the bank are written as they are. */
const AS_THEY_ARE = [
  ADDRESS,
  NEW_ADDRESS,
  '제주 제주시 첨단로 242',
  '부산 해운대구 우동1로 20',
  '햇살농원',
  '복숭아 4kg',
  '농협 302-0000-0000-01 예시농부',
  '농협 302-1234-5678-91 김영희',
  '농협 3021234567891 김영희',
  '하나은행',
  '서울 강남구',
  '서울 노원구',
  '서울시 …',
  '김민수',
];

let talk: Talk;

beforeEach(async () => {
  talk = await openTalk();
});

/** Says it and holds the whole answer, buttons and what they would say included, to one language. */
async function say(text: string): Promise<string> {
  return inEnglish(await talk.say('buyer', text));
}

async function press(label: string): Promise<string> {
  return inEnglish(await talk.press('buyer', label));
}

function inEnglish(answer: string): string {
  const choices = talk
    .reply('buyer')
    .choices.map((choice) => ('say' in choice ? `${choice.label} ${choice.say}` : choice.label));
  let rest = [answer, ...choices].join('\n');
  for (const known of AS_THEY_ARE) rest = rest.replaceAll(known, '');
  expect(rest.match(/[ㄱ-ㆎ가-힣]+/gu) ?? [], answer).toEqual([]);
  return answer;
}

describe('a whole order in English', () => {
  test('is asked, shown, placed, paid for, changed and cancelled without a Korean word', async () => {
    expect(await say('Hello')).toContain('Hello, I take the orders for');
    expect(await say('help')).toContain('how many boxes');
    expect(await say('what do you sell?')).toContain('35,000 won a box');
    expect(await say('I want to order 2 boxes of peaches please')).toContain('full address');
    expect(await say(ADDRESS)).toContain("What is the recipient's name?");
    expect(talk.reply('buyer').texts.join()).toContain('erased 90 days after delivery');
    expect(await say('Kim Minsu')).toContain('phone number?');
    expect(await say('ok')).toContain('phone number?');
    const card = await say('010-1234-5678');
    expect(card).toContain('Total 75,000 won');
    expect(card).toContain('복숭아 4kg × 2 boxes · ships Tue, Jul 21 (estimate)');
    expect(await say('make it 3 boxes please')).toContain('Total 115,000 won');
    expect(await press('Edit')).toContain('write what to change');
    expect(await say('why Tuesday?')).toContain('the cut-off of that day (06:00) has passed');
    const paying = await say('confirm order');
    expect(paying).toContain('Order number P7-001');
    expect(paying).toContain('Amount to pay 115,000 won');
    expect(paying).toContain('KimMinsu001');
    expect(await say('skip')).toContain('as soon as your payment is confirmed');
    expect(await say('account number?')).toContain('Please pay by Tue, Jul 21, 12:');
    expect(await say('I have paid')).toContain('P7-001');
    expect(await say('where is my order?')).toContain('P7-001 · waiting for payment');
    expect(await say('order status')).toContain('P7-001 · waiting for payment');
    expect(await say('change to 2 boxes')).toContain('from 3 boxes to 2 boxes?');
    expect(await say('yes please')).toContain('Kim Minsu now gets 2 boxes');
    expect(await say('change the address')).toContain('new address for Kim Minsu');
    expect(await say(NEW_ADDRESS)).toContain('is changed');
    const [order] = await talk.orders();
    if (order === undefined) throw new Error('nothing was ordered');
    await talk.pay(order);
    expect(await say('my orders')).toContain('P7-001 · paid');
    expect(await say('cancel my order')).toContain('you get 75,000 won back');
    expect(await say('yes, cancel it')).toContain('We will refund 75,000 won');
    expect(await say('농협 302-1234-5678-91 김영희')).toContain('send the refund');
    expect(await say('cancel')).toContain('P7-001 is cancelled');
    expect(await say('thanks!')).toContain('Thank you');
    await talk.isSound();
  });

  test('goes to several, again, and on another day', async () => {
    const card = await say(TWO);
    expect(card).toContain('1) Lee Jiwon 010-2222-3333');
    expect(card).toContain('2) Park Minho 010-3333-4444');
    expect(await say('please deliver it on July 25')).toContain('to arrive Sat, Jul 25');
    await press('Discard');
    await say(`2 boxes to Kim Minsu 010-1234-5678, ${ADDRESS}`);
    await press('Confirm order');
    expect(await say('same as last time please')).toContain('Kim M○○ · 서울 노원구 · ···5678');
    expect(await press('Confirm order')).toContain('Shall I place another one?');
    expect(await say('no')).toContain('discarded');
    expect(await say('3 boxes to Kim Minsu')).toContain('Total 115,000 won');
  });

  test('is refused with the reason', async () => {
    await say(`60 boxes to Kim Minsu 010-1234-5678, ${ADDRESS}`);
    expect(talk.reply('buyer').texts.join()).toContain('1 to 50 boxes');
    expect(await say('45 boxes')).toContain('at most 40 boxes a day');
    await say('drop it');
    expect(await say('x'.repeat(4_001))).toContain('too long');
  });

  test('is shipped, arrives, and is complained of', async () => {
    await say(`2 boxes to Kim Minsu 010-1234-5678, ${ADDRESS}`);
    await press('Confirm order');
    await say('skip');
    const order = await talk.onlyOrder();
    await talk.pay(order);
    expect(await say('when does it ship?')).toContain('ships Tue, Jul 21');
    await talk.store.submit(
      ordering.advanceParcels(await talk.asked('seller'), order.id, {
        parcelIds: order.parcels.map(({ id }) => id),
        to: 'shipped',
        carrier: 'kr.cjlogistics',
        waybills: ['123456789012'],
      }),
    );
    expect(await say('where is it?')).toContain('Waybill CJ Logistics 123456789012');
    expect(await say('cancel')).toContain('can no longer be cancelled');
    expect(await say('I got it, thanks')).toContain('Enjoy!');
    expect(await press('Report problem')).toContain('What is wrong with P7-001?');
    expect(await say('two peaches are rotten')).toContain('told the seller');
    expect(await say('is it sweet?')).toContain('cannot answer that myself');
    expect(await say('delete my data')).toContain('Shall I erase');
    expect(await press('Yes, erase it')).toContain('Everything is erased');
  });
});

test('money back and a receipt are spoken of in English', async () => {
  await talk.buy('buyer', '박철수 010-1234-5678 서울 노원구 동일로 1729 103동 1204호 2상자');
  await talk.say('buyer', 'Thank you');
  expect(await say('Can I have an invoice?')).toContain('business number and the e-mail');
  expect(await say('123-45-67891')).toContain('e-mail address too');
  expect(await say('kim@example.com')).toContain('invoice (VAT-exempt)');
  expect(await say('cash receipt please')).toContain('Which number');
  expect(await say('12345678')).toContain('That number is not right');
  expect(await say('my number is 010-7777-8888')).toContain('010-7777-8888');
  await talk.say('buyer', 'Cancel order');
  await press('Yes, cancel');
  expect(await say('010-7777-8888 Jane Doe')).toContain('looks like a phone number');
  expect(await say('302-1234-5678')).toContain('Please send the bank too');
  expect(await say('KEB Hana')).toContain('Got your refund account');
});

describe('the language', () => {
  test('is that of the last message that shows one', async () => {
    expect(await talk.say('buyer', 'hi')).toContain('Hello');
    expect(await talk.say('buyer', '가격 알려주세요')).toContain('35,000원');
    expect(await talk.say('buyer', 'ok')).toMatch(/[가-힣]{2}/u);
    expect(await talk.say('buyer', 'how much is it?')).toContain('35,000 won');
    expect(await talk.say('buyer', 'ok')).not.toContain('요.');
  });

  test('stays with names and addresses, whatever they are written in', async () => {
    await say('I want 2 boxes please');
    await say(ADDRESS);
    expect(await say('김민수')).toContain('phone number?');
    expect(await say('010-1234-5678')).toContain('Total');
  });

  test('is Korean where the buyer writes Korean, whatever Latin stands in it', async () => {
    const card = await talk.say('buyer', `John Miller 010-1234-5678 ${ADDRESS} 2상자 OK`);
    expect(card).toContain('합계 75,000원');
    expect(card).not.toContain('Total');
  });

  test('of a button is its own, and an English label may be typed', async () => {
    await say(`2 boxes to Kim Minsu 010-1234-5678, ${ADDRESS}`);
    expect(await say('Confirm Order')).toContain('Order number');
    const old = talk.reply('buyer');
    await talk.say('buyer', '주문조회');
    expect(await talk.press('buyer', 'Cancel order', old)).toContain('취소할까요');
  });

  test('changes back and forth in one order', async () => {
    await say('2 boxes please');
    expect(await talk.say('buyer', `받는 분은 김민수예요 ${ADDRESS}`)).toContain('연락처를');
    expect(await say('his number is 010-1234-5678')).toContain('Total 75,000 won');
    await talk.say('buyer', '주문 확정');
    expect(talk.reply('buyer').texts.join()).toContain('주문번호');
  });
});

test('what is told unasked is in the language of him who hears it', async () => {
  talk = await openTalk({}, 'telegram');
  await talk.say('buyer', `2 boxes to Kim Minsu 010-1234-5678, ${ADDRESS}`);
  await talk.press('buyer', 'Confirm order');
  await talk.pay(await talk.onlyOrder());
  const [paid = ''] = await talk.heard('buyer');
  expect(inEnglish(paid)).toContain('Paid! Your payment for P7-001 is confirmed.');
  await talk.say('buyer', '주문조회');
  await talk.join('tutu', ['farmer']);
  await talk.say('tutu', '7/21 휴무');
  expect((await talk.heard('buyer')).join()).toContain('그날은 농장이 쉬게 됐어요');
});
