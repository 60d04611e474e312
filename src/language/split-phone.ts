// A number sent in two messages: "010" and then "1290-0071".
import type { Span } from './origin.ts';
import { isFree, type Page, put } from './page.ts';
import { findPhones } from './phone.ts';

/** The digits that began a number, and where they stand. */
export type PhoneHead = { readonly digits: string; readonly span: Span };

const HEAD = /^\s*(?<area>0\d{1,2})(?:[-. ]{0,2}(?<first>\d{3,4}))?[-. ]*$/u;
const REST = /^\s*(?<rest>\d{3,4}(?:[-. ]{0,2}\d{4})?)(?![\d-]|\.\d)/u;

/** The message says nothing but how a number begins. */
export function phoneHead(text: string, message: number): PhoneHead | null {
  const { area, first = '' } = HEAD.exec(text)?.groups ?? {};
  if (area === undefined) return null;
  const start = text.indexOf(area);
  const end = text.trimEnd().replace(/[-.]+$/u, '').length;
  return { digits: `${area}-${first}`, span: { message, start, end } };
}

/** The rest of the number at the beginning of the next message. */
export function readSplitPhone(page: Page): void {
  const { head, text } = page;
  const rest = head === null ? undefined : REST.exec(text)?.groups?.rest;
  if (head === null || rest === undefined) return;
  const [phone] = findPhones(`${head.digits}-${rest}`.replaceAll(/-{2,}/gu, '-'));
  const start = text.indexOf(rest);
  const end = start + rest.length;
  if (phone === undefined || phone.digits === null || !isFree(page, start, end)) return;
  put(page, { kind: 'phone', digits: phone.digits, sender: false, head: head.span, start, end });
}
