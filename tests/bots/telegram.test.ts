import { expect } from 'vitest';
import type { Sender } from '../../src/chat/bot.ts';
import { type BotAtWork, type BotSetting, testBot } from '../contracts/bot.ts';
import { BOT, openTelegram, screenOf, TelegramUser } from '../support/telegram.ts';
import { type Mode, startTelegram } from '../support/telegram-bot.ts';

const MODES = ['polling', 'webhook'] as const satisfies readonly Mode[];
const GROUP = { id: -100_200_300, type: 'supergroup' };

for (const mode of MODES)
  testBot(
    `Telegram by ${mode}`,
    async (setting: BotSetting): Promise<BotAtWork> => {
      const server = await openTelegram();
      let running = await startTelegram(server, mode, setting);
      const person = new TelegramUser(server, '7001');
      const sender: Sender = { platform: 'telegram', bot: BOT, user: person.user };
      const screen = () => server.shownTo(person.user).shown.map(screenOf).join('\n');
      return {
        bot: running.bot,
        sender,
        say: (text) => person.say(text),
        press: (label) => person.press(label),
        async again() {
          await person.again();
          return screen();
        },
        async block(isBlocked) {
          await person.confirmed(person.block(isBlocked));
        },
        pressSlowly(label) {
          const { id, query } = person.pressOnly(label);
          return {
            taken: server.until(() => server.queries.get(query)?.answers === 1),
            screen: person.confirmed(id).then(() => person.news()),
          };
        },
        async dieAnswering(text, isAsked) {
          const id = person.sayOnly({ text });
          await isAsked;
          await running.die();
          void running.bot.stop();
          running = await startTelegram(server, mode, setting);
          await person.confirmed(id);
          return person.news();
        },
        async sayInPublic(text) {
          const message = { ...person.message({ text }), chat: GROUP };
          server.shownTo(String(GROUP.id));
          await person.confirmed(server.deliver({ message }));
          return server.shownTo(String(GROUP.id)).shown.map(screenOf).join('\n');
        },
        async sayAsBot(text) {
          const from = { ...person.from, is_bot: true };
          await person.confirmed(
            server.deliver({ message: { ...person.message({ text }), from } }),
          );
        },
        async screenOf(notice, key) {
          expect(await running.bot.send(sender, notice, key)).toEqual({ kind: 'sent' });
          return person.news();
        },
        async end() {
          await running.stop();
          await server.close();
          expect(server.refused).toEqual([]);
        },
      };
    },
    {},
  );
