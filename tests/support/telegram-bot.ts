// The Telegram bot at work against the server for tests, and what it takes to kill it.
import { connect, createServer, type Socket } from 'node:net';
import express from 'express';
import { createTelegramBot, type TelegramOptions } from '../../bots/telegram.ts';
import type { ButtonNote, Sender } from '../../src/chat/bot.ts';
import { BOT_MENU, TELEGRAM_WORDS } from '../../src/chat/replies/index.ts';
import { type TelegramServer, TOKEN } from './telegram.ts';

export const SECRET = 'a-long-random-secret_7';
/** Real enough to be kept to, and too short to be waited for. */
const PACE = { chatEveryMs: 1, allMax: 1_000, allEveryMs: 1 };

export type Mode = 'polling' | 'webhook';
export type Running = Awaited<ReturnType<typeof startTelegram>>;
type Setting = Pick<TelegramOptions, 'answer'> & Partial<TelegramOptions>;

export async function startTelegram(server: TelegramServer, mode: Mode, setting: Setting) {
  const logged: { event: string; fields: Record<string, unknown> }[] = [];
  const reached: { user: string; isReachable: boolean }[] = [];
  const line = await lineTo(server.url);
  const app = express().disable('x-powered-by');
  const own = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => own.once('listening', resolve));
  const hookUrl = `${urlOf(own.address())}/telegram/webhook`;
  const bot = createTelegramBot({
    token: TOKEN,
    apiRoot: line.url,
    webhook: mode === 'webhook' ? { url: hookUrl, secret: SECRET } : null,
    words: TELEGRAM_WORDS,
    menu: BOT_MENU,
    notes: notesInMemory(),
    makeDocument: async () => null,
    onReach: async ({ user }, isReachable) => void reached.push({ user, isReachable }),
    pace: PACE,
    log: (event, fields) => void logged.push({ event, fields }),
    ...setting,
  });
  app.use(bot.routes);
  await bot.start();
  return {
    bot,
    hookUrl,
    logged,
    reached,
    /** As if its process were gone: nothing of it reaches anybody any more. */
    async die() {
      await line.cut();
      own.closeAllConnections();
      await new Promise((resolve) => own.close(resolve));
    },
    async stop() {
      await bot.stop();
      own.closeAllConnections();
      await new Promise((resolve) => own.close(resolve));
      await line.cut();
    },
  };
}

/** What is kept lives as long as this process. */
function notesInMemory(): TelegramOptions['notes'] {
  const notes = new Map<string, string>();
  const at = ({ user }: Sender, key: string) => `${user} ${key}`;
  return {
    async keep(sender, all: readonly ButtonNote[]) {
      for (const { key, value } of all) notes.set(at(sender, key), value);
    },
    find: async (sender, key) => notes.get(at(sender, key)) ?? null,
  };
}

/** A way to the server that can be cut. */
async function lineTo(url: string): Promise<{ url: string; cut: () => Promise<void> }> {
  const port = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  };
  const line = createServer((socket) => {
    const there = keep(connect(port, '127.0.0.1'));
    keep(socket).pipe(there).pipe(socket);
    there.on('close', () => socket.destroy());
    socket.on('close', () => there.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => line.once('listening', resolve));
  return {
    url: urlOf(line.address()),
    async cut() {
      const closed = new Promise((resolve) => line.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function urlOf(address: string | { readonly port: number } | null): string {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}
