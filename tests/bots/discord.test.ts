import { describe, expect, test } from 'vitest';
import type { Reply } from '../../src/chat/bot.ts';
import { DISCORD_WORDS } from '../../src/chat/replies/index.ts';
import { testBot } from '../contracts/bot.ts';
import { BOT_ID } from '../support/discord.ts';
import { beginDiscord, openDiscord, said } from '../support/discord-bot.ts';
import { listOf } from '../support/discord-limits.ts';
import {
  buttonsOf,
  channelMessage,
  DiscordUser,
  directMessage,
  readable,
} from '../support/discord-user.ts';

const USER = '500000000000000007';
const OTHER = '500000000000000008';
const EPHEMERAL = 64;

testBot(
  'Discord',
  async ({ answer, now }) => {
    const { fake, bot, end } = await beginDiscord(answer, { now });
    const person = new DiscordUser(fake, USER);
    return {
      bot,
      sender: { platform: 'discord', bot: BOT_ID, user: USER },
      say: (text) => person.say(text),
      press: (label) => person.press(label),
      async again() {
        person.again();
        return person.news;
      },
      async block(isBlocked) {
        if (isBlocked) fake.closedTo.add(USER);
        else fake.closedTo.delete(USER);
      },
      pressSlowly(label) {
        const press = person.pressAtOnce(label);
        const taken = fake.until(() => press.response ?? undefined);
        return { taken, screen: person.answered() };
      },
      async sayInPublic(text) {
        const other = new DiscordUser(fake, OTHER, true);
        await new DiscordUser(fake, USER, true).use('말', { 내용: text });
        return other.news;
      },
      async sayAsBot(text) {
        const channelId = fake.channelOf(USER);
        const message = directMessage(fake, { from: '500000000000000009', channelId, text });
        const author = { id: '500000000000000009', username: 'b', discriminator: '0', bot: true };
        fake.tell('MESSAGE_CREATE', { ...message, author });
        // What is told behind it is heard behind it.
        const next = new DiscordUser(fake, OTHER).slash('주문');
        await fake.until(() => next.response ?? undefined);
      },
      async screenOf(notice, key) {
        const before = person.shown.length;
        await bot.send({ platform: 'discord', bot: BOT_ID, user: USER }, notice, key);
        return person.shown.slice(before).map(readable).join('\n');
      },
      end,
    };
  },
  { dieAnswering: 'its gateway tells a new process nothing of what an earlier one heard' },
);

const CARD: Reply = said('주문서를 확인해 주세요.', [
  {
    label: '주문 확정',
    say: '주문 확정',
    press: { key: 'confirm:d1', act: 'confirm', ref: 'd1' },
  },
  { label: '그만두기', say: '그만두기', press: { key: null, act: 'drop', ref: 'd1' } },
  { label: '주문조회', say: '주문조회' },
  { label: '판매자 정보', url: 'https://farm.example/store/peach' },
]);

const DONE: Reply = { ...said('주문했어요'), endsPress: true };

