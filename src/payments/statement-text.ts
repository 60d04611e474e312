// A statement's bytes as text: banks write UTF-8 with and without a mark, Korean Excel writes CP949.
import iconv from 'iconv-lite';

export const STATEMENT_BYTES_MAX = 5_000_000;

export type StatementText =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: string }
  | { readonly kind: 'refused'; readonly reason: TextRefusal };

export const TEXT_REFUSALS = [
  'too_large',
  'empty',
  'spreadsheet',
  'pdf',
  'web_page',
  'no_text',
] as const;
export type TextRefusal = (typeof TEXT_REFUSALS)[number];

/** What a file of another kind begins with, in hexadecimal. */
const SIGNATURES: readonly (readonly [string, TextRefusal])[] = [
  ['504b0304', 'spreadsheet'],
  ['d0cf11e0', 'spreadsheet'],
  ['25504446', 'pdf'],
];
const WEB_PAGE = /^\s*<(?:!doctype|html|\?xml|meta|table|head)\b/i;
const LOST = '�';

export function statementText(bytes: Uint8Array): StatementText {
  if (bytes.length > STATEMENT_BYTES_MAX) return { kind: 'refused', reason: 'too_large' };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = buffer.subarray(0, 4).toString('hex');
  const other = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (other !== undefined) return { kind: 'refused', reason: other[1] };
  const { text, encoding } = decoded(buffer);
  if (text.trim() === '') return { kind: 'refused', reason: 'empty' };
  if (text.includes('\0') || text.includes(LOST)) return { kind: 'refused', reason: 'no_text' };
  if (WEB_PAGE.test(text)) return { kind: 'refused', reason: 'web_page' };
  return { kind: 'text', text, encoding };
}

function decoded(buffer: Buffer): { readonly text: string; readonly encoding: string } {
  if (buffer[0] === 0xff && buffer[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(buffer), encoding: 'utf-16le' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(buffer), encoding: 'utf-8' };
  } catch {
    // Not the platform's own decoder: its EUC-KR has no syllables beyond KS X 1001 (똠, 뷁).
    return { text: iconv.decode(buffer, 'cp949'), encoding: 'cp949' };
  }
}
