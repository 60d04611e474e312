// What one message says for all recipients: the sender, the depositor, memos, the wished day.
import type { Notes } from './notes.ts';
import { joinMarks, markOf } from './origin.ts';
import { excludeDay, wantedOf } from './own-days.ts';
import type { Token } from './page.ts';

/** Takes out what belongs to the sender: his name, and a number or address said in his stretch. */
export function takeSender(notes: Notes, text: string, tokens: readonly Token[]): Token[] {
  const rest: Token[] = [];
  let sending = false;
  let named = 0;
  let section = false;
  const recipientAt = tokens.findLastIndex(
    (token) => token.kind === 'party' && token.party === 'recipient',
  );
  const addresses = tokens.filter(({ kind }) => kind === 'address').length;
  for (const [index, token] of tokens.entries()) {
    if (sending && !section && named > 0 && OVER.test(text.slice(named, token.start)))
      sending = false;
    if (token.kind === 'party') {
      named = 0;
      sending = token.party === 'sender';
      section = sending && (token.section || index < recipientAt);
      if (sending) notes.senderIsBuyer = BUYS.test(text.slice(token.start, token.start + 2));
      else rest.push(token);
    } else if (token.kind === 'selfsame') {
      notes.senderReceives = true;
    } else if (token.kind === 'sender') {
      notes.sender = token.text;
      notes.from.sender = markOf(token);
      named = token.end;
    } else if (token.kind === 'break') {
      if (!section || (token.blank && notes.sender !== null)) sending = false;
      rest.push(token);
    } else if (token.kind === 'phone' && (sending || token.sender)) {
      if (notes.senderPhone === null) notes.from.senderPhone = markOf(token);
      notes.senderPhone ??= token.digits;
    } else if (sending && token.kind === 'name' && notes.sender === null) {
      notes.sender = token.text;
      notes.from.sender = markOf(token);
    } else if (!(sending && token.kind === 'address' && addresses > 1 && index < recipientAt)) {
      rest.push(token);
    }
  }
  return rest;
}

/** The sentence that named the sender is over. */
const OVER = /[.!?~](?=\s)|[ㅎㅋㅠㅜ]/u;

const BUYS = /^(?:주문|구매|신청|예약)/u;

/** An instruction for all; said twice it is one. */
export function addMemo(notes: Notes, token: Extract<Token, { kind: 'memo' }>): void {
  if (notes.memos.includes(token.text)) return;
  notes.from.memo = joinMarks(notes.memos.length > 0 ? notes.from.memo : undefined, markOf(token));
  notes.memos.push(token.text);
}

/**
 * An instruction within a row is his alone, as one in a field would be; in the last row, and there
 * only, it may be for all, unless it stands in brackets beside his data.
 */
export function withRowMemos(text: string, tokens: readonly Token[]): Token[] {
  const rows: Token[][] = [];
  let row: Token[] | null = null;
  for (const token of tokens) {
    if (token.kind === 'row') {
      if (token.opens) rows.push([]);
      row = token.opens ? (rows.at(-1) ?? null) : null;
    } else if (token.kind === 'memo') {
      row?.push(token);
    }
  }
  const shared = rows.slice(0, -1).every((memos) => memos.length === 0);
  const memos = rows.flat();
  const own = new Set(shared ? memos.filter(({ start }) => text[start - 1] === '(') : memos);
  return tokens.map((token) =>
    token.kind === 'memo' && own.has(token) ? { ...token, labelled: true } : token,
  );
}

export function takeShared(notes: Notes, tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.kind === 'depositor') {
      notes.depositor = token.text;
      notes.depositorSame = token.sameAs;
      notes.depositorWrites = token.own === true;
      notes.from.depositor = markOf(token);
    } else if (token.kind === 'memo') {
      if (!token.labelled) addMemo(notes, token);
    } else if (token.kind === 'wanted') {
      notes.wanted = wantedOf(token, notes.wanted);
      notes.from.wanted = markOf(token);
    } else if (token.kind === 'notday') {
      excludeDay(notes, token.date);
    } else if (token.kind === 'anyday') {
      notes.wanted = null;
      for (const block of notes.blocks) block.wanted = null;
    }
  }
}
