// Every story of this folder as Discord's people live it: through the gateway, commands, buttons and messages.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createCli, open } from '../../scripts/cli.ts';
import type { Cli } from '../../scripts/command.ts';
import { loadStory, playStory } from '../../scripts/story.ts';
import { parseConfig } from '../../src/config.ts';
import { openDiscordStage } from '../support/discord-stage.ts';
import { houseEnv } from '../support/engine.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const MONDAY_NOON = new Date('2026-07-20T03:00:00Z');

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json')))
  for (const where of ['direct messages', 'a server'] as const)
    test(`${file} on Discord in ${where}`, async () => {
      const config = parseConfig(await houseEnv());
      const house = await open(config);
      const isInGuild = where === 'a server';
      const stage = await openDiscordStage(house, { isInGuild, start: MONDAY_NOON });
      const { cli } = createCli();
      const onIt: Cli = { ...cli, config: () => config, house: async () => house, now: stage.now };
      const story = await loadStory(`${FOLDER}${file}`);
      const play = { stage, cli: onIt, platform: 'discord', as: 'buyer' };
      const { problems } = await playStory(story, play);
      await stage.close();
      await house.close();
      expect(problems).toEqual([]);
      expect(stage.refused).toEqual([]);
    });
