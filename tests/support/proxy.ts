// A wire between a store and its server that is cut at the moment of a commit.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The name under which COMMIT is prepared, as it ends on the wire. */
const COMMIT = Buffer.from('commit\0');

export type Cut = 'before' | 'after';
export type Proxy = {
  readonly url: string;
  /** Cuts the line once: before the next commit reaches the server, or before its answer comes back. */
  readonly cutAtCommit: (when: Cut) => void;
  readonly cuts: () => number;
  readonly close: () => Promise<void>;
};

export async function startProxy(target: string): Promise<Proxy> {
  const server = new URL(target);
  const open = new Set<Socket>();
  let planned: Cut | null = null;
  let cuts = 0;
  const listener = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname);
    let isCutting = false;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      socket.once('error', end);
      socket.once('close', end);
    }
    client.on('data', (bytes: Buffer) => {
      if (planned !== null && bytes.includes(COMMIT)) {
        const when = planned;
        planned = null;
        cuts += 1;
        if (when === 'before') return end();
        isCutting = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      // The server has answered: it is done, and nobody hears of it.
      if (isCutting) end();
      else client.write(bytes);
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const url = new URL(target);
  url.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: url.href,
    cutAtCommit: (when) => {
      planned = when;
    },
    cuts: () => cuts,
    close: async () => {
      for (const socket of open) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
