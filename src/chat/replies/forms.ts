// The fixed forms of notices, for platforms that take nothing else when we speak first. They are registered
// word by word before they are used (docs/kakao-push.md): a change here is a new registration.
import { isLive, type Order, PARCEL_STATES, type Parcel, undatedOf } from '../../orders/order.ts';
import type { Shop } from '../../orders/shop.ts';
import { depositorCode } from '../../payments/depositor-code.ts';
import type { FilledForm, Form } from '../bot.ts';
import { day, moment, won } from '../words.ts';
import { bankLine, depositorOf } from './lines.ts';
import { CARRIER_NAMES, STATE_WORDS } from './names.ts';

const ORDER = `
주문번호: #{주문번호}`;
const MORE = `

자세한 내용은 채널에서 '주문조회'라고 보내시면 보여 드려요.`;

export const FORM_TEXTS: Readonly<Record<Form, string>> = {
  paid: `[#{상점}] 입금을 확인했어요.
${ORDER}
입금액: #{금액}
출하 예정일: #{출하일}${MORE}`,
  dates: `[#{상점}] 출하일이 달라졌어요.
${ORDER}
출하 예정일: #{출하일}

그대로 기다리시면 준비되는 대로 보내 드려요. 취소하시려면 채널에서 '주문조회'라고 보내 주세요.`,
  shipped: `[#{상점}] 상자를 보냈어요.
${ORDER}
보낸 곳: #{보낸곳}
송장: #{송장}${MORE}`,
  cancelled: `[#{상점}] 주문이 취소됐어요.
${ORDER}
돌려 드릴 금액: #{금액}${MORE}`,
  changed: `[#{상점}] 주문에 바뀐 내용이 있어요.
${ORDER}
지금 상태: #{상태}${MORE}`,
  pay: `[#{상점}] 입금을 기다리고 있어요.
${ORDER}
입금하실 금액: #{금액}
계좌: #{계좌}
입금자명: #{입금자명}
기한: #{기한}

이미 보내셨다면 채널에서 '입금했어요'라고 알려 주세요.`,
  refund_done: `[#{상점}] 환불해 드렸어요.
${ORDER}
환불 금액: #{금액}

며칠 뒤에도 보이지 않으면 채널에 말씀해 주세요.`,
  refund_account: `[#{상점}] 환불받으실 계좌가 필요해요.
${ORDER}
환불 금액: #{금액}

채널에서 은행, 계좌번호, 예금주를 한 줄로 보내 주세요.`,
  several: `[#{상점}] 주문 소식이 #{건수}건 있어요.
${ORDER}${MORE}`,
  day_list: `[#{상점}] #{날짜} 목록이 나왔어요.

받는 곳: #{곳수}곳
상자: #{상자}상자

채널에서 '목록'이라고 보내시면 보여 드려요.`,
  work: `[#{상점}] 확인하실 일이 있어요.

내용: #{내용}

채널에서 '오늘'이라고 보내시면 보여 드려요.`,
};

