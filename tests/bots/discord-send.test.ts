import { describe, expect, test } from 'vitest';
import { SendError } from '../../src/chat/bot.ts';
import { BOT_ID, type Fault } from '../support/discord.ts';
import { openDiscord, said } from '../support/discord-bot.ts';
import { DiscordUser } from '../support/discord-user.ts';

const USER = '500000000000000007';
const TO = { platform: 'discord', bot: BOT_ID, user: USER } as const;
const NOTICE = said('2상자를 보냈어요.', [{ label: '배송조회', url: 'https://track.example/1' }]);
const POSTS = /^POST \/channels\/\d+\/messages$/;

async function open() {
  const begun = await openDiscord(() => said('네'));
  return { ...begun, person: new DiscordUser(begun.fake, USER) };
}

describe('a notice', () => {
  test('opens the way to who has never written, once', async () => {
    const { fake, bot, person } = await open();
    expect(await bot.send(TO, NOTICE, 'n1')).toEqual({ kind: 'sent' });
    expect(await bot.send(TO, said('도착했어요.'), 'n2')).toEqual({ kind: 'sent' });
    expect(person.shown.map(({ content }) => content)).toEqual([
      '2상자를 보냈어요.',
      '도착했어요.',
    ]);
    const opened = fake.requests.filter(({ path }) => path === '/users/@me/channels');
    expect(opened).toHaveLength(1);
  });

  test('is shown once, however often it is sent under one key', async () => {
    const { bot, person } = await open();
    const twice = [bot.send(TO, NOTICE, 'n1'), bot.send(TO, NOTICE, 'n1')];
    expect(await Promise.all(twice)).toEqual([{ kind: 'sent' }, { kind: 'sent' }]);
    await bot.send(TO, NOTICE, 'n2');
    expect(person.shown).toHaveLength(2);
  });

  test.each<[string, Omit<Fault, 'on' | 'times'>, string]>([
    ['a closed door', { kind: 'error', status: 403, code: 50007 }, 'blocked'],
    ['no server shared any more', { kind: 'error', status: 403, code: 50278 }, 'blocked'],
    ['a user that is no more', { kind: 'error', status: 400, code: 50033 }, 'bad_address'],
    ['a channel that is no more', { kind: 'error', status: 404, code: 10003 }, 'bad_address'],
  ])('is refused for good by %s', async (_name, fault, reason) => {
    const { fake, bot, person } = await open();
    fake.faults.push({ on: POSTS, times: 9, ...fault });
    expect(await bot.send(TO, NOTICE, 'n1')).toEqual({ kind: 'refused', reason });
    expect(person.shown).toEqual([]);
  });

  test.each<[string, Omit<Fault, 'on' | 'times'>, string, number | null]>([
    ['a long rate limit', { kind: 'rate_limit', seconds: 7 }, 'rate_limited', 7000],
    ['an error of the server', { kind: 'error', status: 500 }, 'unavailable', null],
    ['a gateway that got no answer', { kind: 'error', status: 502 }, 'lost_answer', null],
    ['a lost answer', { kind: 'lost' }, 'lost_answer', null],
    ['ways opened too fast', { kind: 'error', status: 400, code: 40003 }, 'rate_limited', 60_000],
  ])('fails for now by %s, and arrives once in the end', async (_name, fault, failure, waitMs) => {
    const { fake, bot, person } = await open();
    fake.faults.push({ on: POSTS, times: 99, ...fault });
    const error = await bot.send(TO, NOTICE, 'n1').catch((thrown: unknown) => thrown);
    if (!(error instanceof SendError)) throw new Error('it did not fail');
    expect(error.failure).toBe(failure);
    const least = waitMs ?? 0;
    expect(error.retryAfterMs ?? 0).toBeGreaterThanOrEqual(least);
    expect(error.retryAfterMs ?? 0).toBeLessThanOrEqual(least + 1000);
    fake.faults.length = 0;
    expect(await bot.send(TO, NOTICE, 'n1')).toEqual({ kind: 'sent' });
    expect(person.shown).toHaveLength(1);
  });

  test.each<[string, Omit<Fault, 'on' | 'times'>]>([
    ['a short rate limit', { kind: 'rate_limit', seconds: 1 }],
    ['a lost connection', { kind: 'drop' }],
    ['a lost answer', { kind: 'lost' }],
  ])('arrives at once and once in spite of %s', async (_name, fault) => {
    const { fake, bot, person } = await open();
    fake.faults.push({ on: POSTS, times: 1, ...fault });
    expect(await bot.send(TO, NOTICE, 'n1')).toEqual({ kind: 'sent' });
    expect(person.shown).toHaveLength(1);
  });

  test('that was cut goes on where it was cut', async () => {
    const { fake, bot, person } = await open();
    const texts = ['가'.repeat(1800), '나'.repeat(1800), '다'.repeat(1800)];
    fake.faults.push({ on: POSTS, kind: 'error', status: 500, times: 0 });
    const sending = bot.send(TO, { texts, choices: [] }, 'n1').catch((error: unknown) => error);
    await fake.until(() => person.shown.length === 2);
    for (const fault of fake.faults) fault.times = 99;
    const error = await sending;
    if (!(error instanceof SendError) || error.rest === null) throw new Error('nothing is left');
    expect(error.failure).toBe('unavailable');
    expect(error.rest.texts).toEqual(texts.slice(2));
    fake.faults.length = 0;
    expect(await bot.send(TO, error.rest, 'n1')).toEqual({ kind: 'sent' });
    expect(person.shown.map(({ content }) => content)).toEqual(texts);
  });

  test('that may have arrived is looked for where Discord has forgotten its nonce', async () => {
    const { fake, bot, person } = await open();
    const since = new Date();
    const sending = { receipt: 'r', attempts: 2, mayHaveArrived: true, since, phone: null };
    await bot.send(TO, NOTICE, 'n1');
    fake.forgetNonces();
    expect(await bot.send(TO, NOTICE, 'n1', sending)).toEqual({ kind: 'sent' });
    expect(person.shown).toHaveLength(1);
    expect(await bot.send(TO, said('다른 소식'), 'n2', sending)).toEqual({ kind: 'sent' });
    // The same words said long before are another notice.
    const later = { ...sending, since: new Date(since.getTime() + 3_600_000) };
    await bot.send(TO, NOTICE, 'n3', later);
    expect(person.shown).toHaveLength(3);
  });

  test('has its file below its words, and goes without one that cannot be made', async () => {
    const named = { kind: 'day_list', storeId: 'peach', date: '2026-07-21', revision: 1 } as const;
    const lost = { ...named, revision: 2 };
    const { fake, bot, logged } = await openDiscord(() => said('네'), {
      makeDocument: async ({ revision }) => {
        if (revision === 2) throw new Error('박철수');
        return { name: '목록.xlsx', bytes: Buffer.from('PK') };
      },
    });
    const person = new DiscordUser(fake, USER);
    const texts = ['7/21(화) 목록 r1', '1번 …'];
    expect(await bot.send(TO, { texts, choices: [], documents: [named] }, 'n1')).toEqual({
      kind: 'sent',
    });
    await bot.send(TO, { texts: ['r2'], choices: [], documents: [lost] }, 'n2');
    expect(person.shown.map(({ content, files }) => [content, files])).toEqual([
      ['7/21(화) 목록 r1', []],
      ['1번 …', ['목록.xlsx']],
      ['r2', []],
    ]);
    expect(JSON.stringify(logged)).not.toContain('박철수');
  });

  test('is read without its buttons where Discord does not take them', async () => {
    const { fake, bot, person } = await open();
    fake.faults.push({ on: POSTS, kind: 'error', status: 400, code: 50035, times: 1 });
    expect(await bot.send(TO, NOTICE, 'n1')).toEqual({ kind: 'sent' });
    expect(person.shown[0]).toMatchObject({ content: '2상자를 보냈어요.', components: [] });
  });

  test('that Discord refuses for a reason of ours is a bug and names no person', async () => {
    const { fake, bot } = await open();
    fake.faults.push({ on: POSTS, kind: 'error', status: 400, code: 50109, times: 9 });
    const error = await bot.send(TO, NOTICE, 'n1').catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(SendError);
    expect(String(error)).toMatch(/50109/);
    expect(String(error)).not.toContain(USER);
  });

  test('finds a person again whose channel is gone', async () => {
    const { fake, bot, person } = await open();
    await bot.send(TO, said('하나'), 'n1');
    fake.faults.push({ on: POSTS, kind: 'error', status: 404, code: 10003, times: 1 });
    await bot.send(TO, said('둘'), 'n2');
    await bot.send(TO, said('셋'), 'n3');
    expect(fake.requests.filter(({ path }) => path === '/users/@me/channels')).toHaveLength(2);
    expect(person.shown.at(-1)?.content).toBe('셋');
  });
});
