// A reply as a SkillResponse v2.0 within every documented limit; Kakao shows nothing at all of an
// answer that breaks one. Characters are counted as code points.
// https://kakaobusiness.gitbook.io/main/tool/chatbot/skill_guide/answer_json_format
import type { Choice, Reply } from '../src/chat/bot.ts';
import { type KakaoPress, writePress } from './kakao-payload.ts';
import { clean, cut, fits, isVisible } from './plain-text.ts';

const OUTPUTS_MAX = 3;
/** A simpleText may hold 1,000, but is folded after 500. */
const TEXT_MAX = 500;
/** Title and description of one textCard together; we set no title. */
const CARD_MAX = 400;
const BUTTONS_MAX = 3;
const QUICK_REPLIES_MAX = 10;
const LABEL_MAX = 14;
const SAY_MAX = 1_000;
const URL_MAX = 1_000;
/** "30 KB", read in the stricter way. */
const BODY_BYTES_MAX = 30_000;

/** An empty text makes the whole answer invalid, so even no words at all are something. */
const SILENCE = '…';

/** What surely fits, even when the last bubble is a card with link buttons. */
export const KAKAO_ROOM_CHARS = (OUTPUTS_MAX - 1) * TEXT_MAX + CARD_MAX;

type Link = { readonly label: string; readonly action: 'webLink'; readonly webLinkUrl: string };
type QuickReply = {
  readonly label: string;
  readonly action: 'message';
  readonly messageText: string;
  readonly extra?: KakaoPress;
};
type Output =
  | { readonly simpleText: { readonly text: string } }
  | {
      readonly textCard: {
        readonly description: string;
        readonly buttons: readonly Link[];
        readonly buttonLayout: 'vertical';
      };
    };
type SkillResponse = {
  readonly version: '2.0';
  readonly template: {
    readonly outputs: readonly Output[];
    readonly quickReplies?: readonly QuickReply[];
  };
};

/** The body of an answer; `whenEmpty` stands in for a reply without a visible character. */
export function renderKakao(reply: Reply, whenEmpty: string): string {
  const labels = new Set<string>();
  const links = linksOf(reply.choices, labels);
  const quickReplies = quickRepliesOf(reply.choices, labels);
  const outputs = outputsOf(reply.texts, links, whenEmpty);
  let body = JSON.stringify(responseOf(outputs, quickReplies));
  // UTF-8 needs at most three bytes per UTF-16 unit, so ordinary answers are not measured.
  while (body.length * 3 > BODY_BYTES_MAX && Buffer.byteLength(body) > BODY_BYTES_MAX) {
    if (quickReplies.pop() === undefined) break;
    body = JSON.stringify(responseOf(outputs, quickReplies));
  }
  return body;
}

function responseOf(outputs: readonly Output[], quickReplies: readonly QuickReply[]) {
  const template = quickReplies.length > 0 ? { outputs, quickReplies } : { outputs };
  return { version: '2.0', template } satisfies SkillResponse;
}

function linksOf(choices: readonly Choice[], labels: Set<string>): Link[] {
  const links: Link[] = [];
  for (const choice of choices) {
    if (links.length === BUTTONS_MAX) break;
    if (!('url' in choice)) continue;
    const webLinkUrl = webUrl(choice.url);
    const label = lineOf(choice.label);
    if (webLinkUrl === undefined || !isVisible(label)) continue;
    links.push({ label: freeLabel(label, labels), action: 'webLink', webLinkUrl });
  }
  return links;
}

function quickRepliesOf(choices: readonly Choice[], labels: Set<string>): QuickReply[] {
  const quickReplies: QuickReply[] = [];
  for (const choice of choices) {
    if (quickReplies.length === QUICK_REPLIES_MAX) break;
    if ('url' in choice) continue;
    const say = clean(choice.say).trim();
    const words = lineOf(choice.label);
    const label = isVisible(words) ? words : lineOf(say);
    if (!isVisible(label)) continue;
    quickReplies.push({
      label: freeLabel(label, labels),
      action: 'message',
      messageText: cut(isVisible(say) ? say : label, SAY_MAX),
      extra: choice.press && writePress(choice.press),
    });
  }
  return quickReplies;
}

