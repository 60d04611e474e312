// A reply as Discord messages within every documented limit. What is said is shown letter by letter:
// names and memos of people are never markup and ping nobody.
// https://docs.discord.com/developers/resources/message
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
  type Message,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import type { Choice, Reply } from '../src/chat/bot.ts';
import { type Pressed, writePressed } from './discord-press.ts';
import { clean, cut, isVisible } from './plain-text.ts';

/** Of one message. */
const CONTENT_MAX = 2000;
const ROWS_MAX = 5;
const ROW_BUTTONS_MAX = 5;
const LABEL_MAX = 80;
const URL_MAX = 512;

/** What surely fits one message, marks of escape included. */
export const DISCORD_ROOM_CHARS = 1900;

export type File = { readonly name: string; readonly data: Buffer };
export type Part = Pick<
  RESTPostAPIChannelMessageJSONBody,
  'content' | 'components' | 'allowed_mentions' | 'flags'
> & { readonly files?: readonly File[] };
type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

export type Rendering = {
  /** Stands in for a reply without a visible character. */
  readonly whenEmpty: string;
  /** The form that a button with these words opens instead of saying them. */
  readonly formFor: (say: string) => string | undefined;
  /** Stands behind the buttons of the reply: a form to write in where text is not read. */
  readonly writing: { readonly label: string; readonly form: string } | null;
};

/** Bubbles share a message where they fit; the buttons stand below the last one. */
export function renderDiscord(reply: Reply, rendering: Rendering): readonly Part[] {
  const texts = reply.texts.map((text) => literal(clean(text).trim())).filter(isVisible);
  const bubbles = texts.length > 0 ? texts : [literal(clean(rendering.whenEmpty)) || '…'];
  const contents = pack(bubbles.flatMap((text) => split(text)));
  const components = rowsOf(reply.choices, rendering);
  return contents.map((content, at) => ({
    content,
    allowed_mentions: { parse: [] },
    // A link in the text stays a link: its preview would be longer than the answer.
    flags: MessageFlags.SuppressEmbeds,
    ...(at === contents.length - 1 && components.length > 0 ? { components } : {}),
  }));
}

/** The buttons of a message as they are on screen. */
export function rowsShown(message: Message): Row[] {
  return message.components.flatMap((row) =>
    row.type === ComponentType.ActionRow ? [row.toJSON()] : [],
  );
}

/** The rows of a message whose question is answered: what asked can be pressed no more. */
export function closedRows(rows: readonly Row[], isAsking: (customId: string) => boolean): Row[] {
  return rows.map((row) => ({
    ...row,
    components: row.components.map((component) =>
      'custom_id' in component && isAsking(component.custom_id)
        ? { ...component, disabled: true }
        : component,
    ),
  }));
}

function rowsOf(choices: readonly Choice[], rendering: Rendering): Row[] {
  const { writing } = rendering;
  const most = ROWS_MAX * ROW_BUTTONS_MAX - (writing === null ? 0 : 1);
  const labels = new Set<string>();
  const buttons = choices.flatMap((choice, at) => buttonOf(choice, at, { labels, rendering }));
  const kept = buttons.slice(0, most);
  if (writing !== null)
    kept.push(actionButton(writing.label, { form: writing.form }, choices.length));
  return Array.from({ length: Math.ceil(kept.length / ROW_BUTTONS_MAX) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: kept.slice(row * ROW_BUTTONS_MAX, (row + 1) * ROW_BUTTONS_MAX),
  }));
}

function buttonOf(
  choice: Choice,
  at: number,
  { labels, rendering }: { readonly labels: Set<string>; readonly rendering: Rendering },
): APIButtonComponent[] {
  const label = freeLabel(clean(choice.label).replace(/\s+/g, ' ').trim(), labels);
  if (label === null) return [];
  if ('url' in choice) {
    const url = webUrl(choice.url);
    return url === null
      ? []
      : [{ type: ComponentType.Button, style: ButtonStyle.Link, label, url }];
  }
  const say = clean(choice.say).trim() || label;
  const form = choice.press === undefined ? rendering.formFor(say) : undefined;
  if (form !== undefined) return [actionButton(label, { form }, at)];
  return [actionButton(label, { say, press: choice.press }, at)];
}

function actionButton(label: string, pressed: Pressed, at: number): APIButtonComponent {
  return {
    type: ComponentType.Button,
    // What is done once and for all stands out from what can be looked at again.
    style: 'say' in pressed && pressed.press?.key ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label,
    custom_id: writePressed(pressed, { label, at }),
  };
}

/** Two buttons of one label cannot be told apart, so the second is numbered; null shows nothing. */
function freeLabel(label: string, taken: Set<string>): string | null {
  if (!isVisible(label)) return null;
  let free = cut(label, LABEL_MAX);
  for (let count = 2; taken.has(free); count += 1) {
    const mark = ` ${count}`;
    free = cut(label, LABEL_MAX - mark.length) + mark;
  }
  taken.add(free);
  return free;
}

function webUrl(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return null;
  return parsed.href.length <= URL_MAX ? parsed.href : null;
}

/**
 * Links first, for a mark inside is part of the address; then what means something only at the start of
 * a line (a list would number our rows anew), then what does anywhere. A lone `~` or `|` marks nothing.
 */
const MARKS =
  /https?:\/\/[^\s<>]+|(?<=^[ \t]*)(?:-#|>{1,3}|#{1,3}|[-+])(?=\s)|(?<=^[ \t]*\d+)\.(?=\s)|[\\*_`<]|~~|\|\||\](?=\()/gm;

function literal(text: string): string {
  return text.replace(MARKS, (mark) =>
    mark.startsWith('http') ? mark : mark.replace(/[^-#>]|^-|^[#>]/g, '\\$&'),
  );
}

/** Pieces of at most one message, each ending at a line end, or at a blank where a line is too long. */
function split(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > CONTENT_MAX) {
    const head = rest.slice(0, CONTENT_MAX);
    const line = head.lastIndexOf('\n');
    const blank = line > 0 ? line : head.lastIndexOf(' ');
    const at = blank > 0 ? blank : safeEnd(head);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).replace(/^[ \n]+/, '');
  }
  return rest === '' ? parts : [...parts, rest];
}

/** Never between a backslash and its mark, nor within a surrogate pair. */
function safeEnd(head: string): number {
  return /[\uD800-\uDBFF\\]$/.test(head) ? head.length - 1 : head.length;
}

function pack(texts: readonly string[]): string[] {
  const packed: string[] = [];
  for (const text of texts) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + 2 + text.length <= CONTENT_MAX)
      packed[packed.length - 1] = `${last}\n\n${text}`;
    else packed.push(text);
  }
  return packed;
}
