import { expect, test } from 'vitest';
import { BOTS } from '../../bots/index.ts';
import { PLATFORMS } from '../../src/chat/bot.ts';

test('every row is a platform and loads the function that makes its bot', async () => {
  for (const [name, load] of Object.entries(BOTS)) {
    expect(PLATFORMS).toContain(name);
    expect(await load()).toBeTypeOf('function');
  }
});