describe('in a server', () => {
  test('an answer is for its person alone, with a way to write back', async () => {
    const { fake, heard } = await openDiscord(() => CARD);
    const person = new DiscordUser(fake, USER, true);
    expect(await person.use('주문', { 내용: '박철수 2상자' })).toContain('주문서를 확인해 주세요.');
    expect(person.shown[0]).toMatchObject({ onlyFor: USER });
    expect(new DiscordUser(fake, OTHER, true).shown).toEqual([]);
    const { message, button } = person.button(DISCORD_WORDS.writing.label);
    const asked = person.click(message, button.customId ?? '');
    expect(await person.fill(asked, { text: '문 앞에\n놔주세요' })).toContain('주문서');
    expect(heard.map(({ text }) => text)).toEqual(['박철수 2상자', '문 앞에\n놔주세요']);
    expect(person.shown.every(({ onlyFor }) => onlyFor === USER)).toBe(true);
  });

  test('a question that is answered can be pressed no more there either', async () => {
    const { fake } = await openDiscord(({ press }) => (press ? DONE : CARD));
    const person = new DiscordUser(fake, USER, true);
    await person.use('주문', { 내용: '박철수 2상자' });
    await person.press('주문 확정');
    const disabled = await fake.until(() => {
      const [card] = person.shown;
      const found = card && buttonsOf(card).filter(({ isDisabled }) => isDisabled);
      return found !== undefined && found.length > 0 && found;
    });
    expect(disabled.map(({ label }) => label)).toEqual(['주문 확정', '그만두기']);
  });

  test("somebody else's press is his own, and takes no button from the first", async () => {
    const { fake, heard } = await openDiscord(({ sender }) =>
      sender.user === USER ? CARD : { ...said('확정할 주문서가 없어요'), endsPress: true },
    );
    const person = new DiscordUser(fake, USER, true);
    await person.use('주문', { 내용: '박철수 2상자' });
    const { message, button } = person.button('주문 확정');
    const stranger = new DiscordUser(fake, OTHER, true);
    stranger.click(message, button.customId ?? '');
    expect(await stranger.answered()).toContain('확정할 주문서가 없어요');
    expect(heard[1]?.sender.user).toBe(OTHER);
    // What is done with the first message would be done before this is answered.
    await stranger.use('주문조회');
    expect(person.news).not.toContain('확정할');
    expect(buttonsOf(message).some(({ isDisabled }) => isDisabled)).toBe(false);
  });

  test('text is not read; whoever calls the bot is told where to order, once a minute', async () => {
    const { fake, heard } = await openDiscord(() => said('네'));
    const tell = (text: string, isForBot: boolean) =>
      fake.tell('MESSAGE_CREATE', channelMessage(fake, { from: USER, text, isForBot }));
    tell('황도 2상자', false);
    tell('<@100000000000000001> 김영희 010-1234-5678', true);
    tell('<@100000000000000001> 여보세요', true);
    const person = new DiscordUser(fake, USER, true);
    await person.use('말', { 내용: '안녕' });
    expect(heard).toHaveLength(1);
    const pointers = person.shown.filter(({ onlyFor }) => onlyFor === null);
    expect(pointers.map(({ content }) => content)).toEqual([DISCORD_WORDS.pointer]);
  });
});

describe('the order form', () => {
  test('opens for the bare command and becomes an order in words', async () => {
    const { fake, heard } = await openDiscord(() => CARD);
    const person = new DiscordUser(fake, USER);
    const asked = person.slash('주문');
    const { title, components } = await person.form(asked);
    expect(title).toBe('주문서');
    expect(listOf(components).map(({ label }) => label)).toHaveLength(5);
    const filled = {
      name: ' 박철수 ',
      phone: '010-1234-5678',
      address: '서울 노원구 동일로 1729',
      boxes: '2',
      memo: '문 앞에\n놔주세요',
    };
    expect(await person.fill(asked, filled)).toContain('주문서를 확인해 주세요.');
    expect(heard.map(({ text }) => text)).toEqual([
      '받는 분: 박철수\n연락처: 010-1234-5678\n주소: 서울 노원구 동일로 1729\n상자 수: 2\n메모: 문 앞에 놔주세요',
    ]);
  });

  test.each([
    ['주문하기', 'Recipient', '받는 분'],
    ['Place an order', '받는 분', 'Recipient'],
  ])('opens for the button %s in its language', async (label, no, yes) => {
    const { fake, heard } = await openDiscord(() => said('안녕하세요', [{ label, say: label }]));
    const person = new DiscordUser(fake, USER);
    await person.say('안녕');
    const form = await person.form(person.pressAtOnce(label));
    expect(JSON.stringify(form)).toContain(yes);
    expect(JSON.stringify(form)).not.toContain(no);
    expect(heard).toHaveLength(1);
  });

  test('names nothing that was left empty', async () => {
    const { fake, heard } = await openDiscord(() => CARD);
    const person = new DiscordUser(fake, USER);
    await person.fill(person.slash('주문'), { name: '박철수', boxes: '2' });
    expect(heard[0]?.text).toBe('받는 분: 박철수\n상자 수: 2');
  });
});

