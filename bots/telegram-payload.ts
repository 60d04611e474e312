// What Telegram delivers, read into neutral words. Fields may be added at any time; what none of this knows
// (joins, pinned messages, polls) is nothing to be answered.
// https://core.telegram.org/bots/api#update
import { z } from 'zod';
import type { Attachment } from '../src/chat/bot.ts';
import { clean } from './plain-text.ts';

/** More than the core reads, so that it still sees that a text was too long. */
const TEXT_CUT = 20_000;

/** What we ask to be told of; the rest is not sent to us. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const;

export type Button = {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
};
export type Keyboard = readonly (readonly Button[])[];

type Writer = {
  readonly user: string;
  /** `ko`, `en-GB`; null where the app does not say. */
  readonly language: string | null;
};

export type Arrived = { readonly id: number } & (
  | (Writer & { readonly kind: 'said'; readonly text: string; readonly attachment?: Attachment })
  | (Writer & {
      readonly kind: 'pressed';
      readonly query: string;
      readonly data: string;
      /** The message under which it was pressed, as it looked; null when Telegram has forgotten it. */
      readonly on: { readonly message: number; readonly keyboard: Keyboard } | null;
    })
  | (Writer & { readonly kind: 'edited' })
  /** Others read along in this chat. */
  | (Writer & { readonly kind: 'public'; readonly chat: string; readonly query: string | null })
  | { readonly kind: 'reach'; readonly user: string; readonly isReachable: boolean }
  | { readonly kind: 'nothing' }
);

/** Undefined for what is no update at all. */
export function readUpdate(body: unknown): Arrived | undefined {
  const read = updateSchema.safeParse(body);
  if (!read.success) return undefined;
  const { update_id: id, message, edited_message, callback_query, my_chat_member } = read.data;
  if (message !== undefined) return { id, ...readMessage(message) };
  if (edited_message !== undefined) return { id, ...readEdited(edited_message) };
  if (callback_query !== undefined) return { id, ...readPressed(callback_query) };
  if (my_chat_member !== undefined) return { id, ...readReach(my_chat_member) };
  return { id, kind: 'nothing' };
}

type Read<K extends Arrived['kind']> = Arrived extends infer A
  ? A extends { readonly kind: K }
    ? Omit<A, 'id'>
    : never
  : never;
type Nothing = { readonly kind: 'nothing' };

function readMessage(message: TelegramMessage): Read<'said'> | Read<'public'> | Nothing {
  const { from, chat, text, caption } = message;
  if (from === undefined || from.is_bot) return { kind: 'nothing' };
  const writer = writerOf(from);
  const attachment = text === undefined ? attachmentOf(message) : undefined;
  if (text === undefined && attachment === undefined) return { kind: 'nothing' };
  if (chat.type !== 'private')
    return { kind: 'public', ...writer, chat: String(chat.id), query: null };
  const said = clean((text ?? caption ?? '').slice(0, TEXT_CUT)).trim();
  return { kind: 'said', ...writer, text: said, ...(attachment && { attachment }) };
}

/** An edit of somebody's own words; Telegram also calls a live location that moves an edited message. */
function readEdited({ from, chat, text, caption }: TelegramMessage): Read<'edited'> | Nothing {
  const isOfWords = text !== undefined || caption !== undefined;
  if (from === undefined || from.is_bot || chat.type !== 'private' || !isOfWords)
    return { kind: 'nothing' };
  return { kind: 'edited', ...writerOf(from) };
}

function readPressed(pressed: TelegramQuery): Read<'pressed'> | Read<'public'> | Nothing {
  const { id: query, from, message, data } = pressed;
  const writer = writerOf(from);
  if (message === undefined || message.chat.type !== 'private')
    return { kind: 'public', ...writer, chat: String(message?.chat.id ?? ''), query };
  const keyboard = message.reply_markup?.inline_keyboard;
  const on = keyboard === undefined ? null : { message: message.message_id, keyboard };
  return { kind: 'pressed', ...writer, query, data: data ?? '', on };
}

function readReach({ chat, from, new_chat_member }: TelegramReach): Read<'reach'> | Nothing {
  if (chat.type !== 'private') return { kind: 'nothing' };
  const isReachable = new_chat_member.status !== 'kicked';
  return { kind: 'reach', user: String(from.id), isReachable };
}

function writerOf({ id, language_code }: z.infer<typeof userSchema>): Writer {
  return { user: String(id), language: language_code ?? null };
}

/** By the field that carries it. */
const ATTACHMENTS = {
  photo: 'picture',
  video: 'picture',
  animation: 'picture',
  video_note: 'picture',
  story: 'picture',
  voice: 'voice',
  audio: 'voice',
  sticker: 'sticker',
  dice: 'sticker',
  location: 'location',
  venue: 'location',
  document: 'file',
  contact: 'file',
  poll: 'file',
} as const satisfies Record<string, Attachment>;

function attachmentOf(message: TelegramMessage): Attachment | undefined {
  // A file that moves is announced as a file as well: the first of the table counts.
  return Object.entries(ATTACHMENTS).find(([field]) => field in message)?.[1];
}

const userSchema = z.object({
  id: z.number().int(),
  is_bot: z.boolean().optional(),
  language_code: z.string().max(35).optional().catch(undefined),
});
const chatSchema = z.object({ id: z.number().int(), type: z.string() });
const keyboardSchema = z.array(
  z.array(
    z.object({
      text: z.string(),
      callback_data: z.string().optional(),
      url: z.string().optional(),
    }),
  ),
);
const messageSchema = z.looseObject({
  from: userSchema.optional(),
  chat: chatSchema,
  text: z.string().optional(),
  caption: z.string().optional(),
});
const querySchema = z.object({
  id: z.string().min(1).max(100),
  from: userSchema,
  message: z
    .object({
      message_id: z.number().int(),
      chat: chatSchema,
      reply_markup: z.object({ inline_keyboard: keyboardSchema }).optional().catch(undefined),
    })
    .optional(),
  data: z.string().optional(),
});
const reachSchema = z.object({
  chat: chatSchema,
  from: userSchema,
  new_chat_member: z.object({ status: z.string() }),
});
type TelegramMessage = z.infer<typeof messageSchema>;
type TelegramQuery = z.infer<typeof querySchema>;
type TelegramReach = z.infer<typeof reachSchema>;

/** A part that looks otherwise than it is documented is nothing to be answered, but its update is confirmed. */
const updateSchema = z.object({
  update_id: z.number().int(),
  message: messageSchema.optional().catch(undefined),
  edited_message: messageSchema.optional().catch(undefined),
  callback_query: querySchema.optional().catch(undefined),
  my_chat_member: reachSchema.optional().catch(undefined),
});
