// What Kakao posts, read into neutral words. Fields may be added at any time and nearly all may be
// missing, so only the words and the user are asked for.
// https://kakaobusiness.gitbook.io/main/tool/chatbot/skill_guide/answer_json_format
import { z } from 'zod';
import type { Attachment, Press } from '../src/chat/bot.ts';
import { RECEIPT_PARAM } from './kakao-event.ts';
import { clean } from './plain-text.ts';

/** More than the core reads, so that it still sees that a text was too long. */
const TEXT_CUT = 20_000;

export type KakaoSaid = {
  /** Without the `!` that marks the development channel; null when the payload names no bot. */
  readonly bot: string | null;
  readonly user: string;
  readonly text: string;
  readonly press?: Press;
  readonly attachment?: Attachment;
  /** Kakao starts the block of a notice that was sent: nobody has said the words that come with it. */
  readonly receipt?: string;
};

/** Undefined when the words or the user are missing or of another type. */
export function readPayload(body: unknown): KakaoSaid | undefined {
  const read = payloadSchema.safeParse(body);
  if (!read.success) return undefined;
  const { bot, userRequest, action } = read.data;
  const attachment = attachmentOf(userRequest);
  return {
    bot: bot?.id?.replace(/!$/, '') ?? null,
    user: userRequest.user.id,
    text: attachment === undefined ? textOf(userRequest.utterance) : '',
    press: readPress(action?.clientExtra),
    attachment,
    receipt: userRequest.params?.[RECEIPT_PARAM] ?? undefined,
  };
}

/**
 * `extra` as it came back from a pressed quick reply. Anything but our own shape is no press: the
 * words of the button are then read as typed.
 */
export function readPress(extra: unknown): Press | undefined {
  if (extra === null || extra === undefined) return undefined;
  const read = pressSchema.safeParse(extra);
  if (!read.success) return undefined;
  return { key: read.data.k ?? null, act: read.data.a, ref: read.data.r };
}

export type KakaoPress = { readonly k?: string; readonly a: string; readonly r: string };

/** Undefined for a press that `readPress` would not take back. */
export function writePress(press: Press): KakaoPress | undefined {
  const read = pressSchema.safeParse({ k: press.key ?? undefined, a: press.act, r: press.ref });
  return read.success ? read.data : undefined;
}

const whole = /^[^\p{Cc}\p{Cs}]*$/u;

const pressSchema = z.object({
  k: z.string().min(1).max(200).regex(whole).optional(),
  a: z.string().min(1).max(100).regex(whole),
  r: z.string().max(300).regex(whole),
});

const payloadSchema = z.object({
  bot: z.object({ id: z.string().max(200).nullish() }).nullish(),
  userRequest: z.object({
    utterance: z.string(),
    // Documented as at most 70 characters.
    user: z.object({ id: z.string().min(1).max(200).regex(whole) }),
    params: z
      .object({
        media: z.object({ type: z.string().optional() }).nullish().catch(undefined),
        [RECEIPT_PARAM]: z.string().min(1).max(100).regex(whole).nullish().catch(undefined),
      })
      .nullish()
      .catch(undefined),
  }),
  action: z.object({ clientExtra: z.unknown().optional() }).nullish().catch(undefined),
});

type UserRequest = z.infer<typeof payloadSchema>['userRequest'];

/** A picture arrives as its URL in place of the words; with other words it is those that count. */
function attachmentOf(request: UserRequest): Attachment | undefined {
  const type = request.params?.media?.type;
  if (type === undefined || !/^(https?:\/\/\S+)?$/.test(request.utterance.trim())) return undefined;
  return type === 'image' ? 'picture' : 'file';
}

/** The bot tester of Kakao ends what was typed with a newline. */
function textOf(utterance: string): string {
  return clean(utterance.slice(0, TEXT_CUT)).trimEnd();
}