describe('three seconds', () => {
  test('are kept by a core that takes longer, and its answer comes into the same place', async () => {
    const late = Promise.withResolvers<Reply>();
    const { fake } = await openDiscord(() => late.promise);
    const person = new DiscordUser(fake, USER, true);
    const asked = person.slash('주문조회');
    expect(await fake.until(() => asked.response ?? undefined)).toBe(5);
    expect(person.shown).toEqual([]);
    late.resolve(CARD);
    await person.answered();
    expect(person.shown).toHaveLength(1);
    expect(person.shown[0]?.flags).toSatisfy((flags: number) => (flags & EPHEMERAL) !== 0);
  });

  test.each([
    ['a rate limit', { kind: 'rate_limit', seconds: 1 }],
    ['an error of the server', { kind: 'error', status: 500 }],
    ['a lost connection', { kind: 'drop' }],
    ['a lost answer', { kind: 'lost' }],
    ['a server that is slow', { kind: 'slow', seconds: 2 }],
  ] as const)('are kept in spite of %s, and nothing is shown twice', async (_name, fault) => {
    const { fake, heard } = await openDiscord(() => CARD);
    const person = new DiscordUser(fake, USER);
    fake.faults.push({ on: /POST .*\/callback$/, times: 1, ...fault });
    const asked = person.slash('주문조회');
    await person.answered();
    await fake.until(() => asked.respondedAfterMs ?? undefined);
    expect(asked.respondedAfterMs).toBeLessThan(3000);
    expect(heard).toHaveLength(1);
    expect(person.shown).toHaveLength(1);
  });

  test('that are over do not lose the answer: it comes as a direct message, once', async () => {
    const { fake, logged } = await openDiscord(() => CARD);
    const person = new DiscordUser(fake, USER, true);
    fake.faults.push({ on: /\/callback$/, kind: 'error', status: 404, code: 10062, times: 1 });
    person.slash('주문조회');
    await person.answered();
    expect(person.shown).toHaveLength(1);
    expect(person.shown[0]?.channelId).toBe(fake.channelOf(USER));
    expect(logged).toContainEqual({
      event: 'discord.unanswered',
      fields: { code: 10062, status: 404 },
    });
  });
});

describe('a question', () => {
  test('pressed several times in one breath is answered once', async () => {
    const { fake, heard } = await openDiscord(({ press }) => (press ? DONE : CARD));
    const person = new DiscordUser(fake, USER);
    await person.say('박철수 2상자');
    const presses = [1, 2, 3].map(() => person.pressAtOnce('주문 확정'));
    await fake.until(() => presses.every(({ response }) => response !== null));
    await fake.until(() => buttonsOf(person.shown[0] ?? neverShown()).some((b) => b.isDisabled));
    expect(person.shown.map(({ content }) => content)).toEqual([
      '주문서를 확인해 주세요.',
      '주문했어요',
    ]);
    expect(heard.filter(({ press }) => press !== undefined)).toHaveLength(1);
    const [card] = person.shown;
    const left = card && buttonsOf(card).filter(({ isDisabled }) => !isDisabled);
    expect(left?.map(({ label }) => label)).toEqual(['주문조회', '판매자 정보']);
  });

  test('can still be pressed where nothing came of it', async () => {
    const { fake } = await openDiscord(({ press }) => (press ? said('다시 눌러 주세요') : CARD));
    const person = new DiscordUser(fake, USER);
    await person.say('박철수 2상자');
    expect(await person.press('주문 확정')).toContain('다시 눌러 주세요');
    expect(buttonsOf(person.shown[0] ?? neverShown()).some((b) => b.isDisabled)).toBe(false);
  });

  test('of an earlier version is read as the words of its button', async () => {
    const { fake, heard } = await openDiscord(() => CARD);
    const person = new DiscordUser(fake, USER);
    await person.say('안녕');
    const { message } = person.button('주문 확정');
    message.components = [
      { type: 1, components: [{ type: 2, style: 2, label: '주문조회', custom_id: 'v1' }] },
    ];
    person.click(message, 'v1');
    await fake.until(() => heard.length === 2);
    expect(heard[1]?.text).toBe('주문조회');
    expect(heard[1]?.press).toBeUndefined();
  });
});

test('what is told again after a broken connection is handed on once', async () => {
  const { fake, heard } = await openDiscord(({ press }) => (press ? DONE : CARD));
  const person = new DiscordUser(fake, USER);
  await person.say('박철수 2상자');
  person.again();
  await person.press('주문 확정');
  person.again();
  await person.use('주문조회');
  expect(heard.map(({ text }) => text)).toEqual(['박철수 2상자', '주문 확정', '주문조회']);
  expect(person.shown).toHaveLength(3);
});

