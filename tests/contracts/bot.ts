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
};

export type BotSetting = { readonly answer: Answer; readonly now: () => Date };

export function testBot(name: string, begin: (setting: BotSetting) => Promise<BotAtWork>): void {
  describe(`${name} as a bot`, () => {
    const at = new Date('2026-07-21T01:00:00Z');
    let running: BotAtWork | undefined;
    afterEach(async () => {
      await running?.end();
      running = undefined;
    });

    async function start(reply: (message: Message) => Reply | Promise<Reply>) {
      const heard: Message[] = [];
      const answer: Answer = async (message) => {
        heard.push(message);
        return reply(message);
      };
      running = await begin({ answer, now: () => at });
      return { ...running, heard };
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
  });
}

function said(text: string): Reply {
  return { texts: [text], choices: [] };
}
