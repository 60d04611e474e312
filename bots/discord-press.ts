// What a button carries in its `custom_id`: only this comes back when it is pressed, after any restart.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { Press } from '../src/chat/bot.ts';

const CUSTOM_ID_MAX = 100;

/** A button says words, with or without a press, or opens a form to fill in. */
export type Pressed = { readonly say: string; readonly press?: Press } | { readonly form: string };

/**
 * `at` keeps ids apart within a message. Words that are the label are not written: the message that
 * comes back with the press shows it. A press that does not fit is left out, so that its words count.
 */
export function writePressed(
  pressed: Pressed,
  { label, at }: { readonly label: string; readonly at: number },
): string {
  if ('form' in pressed) return `${at}:${pressed.form}`;
  const { say, press } = pressed;
  const words = say === label ? 0 : say;
  const written = (parts: readonly unknown[]) => `${at}${JSON.stringify(parts)}`;
  const parts = press && [words, press.key ?? 0, press.act, press.ref];
  const ids = [
    ...(parts === undefined ? [] : [written(parts), `${at}!${packed(JSON.stringify(parts))}`]),
    written([words]),
  ];
  return ids.find((id) => id.length <= CUSTOM_ID_MAX) ?? `${at}[0]`;
}

// The limit counts characters, and each of these carries 14 bits: a press with many parcels in it fits.
const PACKED_FROM = 0x4e00;
const PACKED_BITS = 14;
const UNPACKED_MAX = 2000;

function packed(text: string): string {
  const bits = [...deflateRawSync(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = bits.match(new RegExp(`.{1,${PACKED_BITS}}`, 'g')) ?? [];
  const codes = digits.map((digit) => Number.parseInt(digit.padEnd(PACKED_BITS, '0'), 2));
  return codes.map((code) => String.fromCharCode(PACKED_FROM + code)).join('');
}

function unpacked(text: string): string {
  const codes = Array.from(text, (char) => char.charCodeAt(0) - PACKED_FROM);
  const bits = codes.map((code) => code.toString(2).padStart(PACKED_BITS, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  try {
    return inflateRawSync(Buffer.from(bytes), { maxOutputLength: UNPACKED_MAX }).toString();
  } catch {
    return '';
  }
}

/** Undefined for an id that is none of ours, as of an earlier version. */
export function readPressed(customId: string, label: string): Pressed | undefined {
  const [, form, dense, plain] =
    /^\d+(?::([a-z-]+)|!([\u4e00-\u8dff]+)|(\[.*\]))$/s.exec(customId) ?? [];
  if (form !== undefined) return { form };
  const read = partsSchema.safeParse(parsed(dense === undefined ? plain : unpacked(dense)));
  if (!read.success) return undefined;
  const [words, key, act, ref] = read.data;
  const say = words === 0 ? label : words;
  if (act === undefined || ref === undefined || key === undefined) return { say };
  return { say, press: { key: key === 0 ? null : key, act, ref } };
}

/** True for the id of a button that asks something: it carries a press. */
export function isAsking(customId: string): boolean {
  const pressed = readPressed(customId, '');
  return pressed !== undefined && 'press' in pressed && pressed.press !== undefined;
}

const text = z.string().max(UNPACKED_MAX);
const textOrNone = z.union([text.min(1), z.literal(0)]);
const partsSchema = z.union([
  z.tuple([textOrNone]),
  z.tuple([textOrNone, textOrNone, text.min(1), text]),
]);

function parsed(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
