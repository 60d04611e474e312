// A statement's bytes as text, or what they are instead.
import { fileKind, fileText, isReadable, isWebPage } from '../files/text.ts';

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

export function statementText(bytes: Uint8Array): StatementText {
  if (bytes.length > STATEMENT_BYTES_MAX) return { kind: 'refused', reason: 'too_large' };
  const kind = fileKind(bytes);
  if (kind === 'pdf') return { kind: 'refused', reason: 'pdf' };
  if (kind !== 'text') return { kind: 'refused', reason: 'spreadsheet' };
  const { text, encoding } = fileText(bytes);
  if (text.trim() === '') return { kind: 'refused', reason: 'empty' };
  if (!isReadable(text)) return { kind: 'refused', reason: 'no_text' };
  if (isWebPage(text)) return { kind: 'refused', reason: 'web_page' };
  return { kind: 'text', text, encoding };
}
