// Farmer: harvested, packed, sent, and rows that are cancelled.
import type { Parcel } from '../../orders/order.ts';
import type { ReportResult } from '../../orders/reporting.ts';
import type { DayListRow } from '../../orders/store.ts';
import type { Choice, Reply } from '../bot.ts';
import * as words from '../words.ts';
import { CARRIER_NAMES, STATE_WORDS } from './names.ts';
import { BUTTONS, choice, pressable, say, shortly } from './parts.ts';
import { parcelOf, rowsWithNames, wholeDay } from './rows.ts';

const REPORT_WORDS: Readonly<Partial<Record<Parcel['state'], string>>> = {
  harvested: '수확했어요.',
  packed: '포장했어요.',
  shipped: '발송 처리했어요.',
  delivered: '배송 완료로 했어요.',
  scheduled: '송장을 적었어요.',
};

/** The newest list has no such row to report, an older one has. */
export function askOlderList(
  newest: string,
  older: {
    readonly date: string;
    readonly rows: readonly number[];
    readonly names: ReadonlyMap<number, string>;
    readonly id: string;
  },
): Reply {
  const { date, rows, names, id } = older;
  const which = `${words.day(date)} ${rowsWithNames(rows, names)}`;
  return say(
    `${words.day(newest)} 목록의 ${words.ranges(rows)}번은 처리할 수 없어요. ${which} 말씀이세요?`,
    [
      pressable(BUTTONS.yes, { key: `older-list:${id}:${date}`, act: 'older-list', ref: id }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function nothingToReport(date: string): Reply {
  return say(
    `${words.day(date)}에는 보낼 상자가 없어요. "목록"이라고 보내시면 지금 목록을 보여 드려요.`,
    [choice(BUTTONS.list)],
  );
}

/** Echoes date, rows and, for few rows, the recipients, so that a wrong row is noticed at once. */
export function reported(result: ReportResult, recipients: ReadonlyMap<number, string>): Reply {
  const { date, done, already, struck } = result;
  const lines: string[] = [];
  for (const [state, rows] of Map.groupBy(done, (row) => row.state))
    lines.push(
      `${words.day(date)} ${rowsWithNames(
        rows.map(({ row }) => row),
        recipients,
      )} ${REPORT_WORDS[state] ?? STATE_WORDS[state]}`,
    );
  if (already.length > 0)
    lines.push(
      `${words.day(date)} ${rowsWithNames(
        already.map(({ row }) => row),
        recipients,
      )} 이미 처리돼 있어요.`,
    );
  if (struck.length > 0)
    lines.push(`${words.ranges(struck)}번은 목록에서 빠진 줄이라 건너뛰었어요.`);
  if (lines.length === 0) lines.push('처리할 줄이 없어요.');
  return say(lines.join('\n'), [choice(BUTTONS.list), ...nextStep(done[0]?.state)]);
}

function nextStep(state: Parcel['state'] | undefined): Choice[] {
  if (state === 'harvested') return [wholeDay(BUTTONS.pack)];
  return state === 'packed' ? [wholeDay(BUTTONS.ship)] : [];
}

export function askCarrier(
  date: string,
  asked: {
    readonly rows: readonly number[];
    readonly names: ReadonlyMap<number, string>;
    readonly id: string;
  },
): Reply {
  const { rows, names, id } = asked;
  return say(
    `${words.day(date)} ${rowsWithNames(rows, names)} 송장은 어느 택배사인가요?`,
    Object.entries(CARRIER_NAMES).map(([carrier, name]) =>
      pressable(name, {
        key: `carrier:${id}:${carrier}:${rows.join()}`,
        act: 'carrier',
        ref: `${id}:${carrier}`,
      }),
    ),
  );
}

export function carrierKept(
  date: string,
  kept: {
    readonly rows: readonly number[];
    readonly carrier: string;
    readonly names: ReadonlyMap<number, string>;
  },
): Reply {
  const { rows, carrier, names } = kept;
  const whose = `${words.day(date)} ${rowsWithNames(rows, names)}`;
  return say(`${whose} 택배사: ${CARRIER_NAMES[carrier] ?? carrier}`, [choice(BUTTONS.list)]);
}

export function askRowReason(row: DayListRow, date: string): Reply {
  const parcel = parcelOf(row);
  return say(
    `${words.day(date)} ${row.row}번 ${parcel?.recipient ?? ''}님 상자를 취소하려고 해요. 이유를 짧게 적어 주세요.`,
    [choice(BUTTONS.no)],
  );
}

export function confirmRowCancel(
  row: number,
  { date, name, reason, id }: { date: string; name: string; reason: string; id: string },
): Reply {
  return say(
    `${words.day(date)} ${row}번 ${name}님을 취소할까요? 주문한 분께 이렇게 알려요: ${shortly(reason)}`,
    [
      pressable(BUTTONS.cancelYes, {
        key: `row-cancel:${id}:${date}:${row}`,
        act: 'row-cancel',
        ref: id,
      }),
      pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
    ],
  );
}

export function notDone(): Reply {
  return say('네, 그대로 둘게요.', [choice(BUTTONS.list)]);
}

export function rowCancelled(
  row: number,
  { date, name, refundKrw }: { date: string; name: string; refundKrw: number },
): Reply {
  const back = refundKrw > 0 ? ` ${words.won(refundKrw)} 환불을 열었어요.` : '';
  return say(`${words.day(date)} ${row}번 ${name}님을 취소하고 주문한 분께 알려요.${back}`, [
    choice(BUTTONS.list),
  ]);
}

export function andMore(count: number): Reply {
  return say(`… 그 사이 ${count}건도 같이 처리했어요.`);
}

/** A question of ours stands between this part of a message and the others. */
export function restWaits(count: number): Reply {
  return say(`답해 주시면 나머지 ${count}가지도 이어서 할게요.`);
}

/** A row is paid for already; money is about an order. */
export function payByCode(): Reply {
  return say('입금은 주문번호로 확인해요. "입금 P7-042"처럼 보내 주세요.');
}

/** The list holds other products too, and a report is about rows. */
export function rowsOfProduct(product: string): Reply {
  return say(
    `목록에 다른 상품도 있어요. ${product}의 행 번호로 알려 주세요. 예) 수확 1-5 / 3번 빼고 다 수확`,
  );
}
