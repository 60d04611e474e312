import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readUpdate } from '../../bots/telegram-payload.ts';

const from = { id: 7001, is_bot: false, first_name: '<b>영희</b>', language_code: 'ko' };
const chat = { id: 7001, type: 'private' };
const GROUP = { id: -1001, type: 'supergroup', title: '복숭아 공구방' };

function message(content: Record<string, unknown>, over: Record<string, unknown> = {}) {
  return { update_id: 5, message: { message_id: 1, date: 0, from, chat, ...content, ...over } };
}

test('words are words, whoever they are from', () => {
  expect(readUpdate(message({ text: '<b>황도</b> *2*박스\u0007' }))).toEqual({
    ...{ id: 5, kind: 'said', user: '7001', language: 'ko', text: '<b>황도</b> *2*박스' },
  });
});

describe('what came besides words', () => {
  test.each([
    ['photo', 'picture'],
    ['video', 'picture'],
    ['video_note', 'picture'],
    ['voice', 'voice'],
    ['audio', 'voice'],
    ['sticker', 'sticker'],
    ['location', 'location'],
    ['venue', 'location'],
    ['document', 'file'],
    ['contact', 'file'],
  ])('%s is a %s', (field, attachment) => {
    expect(readUpdate(message({ [field]: {} }))).toMatchObject({ kind: 'said', attachment });
  });

  test('an animation is a picture, though it is announced as a file too', () => {
    const both = message({ document: {}, animation: {} });
    expect(readUpdate(both)).toMatchObject({ attachment: 'picture' });
  });

  test('under a picture stand its words', () => {
    expect(readUpdate(message({ photo: [], caption: '이거요' }))).toMatchObject({
      ...{ text: '이거요', attachment: 'picture' },
    });
  });
});

test.each([
  ['a bot', message({ text: '안녕' }, { from: { ...from, is_bot: true } })],
  ['nobody', message({ text: '안녕' }, { from: undefined })],
  ['somebody who came to a chat', message({ new_chat_members: [] })],
  ['an update of a kind that is new', { update_id: 5, shiny: {} }],
  ['a message of another shape', { update_id: 5, message: { chat: 'here' } }],
  ['a live location that moves', { update_id: 5, edited_message: { from, chat, location: {} } }],
  [
    'a group that took the bot in',
    { update_id: 5, my_chat_member: { chat: GROUP, from, new_chat_member: { status: 'member' } } },
  ],
])('%s is nothing to be answered', (_, update) => {
  expect(readUpdate(update)).toEqual({ id: 5, kind: 'nothing' });
});

test('who changes his words is told apart from who says something', () => {
  const edited = { update_id: 5, edited_message: { message_id: 1, from, chat, text: '3박스' } };
  expect(readUpdate(edited)).toMatchObject({ kind: 'edited', user: '7001' });
});

test('where others read along it is public, with its words left where they are', () => {
  const heard = readUpdate(message({ text: '박철수 010-1234-5678' }, { chat: GROUP }));
  expect(heard).toEqual({
    id: 5,
    kind: 'public',
    user: '7001',
    language: 'ko',
    chat: '-1001',
    query: null,
  });
  const press = { id: 'q', from, message: { message_id: 1, chat: GROUP }, data: 'x' };
  expect(readUpdate({ update_id: 5, callback_query: press })).toMatchObject({
    kind: 'public',
    query: 'q',
  });
});

test('a press knows its message, unless Telegram has forgotten that', () => {
  const keyboard = [[{ text: '네', callback_data: 'x' }]];
  const on = { message_id: 9, date: 1, chat, reply_markup: { inline_keyboard: keyboard } };
  const press = (message: unknown) =>
    readUpdate({ update_id: 5, callback_query: { id: 'q', from, message, data: 'x' } });
  expect(press(on)).toMatchObject({ kind: 'pressed', data: 'x', on: { message: 9, keyboard } });
  expect(press({ message_id: 9, date: 0, chat })).toMatchObject({ kind: 'pressed', on: null });
});

test.each([
  ['kicked', false],
  ['member', true],
])('who makes it %s can be reached: %s', (status, isReachable) => {
  const reach = { chat, from, new_chat_member: { status } };
  expect(readUpdate({ update_id: 5, my_chat_member: reach })).toEqual({
    ...{ id: 5, kind: 'reach', user: '7001', isReachable },
  });
});

test('nothing whatever breaks it', () => {
  const parts = fc.record({
    update_id: fc.integer(),
    message: fc.anything(),
    callback_query: fc.anything(),
    edited_message: fc.anything(),
    my_chat_member: fc.anything(),
  });
  fc.assert(fc.property(parts, (update) => readUpdate(update)?.id === update.update_id));
  fc.assert(fc.property(fc.anything(), (update) => void readUpdate(update)));
});