/** What whoever gets it reads. */
export function formText({ name, values }: FilledForm): string {
  return FORM_TEXTS[name].replace(/#\{([^}]+)\}/g, (gap, value: string) => values[value] ?? gap);
}

const SHOP_WIDE = '산지';
const shopName = (shop: Shop | null) => shop?.name ?? SHOP_WIDE;

export function paidForm(shop: Shop, order: Order): FilledForm {
  return about('paid', { shop, order }, { 금액: won(order.paidKrw), 출하일: datesOf(order) });
}

export function datesForm(shop: Shop, order: Order): FilledForm {
  return about('dates', { shop, order }, { 출하일: datesOf(order) });
}

export function shippedForm(shop: Shop, order: Order, parcelIds: readonly string[]): FilledForm {
  const live = order.parcels.filter(isLive);
  const own = live.filter(({ id }) => parcelIds.includes(id));
  const 보낸곳 =
    own.length === live.length ? `${live.length}곳 모두` : `${live.length}곳 중 ${own.length}곳`;
  return about('shipped', { shop, order }, { 보낸곳, 송장: waybillsOf(own) });
}

export function cancelledForm(shop: Shop, order: Order, refundKrw: number): FilledForm {
  return about('cancelled', { shop, order }, { 금액: refundKrw > 0 ? won(refundKrw) : '없음' });
}

export function changedForm(shop: Shop, order: Order): FilledForm {
  return about('changed', { shop, order }, { 상태: stateOf(order) });
}

/** Null where nobody can say to which account. */
export function payForm(shop: Shop, order: Order, owedKrw: number): FilledForm | null {
  const { bank, timeZone } = shop.policy;
  if (bank === null) return null;
  return about(
    'pay',
    { shop, order },
    {
      금액: won(owedKrw),
      계좌: bankLine(bank),
      입금자명: depositorCode(depositorOf(order), order.code),
      기한: moment(order.payBy, timeZone),
    },
  );
}

export function refundForm(
  name: 'refund_done' | 'refund_account',
  { shop, order }: About,
  amountKrw: number,
): FilledForm {
  return about(name, { shop, order }, { 금액: won(amountKrw) });
}

const CODES_SHOWN = 5;

export function severalForm(shop: Shop, codes: readonly string[], count: number): FilledForm {
  const 주문번호 = shortList(codes, CODES_SHOWN);
  return { name: 'several', values: { 상점: shop.name, 건수: String(count), 주문번호 } };
}

export function dayListForm(
  shop: Shop,
  { date, rows, boxes }: { readonly date: string; readonly rows: number; readonly boxes: number },
): FilledForm {
  const values = { 상점: shop.name, 날짜: day(date), 곳수: String(rows), 상자: String(boxes) };
  return { name: 'day_list', values };
}

const KINDS_SHOWN = 4;

/** `kinds` as people call them. */
export function workForm(shop: Shop | null, kinds: readonly string[]): FilledForm {
  const 내용 = shortList(kinds, KINDS_SHOWN);
  return { name: 'work', values: { 상점: shopName(shop), 내용 } };
}

type About = { readonly shop: Shop; readonly order: Order };

function about(
  name: Form,
  { shop, order }: About,
  values: Readonly<Record<string, string>>,
): FilledForm {
  return { name, values: { 상점: shop.name, 주문번호: order.code, ...values } };
}

/** `7/21(화)`, `7/21(화), 7/22(수)`, `7/21(화), 미정`. */
function datesOf(order: Order): string {
  const undated = undatedOf(order);
  const dated = order.parcels.filter(isLive).filter((parcel) => !undated.includes(parcel));
  const dates = [...new Set(dated.flatMap(({ harvestDate }) => harvestDate ?? []))].sort();
  const isOpen = undated.length > 0 || dates.length === 0;
  return [...dates.map(day), ...(isOpen ? ['미정'] : [])].join(', ');
}

const WAYBILLS_SHOWN = 5;

function waybillsOf(parcels: readonly Parcel[]): string {
  const known = parcels.flatMap(({ packages }) =>
    packages.flatMap(({ carrier, waybill }) =>
      waybill === null
        ? []
        : [`${carrier === null ? '' : `${CARRIER_NAMES[carrier] ?? carrier} `}${waybill}`],
    ),
  );
  return known.length === 0 ? '준비 중' : shortList(known, WAYBILLS_SHOWN);
}

/** Of the parcel that is least far. */
function stateOf(order: Order): string {
  if (order.state === 'awaiting_payment') return '입금 대기';
  const states = order.parcels.filter(isLive).map(({ state }) => PARCEL_STATES.indexOf(state));
  const least = PARCEL_STATES[Math.min(...states)];
  return least === undefined ? STATE_WORDS.cancelled : STATE_WORDS[least];
}

function shortList(names: readonly string[], shown: number): string {
  const own = [...new Set(names)];
  const rest = own.length - shown;
  return rest > 0 ? `${own.slice(0, shown).join(', ')} 외 ${rest}` : own.join(', ');
}
