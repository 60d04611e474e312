// What every chat platform owes the shop, whatever its wire format.
import { afterEach, describe, expect, test } from 'vitest';
import type { Answer, Bot, Message, Reply, Sender } from '../../src/chat/bot.ts';
import { PLATFORMS } from '../../src/chat/bot.ts';

/** A person at the other end of a running bot. `say` and `press` give all that is then on screen. */
export type BotAtWork = {
  readonly bot: Bot;
  readonly sender: Sender;
  say(text: string): Promise<string>;
  press(label: string): Promise<string>;
  end(): Promise<void>;
} & Partial<Doings>;

/** What one platform can do and another cannot: a bot that leaves one out says why (`Lacks`). */
export type Doings = {
  /** The platform delivers what was said or pressed last once more, under the same id; the screen then. */
  again(): Promise<string>;
  /** The person shuts the bot out, or lets it in again. */
  block(isBlocked: boolean): Promise<void>;
  /** Presses what takes long to answer. */
  pressSlowly(label: string): {
    /** The person sees that his press was taken. */
    readonly taken: Promise<unknown>;
    /** What is on screen once the answer is. */
    readonly screen: Promise<string>;
  };
  /** The process ends as by `kill -9` while `text` is answered; another one begins, and this is shown. */
  dieAnswering(text: string, isAsked: Promise<unknown>): Promise<string>;
  /** Says it where others read along; all that these others can then read of the bot. */
  sayInPublic(text: string): Promise<string>;
  /** Another bot says it, privately. */
  sayAsBot(text: string): Promise<void>;
  /** What is on screen of a notice that was sent. */
  screenOf(notice: Reply, key: string): Promise<string>;
};

/** Why a platform has no such thing. */
export type Lacks = { readonly [doing in keyof Doings]?: string };

export type BotSetting = { readonly answer: Answer; readonly now: () => Date };

type Heard = { readonly heard: Message[] };
type Replying = (message: Message) => Reply | Promise<Reply>;

