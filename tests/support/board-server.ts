// A board on a real server that can be stopped and started again under the pages that are open.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createServer, liveOf } from '../../src/web/server.ts';
import { type BoardScene, openBoardScene } from './board-scene.ts';
import { openWatched } from './engine.ts';
import { TUESDAY_MORNING } from './page-scene.ts';

export type BoardServer = BoardScene & {
  readonly base: string;
  readonly clock: { now: Date };
  /** Every request that comes in, as the server has it. */
  readonly posts: () => number;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
};

export async function openBoard(): Promise<BoardServer> {
  const { store, close } = await openWatched();
  const scene = await openBoardScene(store);
  const clock = { now: TUESDAY_MORNING };
  let running: { readonly server: Server; readonly stop: () => Promise<void> } | null = null;
  let port = 0;
  let posts = 0;

  async function start(): Promise<void> {
    const log = () => undefined;
    const live = liveOf({ store, log });
    const app = createServer({
      ...{ store, live, log, apiKeys: new Map(), botRoutes: [] },
      newOrderId: () => 'ord_unused',
      now: () => clock.now,
      isReady: () => true,
      publicBaseUrl: 'http://localhost',
    });
    const server = app.listen(port, '127.0.0.1');
    server.on('request', ({ method }) => {
      if (method === 'POST') posts++;
    });
    await new Promise((resolve) => server.once('listening', resolve));
    ({ port } = server.address() as AddressInfo);
    running = { server, stop: () => end(server, live.stop) };
  }

  async function stop(): Promise<void> {
    await running?.stop();
    running = null;
  }

  await start();
  onTestFinished(async () => {
    await stop();
    await close();
  });
  return { ...scene, base: `http://127.0.0.1:${port}`, clock, posts: () => posts, start, stop };
}

async function end(server: Server, stopStreams: () => void): Promise<void> {
  stopStreams();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
