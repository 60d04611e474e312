// Farmer: what was not read, and why the rules say no.

import type { OddNumber } from '../../language/odd-number.ts';
import { HORIZON_DAYS_MAX } from '../../orders/day.ts';
import type { DomainError } from '../../orders/errors.ts';
import { CAP_BOXES_MAX } from '../../orders/farm-day.ts';
import type { Reply } from '../bot.ts';
import * as words from '../words.ts';
import { BUTTONS, choice, say } from './parts.ts';
import { crowded } from './platform.ts';

/** What a farmer said and nobody reads; `odd` is a number in it that cannot be. */
export function notReadByFarm(odd: OddNumber | null): Reply {
  switch (odd?.kind) {
    case 'boxes':
      return say(`상자 수는 0부터 ${CAP_BOXES_MAX.toLocaleString('en-US')}까지 정할 수 있어요.`);
    case 'waybill':
      return say(
        `송장 번호가 ${odd.digits}자리예요. 10~14자리로 다시 알려 주세요. 아무것도 처리하지 않았어요.`,
      );
    case 'date':
      return say(
        `${words.withParticle(odd.said, '은/는')} 달력에 없는 날짜예요. 날짜를 확인해 주세요.`,
      );
    case 'days':
      return say(`한 번에 ${odd.daysMax}일까지 정할 수 있어요. 날짜를 나눠서 보내 주세요.`);
    case 'rows':
      return say(
        '그런 번호는 목록에 없어서 아무것도 처리하지 않았어요. "1-12 발송"처럼 목록에 있는 번호를 작은 것부터 적어 주세요.',
        [choice(BUTTONS.list)],
      );
    default:
      return say(
        '그 말은 알아듣지 못해서 아무것도 적지 않았어요. "목록"을 보시고 번호로 알려 주세요.',
        [choice(BUTTONS.list)],
      );
  }
}

/** What a farmer said of days and nobody reads. */
export function dayNotRead(): Reply {
  return say('어느 날 몇 상자인지 알아듣지 못했어요. "내일 40"이나 "8/1 휴무"처럼 알려 주세요.', [
    choice(BUTTONS.list),
  ]);
}

/** One part of a message among others that were done. */
export function partNotRead(): Reply {
  return say('한 부분은 알아듣지 못해서 처리하지 않았어요. 그 부분만 다시 보내 주세요.', [
    choice(BUTTONS.list),
  ]);
}

/** Why a farmer's word was refused. */
export function farmRefused(error: DomainError): Reply {
  const { detail } = error;
  const date = typeof detail.date === 'string' ? `${words.day(detail.date)} ` : '';
  if (error.code === 'not_found' && typeof detail.row === 'number')
    return say(
      detail.last === 0
        ? `${date}목록에 아직 줄이 없어요.`
        : `${date}목록은 1번부터 ${detail.last}번까지예요. ${detail.row}번은 없어서 아무것도 처리하지 않았어요.`,
      [choice(BUTTONS.list)],
    );
  if (error.code === 'conflict' && detail.undo === 'room')
    return say(
      `${date}그 뒤에 다른 주문이 들어와 자리가 없어서 되돌릴 수 없어요. 아무것도 바꾸지 않았어요.`,
      [choice(BUTTONS.list)],
    );
  if (error.code === 'conflict' && typeof detail.undo === 'string')
    return say(
      `${date}${typeof detail.row === 'number' ? `${detail.row}번이 ` : ''}그 뒤에 바뀌어서 되돌릴 수 없어요. 아무것도 바꾸지 않았어요.`,
      [choice(BUTTONS.list)],
    );
  if (error.code === 'conflict' && detail.isStruck === true)
    return say(`${date}${detail.row}번은 목록에서 빠진 줄이에요.`, [choice(BUTTONS.list)]);
  if (error.code === 'conflict' && detail.isDelivered === true)
    return say(`${date}${detail.row}번은 이미 배송이 끝나서 송장을 바꾸지 않았어요.`, [
      choice(BUTTONS.list),
    ]);
  if (error.code === 'conflict' && 'usedBy' in detail) {
    const where = typeof detail.usedDate === 'string' ? words.day(detail.usedDate) : '';
    const row = detail.usedBy === null ? '다른 상자' : `${detail.usedBy}번`;
    return say(
      `${detail.row}번 송장은 ${where} ${row}에 이미 적은 번호예요. 번호를 확인해 주세요.`,
    );
  }
  if (error.code === 'conflict' && typeof detail.packages === 'number')
    return say(
      `${detail.row}번은 포장이 ${detail.packages}개인데 송장이 ${detail.waybills}개예요. 확인해 주세요.`,
    );
  if (error.code === 'bad_request' && typeof detail.digits === 'number')
    return say(
      `${detail.row}번 송장 번호가 ${detail.digits}자리예요. 10~14자리로 다시 알려 주세요.`,
    );
  if (error.code === 'bad_request' && typeof detail.max === 'number')
    return say(`상자 수는 0부터 ${detail.max.toLocaleString('en-US')}까지 정할 수 있어요.`);
  if (error.code === 'bad_request' && typeof detail.capBoxes === 'number')
    return say(
      detail.capBoxes === 0
        ? `${date.trim()}은 이미 쉬는 날이라 줄일 상자가 없어요.`
        : `${date.trim()}은 지금 ${detail.capBoxes}상자라 그만큼 줄일 수 없어요. 쉬시려면 "${words.monthDay(String(detail.date))} 휴무"라고 보내 주세요.`,
    );
  if (error.code === 'bad_request' && typeof detail.today === 'string')
    return say(
      String(detail.date) < detail.today
        ? `${date.trim()}은 이미 지난 날짜예요.`
        : `${String(detail.date).slice(0, 4)}년 ${date.trim()}은 너무 먼 날짜예요. 오늘부터 ${HORIZON_DAYS_MAX}일 안에서 정할 수 있어요.`,
    );
  if (error.code === 'not_cancellable') {
    const which = typeof detail.row === 'number' ? `${date}${detail.row}번 ${detail.name}님: ` : '';
    return say(
      `${which}${detail.isStruck === true ? '이미 목록에서 빠졌어요.' : '이미 보낸 상자라 취소할 수 없어요.'}`,
      [choice(BUTTONS.list)],
    );
  }
  if (error.code === 'busy') return crowded();
  return say('그렇게는 할 수 없어요. 목록을 확인해 주세요.', [choice(BUTTONS.list)]);
}
