// The Event API: starts a block of our Kakao bot in somebody's room. The block has our skill, so Kakao
// calls it with the reference given here, and what the skill answers is what the person sees.
// https://kakaobusiness.gitbook.io/main/tool/chatbot/main_notions/event-api
import { z } from 'zod';
import { SendError } from '../src/chat/bot.ts';
import { callJson } from './json-call.ts';

const SKILL_FAILED = 201;
/** The name of the event on the block, to be set in the admin tool of the bot. */
export const EVENT_NAME = 'sanji_notice';
/** What the reference is called where Kakao gives it back (`userRequest.params`). */
export const RECEIPT_PARAM = 'sanji_receipt';
/** Won per message with tax: 15 and a tenth of it. */
export const EVENT_PRICE_KRW = 16.5;

/** `ended`: Kakao has done its part. `unanswered`: it called our skill, and got no answer. `failed`: it shows him nothing. */
export type TaskEnd = 'ended' | 'unanswered' | 'failed' | 'unknown';

export type KakaoEvent = {
  /** The task that Kakao made of it; null when it did not take it. */
  readonly talk: (to: {
    readonly bot: string;
    readonly user: string;
    readonly receipt: string;
  }) => Promise<string | null>;
  readonly becameOf: (taskId: string) => Promise<TaskEnd>;
};

export function createKakaoEvent({
  base,
  key,
  callWithinMs,
}: {
  readonly base: string;
  readonly key: string;
  readonly callWithinMs?: number;
}): KakaoEvent {
  const root = base.replace(/\/+$/, '');
  const headers = { authorization: `KakaoAK ${key}` };
  const common = { headers, ...(callWithinMs === undefined ? {} : { withinMs: callWithinMs }) };
  return {
    async talk({ bot, user, receipt }) {
      const params = { [RECEIPT_PARAM]: receipt };
      const { status, body } = await callJson({
        ...common,
        method: 'POST',
        url: `${root}/v2/bots/${encodeURIComponent(bot)}/talk`,
        body: {
          event: { name: EVENT_NAME, data: params },
          user: [{ type: 'botUserKey', id: user }],
          params,
        },
      });
      refuseOurselves(status);
      if (status >= 400) return null;
      const read = talkSchema.safeParse(body);
      if (!read.success) throw new SendError('lost_answer');
      return read.data.status === 'SUCCESS' ? read.data.taskId : null;
    },

    async becameOf(taskId) {
      const { status, body } = await callJson({
        ...common,
        method: 'GET',
        url: `${root}/v1/tasks/${encodeURIComponent(taskId)}`,
      });
      const read = status >= 400 ? undefined : taskSchema.safeParse(body).data;
      if (read === undefined) return 'unknown';
      const { fail, userKeyResolvingFailCount: unresolved } = read;
      if (fail?.list?.some(({ errorMsg }) => errorMsg?.errorType === SKILL_FAILED))
        return 'unanswered';
      if ((fail?.count ?? 0) + (unresolved ?? 0) > 0 || /\bFAIL$/.test(read.status))
        return 'failed';
      return read.status === 'ALL SUCCESS' ? 'ended' : 'unknown';
    },
  };
}

/** Our key, not the person, is refused: a matter for the admin, who is told when the tries are over. */
function refuseOurselves(status: number): void {
  if (status === 401 || status === 403) throw new SendError('unavailable');
}

const talkSchema = z.object({
  taskId: z.string().min(1).max(200).catch('unnamed'),
  status: z.string(),
});

const taskSchema = z.object({
  status: z.string(),
  userKeyResolvingFailCount: z.number().nullish(),
  fail: z
    .object({
      count: z.number().nullish(),
      list: z
        .array(z.object({ errorMsg: z.object({ errorType: z.coerce.number() }).nullish() }))
        .nullish()
        .catch(undefined),
    })
    .nullish(),
});
