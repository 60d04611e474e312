// A button in the 64 bytes that Telegram gives back of it. What is too long for them is noted for its person
// and named by its digest.
import { hash } from 'node:crypto';
import type { ButtonNote, Choice, Press } from '../src/chat/bot.ts';

const DATA_BYTES_MAX = 64;
const NOTED = '#';
const DIGEST_CHARS = 22;
/** Between the fields; a key that begins as most do is written as this and its end. */
const BETWEEN = '\n';
const USUAL = '=';
const OTHER = '!';

type Sayable = Extract<Choice, { readonly say: string }>;
export type Pressed = { readonly text: string; readonly press?: Press };

/** `label` is what stands on the button: it need not be written down when it is what is said. */
export function writeButton(
  { say, press }: Sayable,
  label: string,
): { readonly data: string; readonly note?: ButtonNote } {
  const whole = fieldsOf(say, press);
  if (Buffer.byteLength(whole) <= DATA_BYTES_MAX) return { data: whole };
  const short = say === label ? fieldsOf('', press) : whole;
  if (Buffer.byteLength(short) <= DATA_BYTES_MAX) return { data: short };
  const digest = hash('sha256', whole, 'base64url').slice(0, DIGEST_CHARS);
  return { data: `${NOTED}${digest}`, note: { key: digest, value: whole } };
}

/** The key under which the rest was noted, or null when the data says it all. */
export function noteKeyOf(data: string): string | null {
  return data.startsWith(NOTED) ? data.slice(NOTED.length) : null;
}

/** What a press says and means; data that no button of ours had is the words on the button, as if typed. */
export function readButton(data: string, label: string): Pressed {
  const [act = '', ref, key, said = '', ...more] = data.split(BETWEEN);
  if (ref === undefined || key === undefined || more.length > 0) return { text: label };
  const text = said === '' ? label : said;
  if (act === '') return { text };
  return { text, press: { act, ref, key: readKey(key, `${act}:${ref}`) } };
}

function fieldsOf(say: string, press: Press | undefined): string {
  const { act = '', ref = '', key = null } = press ?? {};
  return [act, ref, writeKey(key, `${act}:${ref}`), say].join(BETWEEN);
}

function writeKey(key: string | null, usual: string): string {
  if (key === null) return '';
  return key.startsWith(usual) ? `${USUAL}${key.slice(usual.length)}` : `${OTHER}${key}`;
}

function readKey(written: string, usual: string): string | null {
  if (written === '') return null;
  return written.startsWith(USUAL) ? `${usual}${written.slice(USUAL.length)}` : written.slice(1);
}
