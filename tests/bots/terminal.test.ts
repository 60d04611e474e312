import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createTerminalBot } from '../../bots/terminal.ts';
import type { Answer, Message, Reply } from '../../src/chat/bot.ts';
import { type BotAtWork, type BotSetting, testBot } from '../contracts/bot.ts';

const at = new Date('2026-07-21T01:00:00Z');

function sit({ answer, now }: BotSetting, { isTTY = false } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough({ encoding: 'utf8' });
  const bot = createTerminalBot({ answer, input, output, as: 'farmer', storeId: null, now });
  const ended = bot.start();
  let unread = '';
  let wake = () => {};
  output.on('data', (chunk: string) => {
    unread += chunk;
    wake();
  });
  /** Everything shown until the bot asks again. */
  async function untilPrompt(): Promise<string> {
    while (!unread.endsWith('> '))
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    const screen = unread;
    unread = '';
    return screen;
  }
  async function type(line: string): Promise<string> {
    input.write(`${line}\n`);
    return untilPrompt();
  }
  return { bot, input, ended, type, untilPrompt };
}

const ALONE = 'one person sits at it';
const sitDown = async (setting: BotSetting): Promise<BotAtWork> => {
  const { bot, input, ended, type, untilPrompt } = sit(setting);
  let screen = await untilPrompt();
  const say = async (text: string) => {
    screen = await type(text);
    return screen;
  };
  const press = async (label: string) => {
    const number = /\[(\/\d+)\] (.*)/g;
    for (const [, mark, words] of screen.matchAll(number))
      if (words === label) return say(`${mark}`);
    throw new Error(`no choice "${label}" is shown`);
  };
  const end = async () => {
    input.end();
    await ended;
  };
  const sender = { platform: 'terminal', bot: 'terminal', user: 'farmer' } as const;
  return { bot, sender, say, press, end };
};
testBot('the terminal', sitDown, {
  again: 'a line is read once',
  block: ALONE,
  pressSlowly: 'its person sees the line he typed',
  dieAnswering: 'what was typed is gone with the process',
  sayInPublic: ALONE,
  sayAsBot: ALONE,
  screenOf: 'it writes a text as it is',
});

function talk(reply: (message: Message) => Reply, { isTTY = false } = {}) {
  const heard: Message[] = [];
  const answer: Answer = async (message) => {
    heard.push(message);
    return reply(message);
  };
  return { ...sit({ answer, now: () => at }, { isTTY }), heard };
}

const listed = {
  texts: ['내일 목록이에요', '모두 40상자'],
  choices: [
    { label: '목록', say: '목록' },
    { label: '보드', url: 'https://farm.example/board/1' },
    { label: '수확', say: '수확', press: { key: 'k1', act: 'harvest', ref: '7/21' } },
  ],
};

test('numbers only what can be pressed', async () => {
  const { type, untilPrompt } = talk(() => listed);
  await untilPrompt();
  expect(await type('40')).toBe(
    '내일 목록이에요\n모두 40상자\n[/1] 목록\n→ 보드 https://farm.example/board/1\n[/2] 수확\n> ',
  );
});

test('a slash number without such a choice is said as it stands', async () => {
  const { type, untilPrompt, heard } = talk(() => listed);
  await untilPrompt();
  await type('/1');
  await type('/9');
  expect(heard.map(({ text }) => text)).toEqual(['/1', '/9']);
});

test('choices stay pressable after an answer without any', async () => {
  const { type, untilPrompt, heard } = talk(({ text }) =>
    text === '메뉴' ? listed : { texts: ['네'], choices: [] },
  );
  await untilPrompt();
  await type('메뉴');
  await type('고마워요');
  await type('/2');
  expect(heard[2]).toMatchObject({ text: '수확', press: { act: 'harvest' } });
});

test('a notice is shown at once with a bell, and its choices can be pressed', async () => {
  const { bot, type, untilPrompt, heard } = talk(() => ({ texts: ['네'], choices: [] }));
  await untilPrompt();
  const to = { platform: 'terminal', bot: 'terminal', user: 'farmer' } as const;
  expect(await bot.send(to, listed, 'n1')).toEqual({ kind: 'sent' });
  expect(await untilPrompt()).toContain('🔔 내일 목록이에요\n🔔 모두 40상자\n[/1] 목록');
  await type('/1');
  expect(heard[0]?.text).toBe('목록');
});

test('holds what is for somebody at another terminal, and all after the end', async () => {
  const { bot, ended } = talk(() => listed);
  const to = { platform: 'terminal', bot: 'terminal', user: 'buyer' } as const;
  expect(await bot.send(to, listed, 'n1')).toEqual({ kind: 'held' });
  await bot.stop();
  await ended;
  expect(await bot.send({ ...to, user: 'farmer' }, listed, 'n2')).toEqual({ kind: 'held' });
});

test('every line is a delivery of its own, and an empty one is none', async () => {
  const { type, untilPrompt, heard } = talk(() => listed);
  await untilPrompt();
  await type('40');
  await type('   ');
  await type('40');
  expect(heard).toHaveLength(2);
  expect(heard[0]?.updateId).not.toBe(heard[1]?.updateId);
});

test('lines typed ahead are answered one after another until the input ends', async () => {
  let atOnce = 0;
  let most = 0;
  const heard: string[] = [];
  const answer: Answer = async ({ text }) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise(setImmediate);
    atOnce -= 1;
    heard.push(text);
    return { texts: ['네'], choices: [] };
  };
  const { input, ended } = sit({ answer, now: () => at });
  input.end('하나\n둘\n셋\n');
  await ended;
  expect(heard).toEqual(['하나', '둘', '셋']);
  expect(most).toBe(1);
});

test('lines pasted at a keyboard are one message', async () => {
  const { input, ended, type, untilPrompt, heard } = talk(() => listed, { isTTY: true });
  await untilPrompt();
  await type('김영희\n010-1234-5678\n\n서울 강남구 역삼로 3\n복숭아 3상자');
  await type('/1');
  expect(heard.map(({ text }) => text)).toEqual([
    '김영희\n010-1234-5678\n\n서울 강남구 역삼로 3\n복숭아 3상자',
    '목록',
  ]);
  input.end('40\n');
  await ended;
  expect(heard.at(-1)?.text).toBe('40');
});
