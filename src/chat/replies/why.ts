// Buyer: why a parcel goes on its date and on none before.
import type { Explained, Reason } from '../../orders/explain.ts';
import type { Reply } from '../bot.ts';
import { choice, say } from './parts.ts';
import { inBoth, type Tongue } from './tongue.ts';

const REASONS_SHOWN_MAX = 5;

export type WhyDate = {
  /** Null while it is a card. */
  readonly code: string | null;
  readonly recipient: string;
  readonly date: string;
  readonly earlier: readonly Explained[];
  readonly isPaid: boolean;
  /** What a payment now would bring, where that is another date than the estimate. */
  readonly paidNow: string | null;
  /** The date it was promised for last before this one. */
  readonly was: string | null;
  /** What comes before it on its date; null while nothing is promised. */
  readonly place: {
    readonly parcelsBefore: number;
    readonly boxesBefore: number;
    readonly capBoxes: number;
  } | null;
};

/** `undated`: parcels of the same order for which no date is left. */
export function whyThisDate(why: readonly WhyDate[], undated: number): Reply {
  return inBoth((tongue) => {
    const { either, labels } = tongue;
    const full = either(
      '앞으로 보낼 수 있는 날짜가 모두 찼어요. 자리가 나면 다시 알려 드릴게요.',
      'All coming shipping dates are full. I will tell you when there is room again.',
    );
    if (why.length === 0) return say(full, [choice(labels.status)]);
    const rest = either(`다른 ${undated}곳은 ${full}`, `For ${undated} more: ${full}`);
    return {
      texts: [...why.map((one) => whyText(one, tongue)), ...(undated > 0 ? [rest] : [])],
      choices: why[0]?.code ? [choice(labels.status)] : [],
    };
  });
}

function whyText(
  { code, recipient, date, earlier, isPaid, paidNow, place, was }: WhyDate,
  tongue: Tongue,
): string {
  const { either, words } = tongue;
  const before = was !== null && was > date ? words.day(was) : null;
  const soon = paidNow === null ? null : words.day(paidNow);
  const runs = runsOf(earlier, isPaid, tongue);
  const lines = runs.slice(0, REASONS_SHOWN_MAX).map(({ from, to, why }) => {
    const until = to === from ? '' : `${either('~', ' to ')}${words.day(to)}`;
    return `· ${words.day(from)}${until}${either(' ', ': ')}${why}`;
  });
  const lastShown = runs[lines.length - 1]?.to ?? '';
  const rest = earlier.filter((one) => one.date > lastShown).length;
  const who = code === null ? recipient : `${code} ${recipient}`;
  const day = words.day(date);
  return [
    either(
      `${who}님 ${day} 출하${isPaid ? ' 예정이에요' : ' 예상이에요'}.`,
      `${who}: ships ${day}${isPaid ? '' : ' (estimate)'}.`,
    ) +
      (earlier.length === 0
        ? either(' 가장 빠른 날이에요.', ' That is the earliest day.')
        : either(' 그 전 날짜는 이래서 어려워요.', ' Why not earlier:')),
    ...lines,
    ...(rest > 0
      ? [
          either(
            `· 그 밖에 ${rest}일도 어려워요`,
            `· and ${rest} more ${rest === 1 ? 'day' : 'days'}`,
          ),
        ]
      : []),
    ...(before === null
      ? []
      : [
          either(
            `자리가 나서 ${before}에서 앞당겼어요.`,
            `Room opened, so it moved up from ${before}.`,
          ),
        ]),
    queueText(place, isPaid, tongue),
    ...(soon === null
      ? []
      : [either(`지금 입금하시면 ${soon} 출하예요.`, `If you pay now, it ships ${soon}.`)]),
  ].join('\n');
}

