// Kakao's Event API as its documentation has it: a call is taken at once, then the block of each person
// runs, which calls our skill and shows what it answers. Fails as it is told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { EVENT_NAME } from '../../bots/kakao-event.ts';
import { type KakaoShown, kakaoPayload, problemsOf, shownOf } from './kakao.ts';
import { listening } from './listening.ts';

export const REST_API_KEY = 'rest-api-key';
const USERS_MAX = 100;
const SKILL_WITHIN_MS = 5000;
const SKILL_FAILED = 201;
/** Any other. */
const NOT_SHOWN = 300;

/**
 * What becomes of the next call. `lost`: taken, and the answer never comes. `drop`: not taken, the
 * connection ends. `silent`: taken, and no block runs. `unlinked`: the block runs without our skill.
 */
export type EventFault =
  | { readonly status: number; readonly retryAfter?: number }
  | 'lost'
  | 'hang'
  | 'drop'
  | 'fail'
  | 'silent'
  | 'unlinked';

export type Screen = {
  readonly user: string;
  readonly receipt: string;
  readonly shown: KakaoShown;
};
type To = { readonly bot: string; readonly user: string };
type Task = { readonly receipt: string; status: string; errorType: number | null };

export type FakeEventApi = Awaited<ReturnType<typeof openEventApi>>;

export async function openEventApi({ perSecondMax = Number.POSITIVE_INFINITY } = {}) {
  const faults: EventFault[] = [];
  const screens: Screen[] = [];
  const calls: { readonly user: string; readonly receipt: string }[] = [];
  const tasks = new Map<string, Task>();
  const blocked = new Set<string>();
  const waiting = new Set<() => void>();
  const running = new Set<Promise<void>>();
  let taken: number[] = [];
  let skill = { url: '', secret: '' };

  async function runBlock({ bot, user }: To, task: Task): Promise<void> {
    try {
      const { receipt } = task;
      if (blocked.has(user)) throw new Error('the person does not want it');
      const body = kakaoPayload({
        utterance: EVENT_NAME,
        bot,
        user,
        params: { sanji_receipt: receipt },
      });
      const response = await fetch(skill.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sanji-secret': skill.secret },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(SKILL_WITHIN_MS),
      });
      const text = await response.text();
      if (response.status !== 200 || problemsOf(text).length > 0) throw new Error(text);
      screens.push({ user, receipt, shown: shownOf(text) });
      task.status = 'ALL SUCCESS';
      for (const wake of waiting) wake();
    } catch {
      task.errorType = blocked.has(user) ? NOT_SHOWN : SKILL_FAILED;
      task.status = '1 FAIL';
    }
  }

  function take(bot: string, body: Record<string, never>, fault: EventFault | undefined): string {
    const { user, params } = body as unknown as {
      user: { id: string }[];
      params: { sanji_receipt: string };
    };
    const taskId = `task-${tasks.size + 1}`;
    const task = { receipt: params.sanji_receipt, status: 'RUNNING', errorType: null };
    tasks.set(taskId, task);
    for (const { id } of user) {
      calls.push({ user: id, receipt: task.receipt });
      if (fault === 'silent') continue;
      if (fault === 'unlinked') task.status = 'ALL SUCCESS';
      else {
        const run = runBlock({ bot, user: id }, task).finally(() => running.delete(run));
        running.add(run);
      }
    }
    return taskId;
  }

  async function talk(bot: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const fault = faults.shift();
    if (fault === 'drop') return void res.destroy();
    if (typeof fault === 'object') {
      const head =
        fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return void res.writeHead(fault.status, head).end('{}');
    }
    const now = Date.now();
    taken = taken.filter((at) => at > now - 1000);
    if (taken.length >= perSecondMax)
      return void res.writeHead(429, { 'retry-after': '1' }).end('{}');
    taken.push(now);
    const body = (await json(req)) as Record<string, never>;
    const problem = problemOf(req, body);
    if (problem !== null) return say(res, 400, { status: 'ERROR', message: problem });
    if (fault === 'fail') return say(res, 200, { taskId: 'none', status: 'FAIL', timestamp: now });
    const taskId = take(bot, body, fault);
    if (fault === 'lost') return void res.destroy();
    if (fault === 'hang') return;
    say(res, 200, { taskId, status: 'SUCCESS', timestamp: now });
  }

  const server = createServer((req, res) => {
    if (req.headers.authorization !== `KakaoAK ${REST_API_KEY}`)
      return say(res, 401, { code: -401, msg: 'wrong appKey' });
    const [, taskId = ''] = /^\/v1\/tasks\/(.+)$/.exec(req.url ?? '') ?? [];
    if (req.method === 'GET') {
      const task = tasks.get(decodeURIComponent(taskId));
      if (task === undefined) return say(res, 404, {});
      const { status, errorType } = task;
      const list = errorType === null ? [] : [{ userId: 'u', errorMsg: { errorType, msg: 'x' } }];
      return say(res, 200, {
        taskId,
        status,
        allRequestCount: 1,
        fail: { count: list.length, list },
      });
    }
    const [, bot] = /^\/v2\/bots\/([^/]+)\/talk$/.exec(req.url ?? '') ?? [];
    if (bot === undefined) return say(res, 404, {});
    talk(decodeURIComponent(bot), req, res).catch(() => res.destroy());
  });
  return {
    base: await listening(server),
    /** Taken off one by one, one for each call. */
    faults,
    screens,
    /** Every message taken. */
    calls,
    blocked,
    /** Until so many different messages were shown. */
    async shown(count: number) {
      while (new Set(screens.map(({ receipt }) => receipt)).size < count)
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
    },
    connect(to: { readonly url: string; readonly secret?: string }) {
      skill = { secret: '', ...to };
    },
    /** Until every block that was started has run. */
    async ended() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function problemOf(req: IncomingMessage, body: unknown): string | null {
  if (!req.headers['content-type']?.startsWith('application/json')) return 'no JSON';
  const { event, user } = body as { event?: { name?: string }; user?: { type?: string }[] };
  if (event?.name !== EVENT_NAME) return 'no block has this event';
  if (!Array.isArray(user) || user.length < 1 || user.length > USERS_MAX) return 'users';
  return user.every(({ type }) => type === 'botUserKey') ? null : 'type of user';
}

function say(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