/** Link buttons need a card; it takes the last bubble as its description. */
function outputsOf(
  texts: readonly string[],
  links: readonly Link[],
  whenEmpty: string,
): readonly Output[] {
  const lastMax = links.length > 0 ? CARD_MAX : TEXT_MAX;
  let bubbles = layOut(texts, lastMax);
  if (bubbles.length === 0) bubbles = layOut([whenEmpty], lastMax);
  if (bubbles.length === 0) bubbles = [SILENCE];
  return bubbles.map((text, at) =>
    links.length > 0 && at === bubbles.length - 1
      ? { textCard: { description: text, buttons: links, buttonLayout: 'vertical' } }
      : { simpleText: { text } },
  );
}

/** At most three bubbles, each within its limit; the bubbles given are kept where they fit. */
function layOut(texts: readonly string[], lastMax: number): string[] {
  const bubbles = texts.map((text) => clean(text).trim()).filter(isVisible);
  const limits = new Array<number>(OUTPUTS_MAX).fill(TEXT_MAX);
  const lastLimits = limits.with(-1, lastMax);
  const last = bubbles.length - 1;
  const parts = bubbles.flatMap((text, at) => spread(text, at === last ? lastLimits : limits));
  return joinShort(parts, lastMax) ? parts : spread(bubbles.join('\n\n'), lastLimits);
}

/** Joins the shortest neighbours until three parts are left; false when that is not possible. */
function joinShort(parts: string[], lastMax: number): boolean {
  while (parts.length > OUTPUTS_MAX) {
    let best = '';
    let bestAt = -1;
    for (let at = 0; at + 1 < parts.length; at += 1) {
      const pair = `${parts[at]}\n\n${parts[at + 1]}`;
      const max = at + 2 === parts.length ? lastMax : TEXT_MAX;
      if (!fits(pair, max) || (bestAt >= 0 && pair.length >= best.length)) continue;
      best = pair;
      bestAt = at;
    }
    if (bestAt < 0) return false;
    parts.splice(bestAt, 2, best);
  }
  return true;
}

/**
 * One text over as few of the last `limits` as hold it, each part ending at a blank line, a line
 * end or a space where one lies in reach. What is too long for all of them ends with `…`.
 */
function spread(text: string, limits: readonly number[]): string[] {
  const lastLimit = limits.at(-1) ?? 0;
  if (fits(text, lastLimit)) return [text];
  const room = limits.reduce((sum, limit) => sum + limit, 0);
  let rest = Array.from(text);
  let later = room;
  const parts: string[] = [];
  for (const limit of limits.slice(0, -1)) {
    later -= limit;
    if (rest.length <= later) continue;
    const longest = Math.min(limit, rest.length - 1);
    const needed = rest.length - later;
    const shortest = needed > longest ? Math.ceil(longest / 2) : Math.max(1, needed);
    const at = breakAt(rest, shortest, longest);
    parts.push(rest.slice(0, at).join('').trimEnd());
    rest = Array.from(rest.slice(at).join('').trimStart());
  }
  parts.push(cut(rest.join(''), lastLimit));
  return parts;
}

/** How many characters to take, between `shortest` and `longest`, so that words stay whole. */
function breakAt(chars: readonly string[], shortest: number, longest: number): number {
  const at = (place: number) => chars[place];
  const ends: readonly ((place: number) => boolean)[] = [
    (place) => at(place) === '\n' && at(place + 1) === '\n',
    (place) => at(place) === '\n',
    (place) => at(place) === ' ',
  ];
  for (const isEnd of ends)
    for (let place = longest; place >= shortest; place -= 1) if (isEnd(place)) return place;
  return longest;
}

function lineOf(label: string): string {
  return clean(label).replace(/\s+/g, ' ').trim();
}

/** Two buttons of one label cannot be told apart, so the second is numbered. */
function freeLabel(label: string, taken: Set<string>): string {
  let free = cut(label, LABEL_MAX);
  for (let count = 2; taken.has(free); count += 1) {
    const mark = ` ${count}`;
    free = cut(label, LABEL_MAX - mark.length) + mark;
  }
  taken.add(free);
  return free;
}

/** Kakao opens absolute http and https addresses only; the rest is left out. */
function webUrl(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return undefined;
  return parsed.href.length <= URL_MAX ? parsed.href : undefined;
}