export function testBot(
  name: string,
  begin: (setting: BotSetting) => Promise<BotAtWork>,
  lacks: Lacks,
): void {
  describe(`${name} as a bot`, () => {
    const at = new Date('2026-07-21T01:00:00Z');
    let running: BotAtWork | undefined;
    afterEach(async () => {
      await running?.end();
      running = undefined;
    });

    async function start(reply: Replying): Promise<BotAtWork & Heard> {
      const heard: Message[] = [];
      const answer: Answer = async (message) => {
        heard.push(message);
        return reply(message);
      };
      running = await begin({ answer, now: () => at });
      return { ...running, heard };
    }

    /** A test for platforms on which this can happen. */
    function testWhere<D extends keyof Doings>(
      doing: D,
      what: string,
      play: (
        beginning: (reply: Replying) => Promise<BotAtWork & Pick<Doings, D> & Heard>,
      ) => Promise<void>,
    ): void {
      const why = lacks[doing];
      const where = why === undefined ? test : test.skip;
      where(why === undefined ? what : `${what} (not here: ${why})`, () =>
        play(async (reply) => {
          const atWork = await start(reply);
          if (atWork[doing] === undefined)
            throw new Error(`${name} neither has "${doing}" nor says why it lacks it`);
          return atWork as BotAtWork & Pick<Doings, D> & Heard;
        }),
      );
    }

    test('hands on what is said with who, where and when', async () => {
      const { bot, sender, say, heard } = await start(() => said('네'));
      await say('황도 2박스요');
      expect(PLATFORMS).toContain(bot.platform);
      expect(heard).toHaveLength(1);
      expect(heard[0]).toMatchObject({ sender, text: '황도 2박스요', at, storeId: null });
      expect(heard[0]?.sender.platform).toBe(bot.platform);
      expect(heard[0]?.roomChars).toBeGreaterThanOrEqual(1_000);
      expect(heard[0]?.press).toBeUndefined();
      expect(heard[0]?.attachment).toBeUndefined();
    });

    test('shows every bubble in order, then the choices', async () => {
      const { say } = await start(() => ({
        texts: ['첫째 말', '둘째 말'],
        choices: [
          { label: '주문 확정', say: '주문 확정' },
          { label: '주문 보기', url: 'https://farm.example/o/1' },
        ],
      }));
      const screen = await say('안녕');
      const places = ['첫째 말', '둘째 말', '주문 확정'].map((words) => screen.indexOf(words));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBeGreaterThanOrEqual(0);
      expect(screen).toContain('https://farm.example/o/1');
    });

    test('gives back a press as it was, with the words of its button', async () => {
      const press = { key: '01JD3K9W', act: 'confirm', ref: 'draft-7' };
      const {
        say,
        press: push,
        heard,
      } = await start(() => ({
        texts: ['맞나요?'],
        choices: [
          { label: '그만두기', say: '그만두기' },
          { label: '확정', say: '주문 확정', press },
        ],
      }));
      await say('황도 2박스요');
      await push('확정');
      await push('그만두기');
      expect(heard[1]).toMatchObject({ text: '주문 확정', press });
      expect(heard[2]).toMatchObject({ text: '그만두기' });
      expect(heard[2]?.press).toBeUndefined();
    });

    test('takes a number for a number, whatever choices are shown', async () => {
      const { say, heard } = await start(() => ({
        texts: ['내일 몇 상자요?'],
        choices: [{ label: '1', say: '하나', press: { key: 'k', act: 'a', ref: '' } }],
      }));
      await say('안녕');
      await say('1');
      expect(heard[1]).toMatchObject({ text: '1' });
      expect(heard[1]?.press).toBeUndefined();
    });

    test('lets no control characters through in either direction', async () => {
      const { say, heard } = await start(() => said('값\u001b[2J은\u0000 3만원'));
      const screen = await say('황도\u0007 2\u009b박스요');
      expect(heard[0]?.text).toBe('황도 2박스요');
      expect(screen).toContain('값[2J은 3만원');
    });

    test('hands on a very long text as too long, not as nothing', async () => {
      const { say, heard } = await start(() => said('너무 길어요'));
      await say('가'.repeat(9_000));
      expect(heard[0]?.text.length).toBeGreaterThan(4_000);
    });

    test('goes on after an answer that broke', async () => {
      const { say, heard } = await start(({ text }) => {
        if (text === '하나') throw new Error('text of a person');
        return said('괜찮아요');
      });
      expect(await say('하나')).not.toContain('text of a person');
      expect(await say('둘')).toContain('괜찮아요');
      expect(heard).toHaveLength(2);
    });

    test('says of a notice whether it was sent or waits, and never rejects', async () => {
      const { bot, sender } = await start(() => said('네'));
      const here = await bot.send(sender, said('발송했어요'), 'notice-1');
      expect(['sent', 'held']).toContain(here.kind);
      const stranger = { ...sender, user: 'somebody-else' };
      const there = await bot.send(stranger, said('발송했어요'), 'notice-2');
      expect(['held', 'refused']).toContain(there.kind);
    });

    test('shows the first of very many choices, and of very long ones as much as it can', async () => {
      const { say } = await start(() => ({
        texts: ['어느 분이세요?'],
        choices: Array.from({ length: 40 }, (_, no) => {
          const label = `${no + 1}번 ${'받는 분 이름이 아주 길어요 '.repeat(8)}`;
          return { label, say: label, press: { key: null, act: 'recipient', ref: `${no}` } };
        }),
      }));
      const screen = await say('엄마집 2상자');
      for (const no of [1, 2, 3, 4, 5, 6, 7, 8]) expect(screen).toContain(`${no}번 받는 분`);
    });

    test('gives back a press whose order has many parcels', async () => {
      const ref = `ord_mb3x9k2zQ8rT5vWxYz012345:${Array.from({ length: 40 }, (_, no) => no + 1).join('.')}`;
      const press = { key: `received:${ref}`, act: 'received', ref };
      const reply = {
        texts: ['받으셨나요?'],
        choices: [{ label: '받았어요', say: '받았어요', press }],
      };
      const { say, press: push, heard } = await start(() => reply);
      await say('주문조회');
      await push('받았어요');
      expect(heard[1]).toMatchObject({ text: '받았어요', press });
    });

    testWhere('screenOf', 'breaks a long notice only where a line ends', async (beginning) => {
      const { bot, screenOf } = await beginning(() => said('네'));
      const rows = Array.from({ length: 400 }, (_, no) => `${no + 1}. 받는 분 010-1234-5678 서울`);
      // As the core makes them: texts of no more than the platform says it takes.
      const texts: string[] = [];
      for (const row of rows) {
        const last = texts.at(-1);
        if (last === undefined || `${last}\n${row}`.length > bot.textChars) texts.push(row);
        else texts.splice(-1, 1, `${last}\n${row}`);
      }
      const shown = (await screenOf({ texts, choices: [] }, 'list-1')).split('\n');
      expect(shown.filter((line) => line.includes('받는 분'))).toEqual(rows);
    });

    testWhere(
      'again',
      'hands on a second delivery under the id of the first',
      async (beginning) => {
        const press = { key: null, act: 'status', ref: '' };
        const {
          say,
          press: push,
          again,
          heard,
        } = await beginning(() => ({
          texts: ['네'],
          choices: [{ label: '주문조회', say: '주문조회', press }],
        }));
        for (const act of [() => say('황도 2박스요'), () => push('주문조회')]) {
          const before = heard.length;
          await act();
          expect(await again()).toContain('네');
          const ids = new Set(heard.slice(before).map(({ updateId }) => updateId));
          expect(ids.size).toBe(1);
          expect([...ids][0]).toBeTypeOf('string');
        }
        expect(new Set(heard.map(({ updateId }) => updateId)).size).toBe(2);
      },
    );

    testWhere('block', 'says of who has shut it out that it is blocked', async (beginning) => {
      const { bot, sender, say, block } = await beginning(() => said('네'));
      await say('안녕');
      await block(true);
      expect(await bot.send(sender, said('발송했어요'), 'notice-1')).toEqual({
        kind: 'refused',
        reason: 'blocked',
      });
      await block(false);
      expect(await bot.send(sender, said('발송했어요'), 'notice-2')).toEqual({ kind: 'sent' });
    });

    testWhere(
      'pressSlowly',
      'takes a press at once, however late its answer',
      async (beginning) => {
        const late = Promise.withResolvers<Reply>();
        const { say, pressSlowly } = await beginning(({ press }) =>
          press === undefined
            ? {
                texts: ['맞나요?'],
                choices: [{ label: '네', say: '네', press: { key: 'k', act: 'a', ref: 'r' } }],
              }
            : late.promise,
        );
        await say('황도 2박스요');
        const { taken, screen } = pressSlowly('네');
        await taken;
        late.resolve(said('주문했어요'));
        expect(await screen).toContain('주문했어요');
      },
    );

    testWhere(
      'dieAnswering',
      'answers after a crash what it had not answered before',
      async (beginning) => {
        const asked = Promise.withResolvers<void>();
        let isFirst = true;
        const { dieAnswering, heard } = await beginning(() => {
          if (!isFirst) return said('주문했어요');
          isFirst = false;
          asked.resolve();
          return new Promise<Reply>(() => undefined);
        });
        expect(await dieAnswering('주문 확정', asked.promise)).toContain('주문했어요');
        expect(heard).toHaveLength(2);
        expect(heard[0]?.updateId).toBe(heard[1]?.updateId);
      },
    );

    testWhere('sayInPublic', 'tells others nothing of what is answered', async (beginning) => {
      const { sayInPublic } = await beginning(() => said('박철수 010-1234-5678'));
      expect(await sayInPublic('주문조회')).not.toMatch(/박철수|1234/);
    });

    testWhere('sayAsBot', 'does not talk to bots', async (beginning) => {
      const { sayAsBot, heard } = await beginning(() => said('네'));
      await sayAsBot('안녕하세요');
      expect(heard).toEqual([]);
    });
  });
}

function said(text: string): Reply {
  return { texts: [text], choices: [] };
}
