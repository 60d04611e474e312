// What pages need besides their words, from our own origin: read at the first visit and kept packed. The
// hash in its address lets browsers keep a file for good.
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';

const HASH_LENGTH = 10;
const MAX_AGE_S = 365 * 86_400;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const TYPES = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' } as const;

const { resolve } = createRequire(import.meta.url);
const own = (name: string) => fileURLToPath(new URL(`assets/${name}`, import.meta.url));

const FILES = {
  'base.css': () => own('base.css'),
  'order.css': () => own('order.css'),
  'ops.css': () => own('ops.css'),
  'icon.svg': () => own('icon.svg'),
  'htmx.js': () => resolve('htmx.org/dist/htmx.min.js'),
  'sse.js': () => resolve('htmx-ext-sse/dist/sse.min.js'),
  'live.js': () => own('live.js'),
  'copy.js': () => own('copy.js'),
  'board.css': () => own('board.css'),
  'board.js': () => own('board.js'),
  'board-queue.js': () => own('board-queue.js'),
} as const satisfies Readonly<Record<string, () => string>>;

export type AssetName = keyof typeof FILES;

type Asset = { readonly type: string; readonly hash: string } & Readonly<
  Record<'plain' | 'gzip' | 'br', Buffer>
>;

export class Assets {
  readonly #byName: ReadonlyMap<string, Asset>;

  private constructor(byName: ReadonlyMap<string, Asset>) {
    this.#byName = byName;
  }

  static async load(): Promise<Assets> {
    const names = Object.keys(FILES) as AssetName[];
    return new Assets(new Map(await Promise.all(names.map(load))));
  }

  hrefOf(name: AssetName): string {
    return `/assets/${this.#byName.get(name)?.hash}/${name}`;
  }

  /** Null for an address that we never gave, or gave before this version. */
  find(hashed: string, name: string): Asset | null {
    const asset = this.#byName.get(name);
    return asset?.hash === hashed ? asset : null;
  }
}

/** Reads them when they are asked for first, once. */
export function shelf(): () => Promise<Assets> {
  let loading: Promise<Assets> | undefined;
  return () => {
    loading ??= Assets.load();
    return loading;
  };
}

export function sendAsset(req: Request, res: Response, asset: Asset): void {
  const encoding = req.acceptsEncodings('br', 'gzip');
  res.set({
    'Cache-Control': `public, max-age=${MAX_AGE_S}, immutable`,
    'Content-Type': `${asset.type}; charset=utf-8`,
    Vary: 'Accept-Encoding',
  });
  if (encoding === 'br' || encoding === 'gzip')
    res.set('Content-Encoding', encoding).send(asset[encoding]);
  else res.send(asset.plain);
}

async function load(name: AssetName): Promise<readonly [string, Asset]> {
  const plain = await readFile(FILES[name]());
  const [gzipped, br] = await Promise.all([
    promisify(gzip)(plain),
    promisify(brotliCompress)(plain, BROTLI),
  ]);
  const type = TYPES[name.split('.').at(-1) as keyof typeof TYPES];
  const hashed = hash('sha256', plain, 'base64url').slice(0, HASH_LENGTH);
  return [name, { type, hash: hashed, plain, gzip: gzipped, br }];
}
