// A reply as the messages that Telegram takes: plain text without any markup, so that whatever somebody wrote
// stays what it is, the buttons under the last one, and files behind the words.
import type { ButtonNote, Choice, Document, Reply } from '../src/chat/bot.ts';
import { clean, cut, isVisible } from './plain-text.ts';
import type { Button, Keyboard } from './telegram-payload.ts';
import { writeButton } from './telegram-press.ts';

/** Telegram counts characters; the units of a string are never fewer. */
export const TEXT_MAX = 4096;
const CAPTION_MAX = 1024;
/** A hundred are taken; nobody reads that many. */
const BUTTONS_MAX = 40;
const LABEL_MAX = 64;
/** In halves of a Hangul syllable: what fits beside each other on a narrow phone. */
const ROW_WIDTH = 30;
const BUTTON_MARGIN = 4;
const ROW_BUTTONS_MAX = 3;
/** Telegram takes no message without words. */
const SILENCE = '…';

export type File = {
  readonly document: Document;
  readonly name: string;
  readonly bytes: Uint8Array;
};

/** One message; `rest` is what is still to be said before it is sent. */
export type Piece = {
  readonly text: string | null;
  readonly file: File | null;
  readonly keyboard: Keyboard;
  readonly rest: Reply;
};

export type Rendered = { readonly pieces: readonly Piece[]; readonly notes: readonly ButtonNote[] };

/** `files` are those of its documents that could be made. */
export function renderTelegram(reply: Reply, files: readonly File[]): Rendered {
  const { keyboard, notes, unopened } = buttonsOf(reply.choices);
  const texts = layOut([...reply.texts, ...unopened]);
  const [only] = texts;
  const [file] = files;
  const { choices } = reply;
  const documents = files.map(({ document }) => document);
  const isCaption = texts.length === 1 && files.length === 1 && (only ?? '').length <= CAPTION_MAX;
  if (isCaption && file !== undefined && only !== undefined)
    return { notes, pieces: [{ text: only, file, keyboard, rest: reply }] };
  if (texts.length === 0 && files.length === 0) texts.push(SILENCE);
  const contents = [
    ...texts.map((text, at) => ({
      ...{ text, file: null },
      rest: { texts: texts.slice(at), choices, documents },
    })),
    ...files.map((file, at) => ({
      ...{ text: null, file },
      rest: { texts: [], choices, documents: documents.slice(at) },
    })),
  ];
  const last = contents.length - 1;
  const pieces = contents.map((content, at) => ({
    ...content,
    keyboard: at === last ? keyboard : [],
  }));
  return { notes, pieces };
}

/** Bubbles as few messages as hold them: each that is sent by itself can fail by itself. */
function layOut(bubbles: readonly string[]): string[] {
  const texts: string[] = [];
  for (const bubble of bubbles.map((text) => clean(text).trim()).filter(isVisible))
    for (const part of split(bubble)) {
      const joined = `${texts.at(-1) ?? ''}\n\n${part}`;
      if (texts.length > 0 && joined.length <= TEXT_MAX) texts.splice(-1, 1, joined);
      else texts.push(part);
    }
  return texts;
}

/** At line ends, else at a blank, else anywhere but within a character. */
function split(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > TEXT_MAX) {
    const at = breakAt(rest);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...parts, rest].filter(isVisible);
}

function breakAt(text: string): number {
  for (const end of ['\n', ' ']) {
    const at = text.lastIndexOf(end, TEXT_MAX);
    // A break near the beginning would leave a scrap.
    if (at > TEXT_MAX / 2) return at;
  }
  const isPair = /[\uDC00-\uDFFF]/.test(text.charAt(TEXT_MAX));
  return isPair ? TEXT_MAX - 1 : TEXT_MAX;
}

/** `unopened` are the links that no button opens, as words. */
function buttonsOf(choices: readonly Choice[]) {
  const buttons: Button[] = [];
  const notes: ButtonNote[] = [];
  const unopened: string[] = [];
  for (const choice of choices.slice(0, BUTTONS_MAX)) {
    const text = labelOf(choice);
    if (text === null) continue;
    if ('url' in choice) {
      if (isOpened(choice.url)) buttons.push({ text, url: choice.url });
      else unopened.push(`${text}\n${choice.url}`);
      continue;
    }
    const { data, note } = writeButton(choice, text);
    buttons.push({ text, callback_data: data });
    if (note !== undefined) notes.push(note);
  }
  return { keyboard: rowsOf(buttons), notes, unopened };
}

function labelOf(choice: Choice): string | null {
  const words = clean(choice.label).replace(/\s+/g, ' ').trim();
  if (isVisible(words)) return cut(words, LABEL_MAX);
  const said = 'url' in choice ? '' : clean(choice.say).trim();
  return isVisible(said) ? cut(said, LABEL_MAX) : null;
}

/** Telegram takes no button that leads to a machine without a full name, as in development. */
function isOpened(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && /^https?:$/.test(parsed.protocol) && /[.:]/.test(parsed.hostname);
}

/** Short ones beside each other, long ones each in a row. */
function rowsOf(buttons: readonly Button[]): Keyboard {
  const rows: Button[][] = [];
  let room = 0;
  for (const button of buttons) {
    const width = widthOf(button.text) + BUTTON_MARGIN;
    const row = rows.at(-1);
    if (row !== undefined && width <= room && row.length < ROW_BUTTONS_MAX) row.push(button);
    else {
      rows.push([button]);
      room = ROW_WIDTH;
    }
    room -= width;
  }
  return rows;
}

function widthOf(label: string): number {
  return [...label].reduce((sum, char) => sum + (char > '\u1100' ? 2 : 1), 0);
}
