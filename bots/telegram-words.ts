// What the bot says by itself, and what is said by a command.
import type { MenuLine } from '../src/chat/bot.ts';

export type TelegramWords = {
  /** Something went wrong on our side. */
  readonly broken: string;
  /** Somebody changed what he had written: only what is sent anew is read. */
  readonly edited: string;
  /** Others read along here. */
  readonly privately: string;
  /** What `/start` says. */
  readonly start: string;
  /** What the link `?start=join-<code>` says. */
  readonly joining: (code: string) => string;
  /** What the link `?start=link-<code>` says. */
  readonly linking: (code: string) => string;
};

/** In a chat of several bots a command names the one it is for. */
const COMMAND = /^\/([a-z0-9_]{1,32})(?:@\w{1,64})?(?:\s+(\S[\s\S]*))?$/i;
const CODE = /^(join|link)-([A-Za-z0-9_-]{1,59})$/;

/** The words behind a command; anything else is what it is. */
export function commanded(
  text: string,
  { words, menu }: { readonly words: TelegramWords; readonly menu: readonly MenuLine[] },
): string {
  const [, command = '', said] = COMMAND.exec(text) ?? [];
  if (command.toLowerCase() === 'start') {
    const [, what, code = ''] = CODE.exec(said ?? '') ?? [];
    if (what === 'join') return words.joining(code);
    return what === 'link' ? words.linking(code) : words.start;
  }
  const line = menu.find((one) => one.command === command.toLowerCase());
  return line === undefined ? text : (said ?? line.says);
}
