// Every story of this folder as Telegram's people live it: through the bot, its buttons and its messages.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createCli, open } from '../../scripts/cli.ts';
import type { Cli } from '../../scripts/command.ts';
import { loadStory, playStory } from '../../scripts/story.ts';
import { parseConfig } from '../../src/config.ts';
import { houseEnv } from '../support/engine.ts';
import { openTelegramStage } from '../support/telegram-stage.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const MONDAY_NOON = new Date('2026-07-20T03:00:00Z');

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json')))
  for (const mode of ['polling', 'webhook'] as const)
    test(`${file} on Telegram by ${mode}`, async () => {
      const config = parseConfig(await houseEnv());
      const house = await open(config);
      const stage = await openTelegramStage(house, { mode, start: MONDAY_NOON });
      const { cli } = createCli();
      const onIt: Cli = { ...cli, config: () => config, house: async () => house, now: stage.now };
      const story = await loadStory(`${FOLDER}${file}`);
      const play = { stage, cli: onIt, platform: 'telegram', as: 'buyer' };
      const { problems } = await playStory(story, play);
      await stage.close();
      await house.close();
      expect(problems).toEqual([]);
      expect(stage.refused).toEqual([]);
    });