function queueText(place: WhyDate['place'], isPaid: boolean, { either, words }: Tongue): string {
  if (!isPaid)
    return either(
      '입금하신 순서로 자리가 정해져요. 그래서 날짜가 바뀔 수 있어요.',
      'Places go by order of payment, so the date may change.',
    );
  if (place === null) return either('입금하신 순서로 보내 드려요.', 'We ship in order of payment.');
  const cap = words.boxes(place.capBoxes);
  const before = words.boxes(place.boxesBefore);
  const rule = either(
    `하루 ${cap}까지 입금 순서로 보내요.`,
    `We ship up to ${cap} a day, in order of payment.`,
  );
  return place.boxesBefore === 0
    ? `${either('그날 맨 먼저예요.', 'Yours is the first that day.')} ${rule}`
    : `${either(`그날 앞에 ${words.boxes(place.boxesBefore)}가 있어요.`, `${before} come before yours that day.`)} ${rule}`;
}

/** Dates in a row with the same reason are one line. */
function runsOf(
  earlier: readonly Explained[],
  isPaid: boolean,
  tongue: Tongue,
): readonly { readonly from: string; readonly to: string; readonly why: string }[] {
  const runs: { from: string; to: string; why: string }[] = [];
  for (const { date, reason } of earlier) {
    const why = reasonText(reason, isPaid, tongue);
    const last = runs.at(-1);
    if (last?.why === why) last.to = date;
    else runs.push({ from: date, to: date, why });
  }
  return runs;
}

function reasonText(reason: Reason, isPaid: boolean, { either, words }: Tongue): string {
  switch (reason.kind) {
    case 'wish': {
      const day = words.day(reason.wanted.date);
      return reason.wanted.kind === 'arrive'
        ? either(`${day} 도착을 원하셨어요`, `you asked for arrival on ${day}`)
        : either(`${day} 출하를 원하셨어요`, `you asked for shipping on ${day}`);
    }
    case 'before-season':
      return either(
        `${reason.product} 출하 철 전이에요`,
        `the season of ${reason.product} has not begun`,
      );
    case 'after-season':
      return either(
        `${reason.product} 출하 철이 지났어요`,
        `the season of ${reason.product} is over`,
      );
    case 'closed-weekday':
    case 'closed-date':
    case 'closed-by-farmer':
      return either('농장이 쉬어요', 'the farm is closed');
    case 'before-holiday':
      return either('공휴일 전날이라 쉬어요', 'closed, the day before a public holiday');
    case 'cutoff':
      return either(
        `그날 마감(${reason.time})이 지났어요`,
        `the cut-off of that day (${reason.time}) has passed`,
      );
    case 'list-is-out':
      return either('보낼 목록이 이미 정해졌어요', 'the list of that day is already fixed');
    case 'full':
      return either(
        `${reason.capBoxes}상자 중 ${reason.reservedBoxes}상자가 찼어요`,
        `${reason.reservedBoxes} of ${words.boxes(reason.capBoxes)} are taken`,
      );
    case 'ordered': {
      const { capBoxes, reservedBoxes, unpaidBoxes } = reason;
      const cap = words.boxes(capBoxes);
      return reservedBoxes === 0
        ? either(
            `${cap} 중 ${unpaidBoxes}상자를 먼저 주문한 분들이 있어요 (입금 전)`,
            `${unpaidBoxes} of ${cap} are ordered before yours and wait for payment`,
          )
        : either(
            `${cap} 중 ${reservedBoxes}상자가 찼고, ${unpaidBoxes}상자를 먼저 주문한 분들이 있어요 (입금 전)`,
            `${reservedBoxes} of ${cap} are taken, and ${unpaidBoxes} ordered before yours wait for payment`,
          );
    }
    case 'lowered':
      return reason.capBoxes === 0
        ? either('농장이 그날 쉬기로 했어요', 'the farm decided to close that day')
        : either(
            `농장이 그날을 ${reason.capBoxes}상자로 줄였어요`,
            `the farm lowered that day to ${words.boxes(reason.capBoxes)}`,
          );
    case 'product-full':
      return either(
        `${reason.product} 하루 ${reason.capBoxes}상자가 찼어요`,
        `all ${words.boxes(reason.capBoxes)} of ${reason.product} are taken`,
      );
    case 'freed-since':
      return isPaid
        ? either('입금하신 뒤에 자리가 났어요', 'room opened after you had paid')
        : either('자리가 있어요', 'there is room');
  }
}
