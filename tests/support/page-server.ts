// The pages on a real server, over whichever engine is being tried, at a fixed time.
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createServer, liveOf, type ServerOptions } from '../../src/web/server.ts';
import { openWatched } from './engine.ts';
import { openScene, type Scene, TUESDAY_MORNING } from './page-scene.ts';

export type PageServer = Scene & {
  readonly base: string;
  readonly clock: { now: Date };
  /** Where the page of an order is. */
  readonly pathTo: (id: string) => Promise<string>;
  readonly openStreams: () => number;
};

/** What a test gives the server beside the pages themselves. */
export type MorePages = Partial<Pick<ServerOptions, 'apiKeys' | 'meter' | 'running' | 'limits'>>;

export async function openPages(more: MorePages = {}): Promise<PageServer> {
  const { store, close } = await openWatched();
  const scene = await openScene(store);
  const clock = { now: TUESDAY_MORNING };
  const log = () => undefined;
  const live = liveOf({ store, log });
  const server = createServer({
    ...{ store, live, log, apiKeys: new Map(), botRoutes: [] },
    newOrderId: () => 'ord_unused',
    now: () => clock.now,
    isReady: () => true,
    publicBaseUrl: 'http://localhost',
    ...more,
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(async () => {
    live.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await close();
  });
  return {
    ...scene,
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    pathTo: async (id) => `/o/${await scene.tokenOf(id)}`,
    openStreams: live.count,
  };
}
