// A farm whose buyer is on KakaoTalk and is spoken to first: real sockets to the fakes of the routes and
// from them to our skill, and a clock that is moved.

import { createServer } from 'node:http';
import type { Database } from 'better-sqlite3';
import { expect } from 'vitest';
import { EVENT_NAME } from '../../bots/kakao-event.ts';
import type { FilledForm, Form, Reply } from '../../src/chat/bot.ts';
import { holdsOn } from '../../src/outbox/kinds.ts';
import { KakaoUser, kakaoPayload, problemsOf, shownOf } from './kakao.ts';
import { openEventApi } from './kakao-event.ts';
import { openKakaoHouse, SECRET } from './kakao-house.ts';
import { listening } from './listening.ts';
import type { Row } from './post.ts';
import { openFarm } from './shop.ts';
import { openSolapi } from './solapi.ts';
import { openWithConnection } from './sqlite.ts';

/** A call that hangs need not hang long in a test. */
const CALL_WITHIN_MS = 300;

export type Logged = { readonly event: string; readonly fields: Record<string, unknown> };

type Calling = { readonly user?: string; readonly bot?: string; readonly receipt: string };

export async function openKakaoPost({
  withEvent = true,
  templates,
}: {
  readonly withEvent?: boolean;
  readonly templates?: ReadonlyMap<Form, string>;
} = {}) {
  const { store, db } = openWithConnection(holdsOn({ kakao: 'paid' }));
  const farm = await openFarm(store, { policy: { quietHours: { from: '00:00', to: '00:00' } } });
  let at = farm.asked().now;
  const logged: Logged[] = [];
  const spent: { readonly route: string; readonly krw: number }[] = [];
  const [event, solapi] = await Promise.all([openEventApi(), openSolapi({ now: () => at })]);
  let confirmed = 0;
  /** Calls for notices that did not come from the Event API. */
  let called = 0;
  let wake = () => {};
  const onConfirmed = () => {
    confirmed += 1;
    wake();
  };
  /** Until all that was shown is written down as shown. */
  const written = async () => {
    while (confirmed < event.screens.length + called)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  const opened = () =>
    openKakaoHouse({
      ...{ store, now: () => at },
      eventBase: withEvent ? event.base : null,
      solapiBase: templates === undefined ? null : solapi.base,
      templates,
      callWithinMs: CALL_WITHIN_MS,
      onConfirmed,
      log: (event, fields) => logged.push({ event, fields }),
      onSpent: (route, krw) => spent.push({ route, krw }),
    });
  let house = opened();
  const url = `${await listening(createServer((req, res) => house.app(req, res)))}/kakao/skill`;
  event.connect({ url, secret: SECRET });
  return {
    ...{ store, db, farm, event, solapi, logged, spent, url },
    now: () => at,
    pass(ms: number) {
      at = new Date(at.getTime() + ms);
    },
    /** As another process would: nothing is remembered but what is in the store. */
    restart() {
      house = opened();
    },
    /** One look at what is due, and all that comes of it at Kakao. */
    async deliver() {
      await house.delivery.run();
      await event.ended();
      await written();
    },
    /** Somebody calls our skill for a notice. */
    async callFor({ user = farm.sender.user, bot = farm.sender.bot, receipt }: Calling) {
      const params = { sanji_receipt: receipt };
      const body = JSON.stringify(kakaoPayload({ utterance: EVENT_NAME, user, bot, params }));
      const headers = { 'content-type': 'application/json', 'x-sanji-secret': SECRET };
      called += 1;
      const text = await (await fetch(url, { method: 'POST', headers, body })).text();
      expect(problemsOf(text)).toEqual([]);
      await written();
      return shownOf(text);
    },
    person: (user = farm.sender.user) => new KakaoUser(url, user, SECRET, farm.sender.bot),
    /** As the buyer tells it after his first order. */
    async givePhone(phone: string) {
      const turn = await store.findTurn(farm.sender, null);
      const settle = () => ({ conversation: null, reply: null });
      const end = { turn, person: { phone }, shown: [], settle };
      await store.endTurn({ storeId: farm.shop.id, now: at, end });
    },
    /** The forms that were filled in, as the words that were sent are kept. */
    async keptForms(): Promise<FilledForm[]> {
      const ids = rowsOf(db, '%').map(({ id }) => id);
      const kept = await Promise.all(
        ids.map((id) => store.findNotice({ id, sender: farm.sender })),
      );
      return kept.flatMap((words) => (words as Reply | null)?.form ?? []);
    },
    rows: (kind = '%'): Row[] => rowsOf(db, kind),
    row(kind = '%'): Row {
      const [row] = rowsOf(db, kind);
      if (row === undefined) throw new Error(`there is no row of ${kind}`);
      return row;
    },
  };
}

function rowsOf(db: Database, kind: string): Row[] {
  return db.prepare('SELECT * FROM outbox WHERE kind LIKE ? ORDER BY id').all(kind) as Row[];
}
