// What all entrances of the web chat share: what it was given, its open pages, and how it says no.
import type { Request, Response } from 'express';
import type {
  Answer,
  Entered,
  Entry,
  Opening,
  Sender,
  Transcript,
  Visit,
} from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { type Assets, loadAssets } from './web-chat-assets.ts';
import {
  createClock,
  type Look,
  type PageFiles,
  renderEntry,
  renderNotice,
  type SharedLook,
} from './web-chat-page.ts';
import { createStreams, type Streams } from './web-chat-streams.ts';
import type { Notice, WebChatWords } from './web-chat-words.ts';

export type WebChatOptions = {
  readonly answer: Answer;
  readonly transcript: Transcript;
  /** What a page shows before anything was said on it; null when there is no such store. */
  readonly open: (visit: Visit) => Promise<Opening | null>;
  /** Uses a one-time link up for a new person, who gets what it gives. */
  readonly enter: (link: {
    readonly token: string;
    readonly sender: Sender;
    readonly at: Date;
  }) => Promise<Entered>;
  readonly words: WebChatWords;
  /** The addresses of the style sheet and the icon that all pages share. */
  readonly sharedLook: () => Promise<SharedLook>;
  /** How the outside reaches us. */
  readonly baseUrl: string;
  /** The cookie that says who is who goes over https only. */
  readonly isSecure: boolean;
  readonly timeZone: string;
  readonly now?: () => Date;
  /** Gets no personal data: never the words said, never the user, never a token. */
  readonly log?: (event: string, fields: Record<string, unknown>) => void;
};

export type Room = Required<WebChatOptions> & {
  readonly look: Look;
  readonly streams: Streams;
  readonly assets: () => Promise<Assets>;
};

export function createRoom(options: WebChatOptions): Room {
  const { transcript, words, timeZone } = options;
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  const look: Look = { words, clock: createClock(timeZone, now) };
  let loading: Promise<Assets> | null = null;
  return {
    ...options,
    now,
    log,
    look,
    streams: createStreams({
      read: transcript.read,
      watch: transcript.watch,
      render: (entry: Entry) => renderEntry(entry, look),
      onBroken: (error) => log('web.broken', harmless(error)),
    }),
    assets: () => {
      loading ??= loadAssets();
      return loading;
    },
  };
}

/** Where the files of a page are; their version is part of the path. */
export async function filesOf(room: Room): Promise<PageFiles> {
  const [{ version }, shared] = await Promise.all([room.assets(), room.sharedLook()]);
  return { own: `/chat/assets/${version}`, ...shared };
}

export async function showNotice(
  room: Room,
  res: Response,
  { status, notice }: { readonly status: number; readonly notice: Notice },
): Promise<void> {
  const page = { ...notice, assets: await filesOf(room) };
  res.status(status).type('html').send(renderNotice(page, room.words));
}

/** Our script shows the words beside the field; without it they are a page. */
export async function refuse(
  room: Room,
  { req, res }: { readonly req: Request; readonly res: Response },
  { status, text }: { readonly status: number; readonly text: string },
): Promise<void> {
  if (isByScript(req)) res.status(status).type('text').send(text);
  else await showNotice(room, res, { status, notice: { title: room.words.notSent, text } });
}

export function isByScript(req: Request): boolean {
  return req.get('hx-request') === 'true';
}
