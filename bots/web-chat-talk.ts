// Looking at a page, saying something on it, and listening.
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Message, NewEntry, Reply, Visit } from '../src/chat/bot.ts';
import { harmless } from './harmless.ts';
import { mayAddress, perMinute } from './web-chat-limits.ts';
import { renderChat, renderNews, type Shown } from './web-chat-page.ts';
import {
  addressOf,
  cookieFor,
  isFromOwnPage,
  readAfter,
  readPlace,
  readSaid,
  type Said,
  type Visitor,
  visitorOf,
} from './web-chat-payload.ts';
import { filesOf, isByScript, type Room, refuse, showNotice } from './web-chat-room.ts';

const ROOM_CHARS = 4_000;
const MESSAGES_PER_MINUTE = 60;
/** Behind one address may be a whole mobile network. */
const MESSAGES_PER_ADDRESS = 3_000;
/** How long a page waits before it asks again for a stream there was no room for. */
const RETRY_AFTER_S = '5';

export async function showPage(room: Room, req: Request, res: Response): Promise<void> {
  const place = readPlace(req.query);
  if (place === undefined) return showNotice(room, res, { status: 404, notice: room.words.noPage });
  const visitor = visitorOf(req, place);
  const visit = visitOf(room, visitor);
  const opening = await room.open(visit);
  if (opening === null) return showNotice(room, res, { status: 404, notice: room.words.noStore });
  const { sender, at } = visit;
  const kept = await room.transcript.read(sender, 0);
  const [first] = kept;
  // Whoever spoke first was greeted before he did, so a reload shows that too.
  const greeting = { id: null, at: first?.at ?? at, reply: opening.reply };
  const entries = first === undefined || 'said' in first ? [greeting, ...kept] : kept;
  const page = { place, title: opening.title, entries, assets: await filesOf(room) };
  res.set('Set-Cookie', cookieFor(visitor, room.isSecure));
  res.type('html').send(renderChat(page, room.look));
}

/** To stand before the parser: of another site's form, or a flood, nothing is read. */
export function letIn(room: Room): RequestHandler {
  const { words, now } = room;
  const { origin } = new URL(room.baseUrl);
  const mayVisitor = perMinute(MESSAGES_PER_MINUTE);
  const mayCaller = perMinute(MESSAGES_PER_ADDRESS);
  return (req: Request, res: Response, next: NextFunction) => {
    const no = (status: number, text: string) => refuse(room, { req, res }, { status, text });
    if (!isFromOwnPage(req, origin)) return no(403, words.foreign);
    const place = readPlace(req.query);
    if (place === undefined) return no(404, words.noPage.text);
    const visitor = visitorOf(req, place);
    const isInTime = mayVisitor(visitor.sender.user, now()) && mayAddress(mayCaller, req.ip, now());
    if (!isInTime) return no(429, words.tooFast);
    res.locals.visitor = visitor;
    return next();
  };
}

export async function take(room: Room, req: Request, res: Response): Promise<void> {
  // The one that `letIn` found; Express keeps what handlers hand on untyped.
  const visitor = res.locals.visitor as Visitor;
  const no = (status: number, text: string) => refuse(room, { req, res }, { status, text });
  const said = readSaid(req.body);
  if (said === undefined) return no(400, room.words.unreadable);
  if (visitor.storeId !== null && (await room.open(visitOf(room, visitor))) === null)
    return no(404, room.words.noStore.text);
  res.set('Set-Cookie', cookieFor(visitor, room.isSecure));
  const entries = said.text === '' ? [] : await turn(room, visitor, said);
  if (!isByScript(req)) return res.redirect(303, `${addressOf('/chat', visitor)}#end`);
  const form = said.isPress ? 'press' : 'say';
  res.type('html').send(renderNews({ entries, form }, room.look));
}

/** All that the page does not show yet, up to what was just said and answered. */
async function turn(room: Room, visitor: Visitor, said: Said): Promise<readonly Shown[]> {
  const { transcript } = room;
  const { id, text, press } = said;
  const visit = visitOf(room, visitor);
  const { sender, at } = visit;
  const reply = await answerSafely(room, { ...visit, text, press, updateId: id });
  const spoken: readonly NewEntry[] = [
    { key: `said:${id}`, said: text },
    { key: `answer:${id}`, reply },
  ];
  // Nobody is known by this name where not even the first words were heard: there is no page to keep.
  if (!(await transcript.add(sender, spoken, at)))
    return spoken.map(({ key: _, ...entry }) => ({ id: null, at, ...entry }));
  return transcript.read(sender, said.after);
}

async function answerSafely({ answer, words, log }: Room, message: Message): Promise<Reply> {
  try {
    return await answer(message);
  } catch (error) {
    log('web.broken', harmless(error));
    return { texts: [words.broken], choices: [] };
  }
}

export function openStream({ streams }: Room, req: Request, res: Response): void {
  const place = readPlace(req.query);
  const visitor = place && visitorOf(req, place);
  // Without the cookie of its page a stream would hear nothing for ever.
  if (visitor === undefined || visitor.isNew) return void res.status(204).end();
  const after = readAfter(req.query, req.get('last-event-id'));
  if (streams.open({ res, sender: visitor.sender, after })) return;
  res.status(503).set({ 'Retry-After': RETRY_AFTER_S, Connection: 'close' }).end();
}

function visitOf({ now }: Room, { sender, storeId }: Visitor): Visit {
  return { sender, storeId, roomChars: ROOM_CHARS, at: now() };
}
