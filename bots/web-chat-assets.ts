// What a page needs besides its words: htmx, our own script and style, from our own origin. Read
// at the first visit and kept packed; the version in their path lets browsers keep them for good.
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const VERSION_LENGTH = 12;
const { resolve } = createRequire(import.meta.url);

const FILES = {
  'htmx.js': { from: () => resolve('htmx.org/dist/htmx.min.js'), type: 'text/javascript' },
  'sse.js': { from: () => resolve('htmx-ext-sse/dist/sse.min.js'), type: 'text/javascript' },
  'chat.js': { from: () => own('chat.js'), type: 'text/javascript' },
  'chat.css': { from: () => own('chat.css'), type: 'text/css' },
} as const;

export type AssetName = keyof typeof FILES;
export type Asset = { readonly type: string; readonly plain: Buffer; readonly packed: Buffer };
export type Assets = { readonly version: string; readonly byName: ReadonlyMap<string, Asset> };

export async function loadAssets(): Promise<Assets> {
  const loaded = await Promise.all(
    Object.entries(FILES).map(async ([name, { from, type }]) => {
      const plain = await readFile(from());
      const packed = await promisify(gzip)(plain);
      return [name, { type: `${type}; charset=utf-8`, plain, packed }] as const;
    }),
  );
  const contents = Buffer.concat(loaded.map(([, { plain }]) => plain));
  const version = hash('sha256', contents, 'base64url').slice(0, VERSION_LENGTH);
  return { version, byName: new Map(loaded) };
}

function own(name: string): string {
  return fileURLToPath(new URL(`web-chat-assets/${name}`, import.meta.url));
}
