// The text of a file that somebody exported: UTF-8 with and without a mark, UTF-16, or CP949 as Korean
// spreadsheets write it. And what it is when it is no text.
import iconv from 'iconv-lite';

export type FileKind = 'zip' | 'compound' | 'pdf' | 'text';

/** What a file of a kind begins with, in hexadecimal. */
const SIGNATURES: readonly (readonly [start: string, kind: FileKind])[] = [
  ['504b0304', 'zip'],
  ['d0cf11e0', 'compound'],
  ['25504446', 'pdf'],
];
const WEB_PAGE = /^\s*<(?:!doctype|html|\?xml|meta|table|head)\b/i;
const LOST = '�';

export function fileKind(bytes: Uint8Array): FileKind {
  const start = bufferOf(bytes).subarray(0, 4).toString('hex');
  return SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1] ?? 'text';
}

export function fileText(bytes: Uint8Array): { readonly text: string; readonly encoding: string } {
  const buffer = bufferOf(bytes);
  if (buffer[0] === 0xff && buffer[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(buffer), encoding: 'utf-16le' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(buffer), encoding: 'utf-8' };
  } catch {
    // Not the platform's own decoder: its EUC-KR has no syllables beyond KS X 1001 (똠, 뷁).
    return { text: iconv.decode(buffer, 'cp949'), encoding: 'cp949' };
  }
}

/** False where the bytes were none of the encodings. */
export function isReadable(text: string): boolean {
  return !text.includes('\0') && !text.includes(LOST);
}

export function isWebPage(text: string): boolean {
  return WEB_PAGE.test(text);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
