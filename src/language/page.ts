// One message while it is being read: its text, what has been claimed, and the tokens so far.

import type { Handle } from './handles.ts';
import type { Field } from './label-words.ts';
import type { Letters } from './letters.ts';
import type { Span } from './origin.ts';
import type { Catalogue, Mention } from './product.ts';
import type { FoundCount } from './quantity.ts';
import type { AskField } from './reading.ts';
import type { PhoneHead } from './split-phone.ts';

/** A label with the stretch of text that is its value. */
export type LabelledValue = {
  readonly field: Field;
  readonly start: number;
  readonly from: number;
  readonly to: number;
  /** Written with a colon or in a cell: whatever stands in it is the value. */
  readonly strong: boolean;
  readonly lineStart: boolean;
  /** Part of a sentence: "받는 분은 …". */
  readonly told: boolean;
  /** A cell of a sheet: its field ends with it. */
  readonly cell?: true;
  /** Of a column named after a product: its words, in the header. */
  readonly product?: readonly Mention[];
};

export type At = { readonly start: number; readonly end: number };

/** A token on its page; it becomes a `Token` when its message is known. */
export type Spotted = At &
  (
    | { readonly kind: 'break'; readonly blank: boolean }
    | { readonly kind: 'mark' }
    /** Where the row of one recipient begins, and where it ends. */
    | { readonly kind: 'row'; readonly opens: boolean }
    | { readonly kind: 'party'; readonly party: 'recipient' | 'sender'; readonly section: boolean }
    /** "받는분: 주문자와 동일": who orders receives it himself. */
    | { readonly kind: 'selfsame' }
    | {
        readonly kind: 'name';
        readonly text: string;
        readonly weight: number;
        readonly labelled: boolean;
        /** Somebody says who he is: "이나경입니다". */
        readonly introduced: boolean;
      }
    | {
        readonly kind: 'phone';
        readonly digits: string | null;
        readonly sender: boolean;
        /** Where it was said, if this place only refers to it: "전화 위와 동일". */
        readonly said?: At;
        /** Where it began, in the message before. */
        readonly head?: Span;
      }
    | {
        readonly kind: 'address';
        readonly text: string | null;
        /** Only the flat is missing, and announced. */
        readonly partial: string | null;
        /** Only a town or district was said: its road may come with the next message. */
        readonly region: string | null;
        /** With the shop's name at its end, when that is not the recipient's. */
        readonly longText: string | null;
        readonly placeStart: number;
        readonly placeEnd: number;
        readonly labelled: boolean;
        readonly said?: At;
      }
    /** A flat without its house: "동호수는 103동 502호예요". */
    | {
        readonly kind: 'unit';
        readonly text: string;
        /** The flat that was wrong: "505호가 아니고 506호". */
        readonly instead: string | null;
        /** "주소는 104동 1204호예요" takes the place of the flat known. */
        readonly restates: boolean;
      }
    | { readonly kind: 'postcode'; readonly digits: string }
    | ({ readonly kind: 'count'; readonly labelled: boolean } & FoundCount)
    | {
        readonly kind: 'mention';
        readonly feature: string;
        readonly labelled: boolean;
        /** In the column of a product its words stand in the header. */
        readonly head?: At;
      }
    | { readonly kind: 'home'; readonly word: string }
    | { readonly kind: 'ordinal'; readonly index: number }
    /** `wish` is null for a day by itself: it takes the place of the one said before. */
    | {
        readonly kind: 'wanted';
        readonly date: string;
        readonly wish: 'arrive' | 'dispatch' | null;
      }
    /** A day that will not do: "24일은 빼고". */
    | { readonly kind: 'notday'; readonly date: string }
    /** Whatever day was wished no longer matters. */
    | { readonly kind: 'anyday' }
    | { readonly kind: 'memo'; readonly text: string; readonly labelled: boolean }
    | { readonly kind: 'sender'; readonly text: string }
    | {
        readonly kind: 'depositor';
        readonly text: string | null;
        readonly sameAs: 'sender' | 'recipient' | null;
        /** "입금자는 저 김영희예요": who pays is who writes. */
        readonly own?: boolean;
      }
  );

export type Token = Spotted & {
  /** Which message of the conversation says it, from 0. */
  readonly message: number;
};

export type Page = {
  readonly text: string;
  /** What stands in the text at all, so that nobody searches for what cannot. */
  readonly letters: Letters;
  readonly taken: Uint8Array;
  readonly tokens: Spotted[];
  readonly labels: LabelledValue[];
  readonly catalogue: Catalogue;
  readonly today: string;
  readonly asked: AskField | null;
  /** The addresses known before. */
  readonly houses: readonly string[];
  /** What the recipients known before are called. */
  readonly called: readonly Handle[];
  /** What is known of the address this message may go on with: "서울 강남구". */
  readonly region: string | null;
  /** The one recipient known so far has an address or a number, and no name yet. */
  readonly nameless: boolean;
  /** The message before was the beginning of a number. */
  readonly head: PhoneHead | null;
};

export const isTaken = (page: Page, at: number): boolean => page.taken[at] === 1;

export function isFree({ taken }: Page, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (taken[at] === 1) return false;
  return true;
}

/** Nobody later reads what is claimed. */
export function claim({ taken }: Page, start: number, end: number): void {
  for (let at = start; at < end; at += 1) taken[at] = 1;
}

export function put(page: Page, token: Spotted): void {
  claim(page, token.start, token.end);
  page.tokens.push(token);
}

/** The part of a value in front of the first character another reader has claimed. */
export function freeEnd(page: Page, from: number, to: number): number {
  let at = from;
  while (at < to && page.taken[at] !== 1) at += 1;
  return at;
}

/** A copy by `start`. Tokens are few and mostly in order, so each one is moved to its place by hand. */
export function inTextOrder<T extends At>(tokens: readonly T[]): T[] {
  if (tokens.length > FEW) return tokens.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const ordered = tokens.slice();
  for (let index = 1; index < ordered.length; index += 1) {
    const token = ordered[index];
    if (token === undefined) continue;
    let to = index;
    for (let before = ordered[to - 1]; before !== undefined && isBehind(before, token); ) {
      ordered[to] = before;
      to -= 1;
      before = ordered[to - 1];
    }
    ordered[to] = token;
  }
  return ordered;
}

const FEW = 32;
const isBehind = (one: At, other: At): boolean =>
  one.start > other.start || (one.start === other.start && one.end > other.end);

/** The text with blanks where tokens of these kinds stand: what it says beside them. */
export function blanked(
  { text, tokens }: Pick<Page, 'text'> & { readonly tokens: readonly Spotted[] },
  kinds: ReadonlySet<Token['kind']>,
): string {
  let rest = '';
  for (const { start, end } of inTextOrder(tokens.filter(({ kind }) => kinds.has(kind)))) {
    if (start < rest.length) continue;
    rest += text.slice(rest.length, start) + ' '.repeat(end - start);
  }
  return rest + text.slice(rest.length);
}
