// Buyer: why a parcel goes on its date and on none before.
import type { Explained, Reason } from '../../orders/explain.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { BUTTONS, choice, say } from './parts.ts';

const REASONS_SHOWN_MAX = 5;

export type WhyDate = {
  /** Null while it is a card. */
  readonly code: string | null;
  readonly recipient: string;
  readonly date: string;
  readonly earlier: readonly Explained[];
  readonly isPaid: boolean;
  /** What comes before it on its date; null while nothing is promised. */
  readonly place: {
    readonly parcelsBefore: number;
    readonly boxesBefore: number;
    readonly capBoxes: number;
  } | null;
};

export function whyThisDate(why: readonly WhyDate[]): Reply {
  if (why.length === 0)
    return say('앞으로 보낼 수 있는 날짜가 모두 찼어요. 자리가 나면 다시 알려 드릴게요.');
  return { texts: why.map(whyText), choices: why[0]?.code ? [choice(BUTTONS.status)] : [] };
}

function whyText({ code, recipient, date, earlier, isPaid, place }: WhyDate): string {
  const who = code === null ? `${recipient}님` : `${code} ${recipient}님`;
  const runs = runsOf(earlier, isPaid);
  const lines = runs.slice(0, REASONS_SHOWN_MAX).map(({ from, to, why }) => {
    return `· ${words.day(from)}${to === from ? '' : `~${words.day(to)}`} ${why}`;
  });
  const lastShown = runs[lines.length - 1]?.to ?? '';
  const rest = earlier.filter((one) => one.date > lastShown).length;
  return [
    `${who} ${words.day(date)} 출하${isPaid ? ' 예정이에요' : ' 예상이에요'}. ${earlier.length === 0 ? '가장 빠른 날이에요.' : '그 전 날짜는 이래서 어려워요.'}`,
    ...lines,
    ...(rest > 0 ? [`· 그 밖에 ${rest}일도 어려워요`] : []),
    queueText(place, isPaid),
  ].join('\n');
}

function queueText(place: WhyDate['place'], isPaid: boolean): string {
  if (!isPaid) return '입금하신 순서로 자리가 정해져요. 그래서 날짜가 바뀔 수 있어요.';
  if (place === null) return '입금하신 순서로 보내 드려요.';
  return place.boxesBefore === 0
    ? `그날 맨 먼저예요. 하루 ${place.capBoxes}상자까지 입금 순서로 보내요.`
    : `그날 앞에 ${place.boxesBefore}상자가 있어요. 하루 ${place.capBoxes}상자까지 입금 순서로 보내요.`;
}

/** Dates in a row with the same reason are one line. */
function runsOf(
  earlier: readonly Explained[],
  isPaid: boolean,
): readonly { readonly from: string; readonly to: string; readonly why: string }[] {
  const runs: { from: string; to: string; why: string }[] = [];
  for (const { date, reason } of earlier) {
    const why = reasonText(reason, isPaid);
    const last = runs.at(-1);
    if (last?.why === why) last.to = date;
    else runs.push({ from: date, to: date, why });
  }
  return runs;
}

function reasonText(reason: Reason, isPaid: boolean): string {
  switch (reason.kind) {
    case 'wish':
      return `${words.day(reason.date)} 출하를 원하셨어요`;
    case 'before-season':
      return `${reason.product} 출하 철 전이에요`;
    case 'after-season':
      return `${reason.product} 출하 철이 지났어요`;
    case 'closed-weekday':
    case 'closed-date':
    case 'closed-by-farmer':
      return '농장이 쉬어요';
    case 'before-holiday':
      return '공휴일 전날이라 쉬어요';
    case 'cutoff':
      return `그날 마감(${reason.time})이 지났어요`;
    case 'list-is-out':
      return '보낼 목록이 이미 정해졌어요';
    case 'full':
      return `${reason.capBoxes}상자 중 ${reason.reservedBoxes}상자가 찼어요`;
    case 'product-full':
      return `${reason.product} 하루 ${reason.capBoxes}상자가 찼어요`;
    case 'freed-since':
      return isPaid ? '입금하신 뒤에 자리가 났어요' : '자리가 있어요';
  }
}
