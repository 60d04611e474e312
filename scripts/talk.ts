// The terminal bot on the configured database, beside a server or without one.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { BOTS, type House, type TerminalBot } from '../src/app.ts';
import { createCli } from './cli.ts';
import { findShop } from './find.ts';
import { hire } from './stage.ts';

const PEOPLE = ['buyer', 'farmer', 'seller'] as const;
/** How often it is asked what waits for who sits here. */
const ASK_EVERY_MS = 1000;
const ROOM_CHARS = 4000;

export async function chat(words: readonly string[]): Promise<void> {
  const program = new Command('npm run chat --')
    .description('Talk to the shop; /1 presses the first button shown, Ctrl-D ends')
    .addOption(new Option('--as <person>', 'who you are').choices(PEOPLE).default('buyer'))
    .option('--store <id>', 'talk about this store only')
    .addHelpText('after', '\nExample:\n  $ npm run chat -- --as farmer')
    .exitOverride();
  program.parse([...words], { from: 'user' });
  const said = program.opts<{ as: (typeof PEOPLE)[number]; store?: string }>();
  const { cli, close } = createCli();
  try {
    const house = await cli.house();
    const storeId = said.store === undefined ? null : (await findShop(house, said.store)).id;
    const createTerminalBot = await BOTS.terminal();
    const bot = createTerminalBot({
      answer: house.answer,
      input: process.stdin,
      output: process.stdout,
      as: said.as,
      storeId,
    });
    // In production nobody becomes staff but by a code that an operator made.
    if (said.as !== 'buyer' && !cli.config().isProduction)
      await hire(house, { sender: bot.sender, role: said.as, storeId, now: cli.now() });
    await sit(house, bot, storeId);
  } finally {
    await close();
  }
}

/** Talks until the input ends; meanwhile tells what others caused. */
async function sit(house: House, bot: TerminalBot, storeId: string | null): Promise<void> {
  const ended = new AbortController();
  const listening = listen(house, { bot, storeId, signal: ended.signal });
  try {
    await bot.start();
  } finally {
    ended.abort();
    await listening;
  }
}

async function listen(
  { tellWaiting }: House,
  { bot, storeId, signal }: { bot: TerminalBot; storeId: string | null; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await sleep(ASK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const { sender } = bot;
    const at = new Date();
    const silence = { sender, text: '', updateId: null, storeId, roomChars: ROOM_CHARS, at };
    const waiting = await tellWaiting(silence).catch(laterIfTaken);
    if (waiting !== null) await bot.send(sender, waiting, randomUUID());
  }
}

/** A message of the same person came between, or the database was busy: the next round tells it. */
function laterIfTaken(error: unknown): null {
  const isPassing =
    error instanceof Error &&
    (error.name === 'StaleTurn' || ('code' in error && error.code === 'busy'));
  if (!isPassing) throw error;
  return null;
}
