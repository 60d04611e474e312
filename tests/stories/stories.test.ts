// Every story of this folder through the real router, as KakaoTalk would deliver it.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createCli, open } from '../../scripts/cli.ts';
import { runLine } from '../../scripts/program.ts';
import { parseConfig } from '../../src/config.ts';
import { houseEnv } from '../support/engine.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const PLATFORMS = ['kakao', 'web'] as const;

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json')))
  for (const platform of PLATFORMS)
    test(`${file} on ${platform}`, async () => {
      const { cli: own, close } = createCli();
      const cli = { ...own, throwAway: async () => open(parseConfig(await houseEnv())) };
      const said: string[] = [];
      let ok: boolean | undefined;
      await runLine(['sim', 'run', `${FOLDER}${file}`, '--platform', platform], {
        cli,
        tell: (told) => {
          ok = told.ok;
          said.push(...told.lines);
        },
        streams: { out: (text) => said.push(text), err: (text) => said.push(text) },
      });
      await close();
      expect(said.filter((line) => line.startsWith('!!'))).toEqual([]);
      expect(ok).toBe(true);
    });