test('a hundred commands of one person are all answered, handed on in their order', async () => {
  const { fake, heard } = await openDiscord(({ text }) => said(text));
  const person = new DiscordUser(fake, USER);
  const texts = Array.from({ length: 100 }, (_, no) => `${no + 1}번째`);
  const asked = texts.map((text) => person.slash('말', { 내용: text }));
  await fake.until(() => asked.every(({ original }) => original?.isThinking === false));
  expect(heard.map(({ text }) => text)).toEqual(texts);
  expect(asked.map(({ original }) => original?.content)).toEqual(texts);
  expect(asked.every(({ respondedAfterMs }) => (respondedAfterMs ?? 9999) < 3000)).toBe(true);
});

test('direct messages of one person are answered in their order', async () => {
  const { fake } = await openDiscord(async ({ text }) => {
    // The first takes longest.
    if (text === '1') await new Promise((resolve) => setTimeout(resolve, 20));
    return said(text);
  });
  const person = new DiscordUser(fake, USER);
  for (const text of ['1', '2', '3', '4']) person.write(text);
  await fake.until(() => person.shown.length === 4);
  expect(person.shown.map(({ content }) => content)).toEqual(['1', '2', '3', '4']);
});

describe('what is no text', () => {
  test.each([
    [
      'a picture',
      { attachments: [{ id: '1', filename: 'a.png', content_type: 'image/png' }] },
      'picture',
    ],
    [
      'a voice message',
      { flags: 8192, attachments: [{ id: '1', filename: 'v.ogg', content_type: 'audio/ogg' }] },
      'voice',
    ],
    ['a file', { attachments: [{ id: '1', filename: 'a.xlsx' }] }, 'file'],
    ['a sticker', { sticker_items: [{ id: '1', name: 's', format_type: 1 }] }, 'sticker'],
  ])('%s is known as such', async (_name, more, attachment) => {
    const { fake, heard } = await openDiscord(() => said('글로 보내 주세요'));
    expect(await new DiscordUser(fake, USER).say('', more)).toContain('글로');
    expect(heard[0]).toMatchObject({ text: '', attachment });
  });

  test('a picture with words is its words, and what is passed on is read', async () => {
    const { fake, heard } = await openDiscord(() => said('네'));
    const person = new DiscordUser(fake, USER);
    await person.say('이 상자요', { attachments: [{ id: '1', filename: 'a.png' }] });
    const snapshot = { message: { type: 0, content: '[농협] 입금 75,000원 김영희042' } };
    await person.say('', { message_reference: { type: 1 }, message_snapshots: [snapshot] });
    expect(heard.map(({ text }) => text)).toEqual(['이 상자요', '[농협] 입금 75,000원 김영희042']);
    expect(heard[0]?.attachment).toBeUndefined();
  });

  test('edits, deletions and lines of Discord itself are no messages', async () => {
    const { fake, heard } = await openDiscord(() => said('네'));
    const person = new DiscordUser(fake, USER);
    await person.say('2상자');
    const channelId = fake.channelOf(USER);
    const edited = directMessage(fake, { from: USER, channelId, text: '3상자' });
    fake.tell('MESSAGE_UPDATE', edited);
    fake.tell('MESSAGE_DELETE', { id: edited.id, channel_id: channelId });
    const pinned = directMessage(fake, { from: USER, channelId, text: '', more: { type: 6 } });
    fake.tell('MESSAGE_CREATE', pinned);
    await person.say('안녕');
    expect(heard.map(({ text }) => text)).toEqual(['2상자', '안녕']);
  });
});

test('nobody is named in a log', async () => {
  const { fake, logged } = await openDiscord(() => {
    throw new Error('박철수 010-1234-5678');
  });
  await new DiscordUser(fake, USER).say('박철수 010-1234-5678');
  expect(logged.map(({ event }) => event)).toContain('discord.broken');
  expect(JSON.stringify(logged)).not.toMatch(/박철수|1234|500000000000000007/);
});

function neverShown(): never {
  throw new Error('nothing is shown');
}
