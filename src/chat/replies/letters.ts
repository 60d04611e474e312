// Admin: letters that could not be delivered.
import type { Audience, NoticeKind } from '../../orders/change.ts';
import type { Letter } from '../../orders/store.ts';
import type { Choice, Refusal, Reply, SendFailure } from '../bot.ts';
import { AUDIENCE_WORDS, PLATFORM_WORDS } from './names.ts';
import { BUTTONS, choice, pressable, say } from './parts.ts';

const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  paid: '입금완료',
  moved: '날짜 변경',
  no_date: '보낼 날짜 없음',
  shipped: '발송',
  waybill_changed: '송장 정정',
  delivered: '배송 완료',
  cancelled: '취소',
  expired: '입금 시간 끝남',
  reminder: '입금 안내',
  day_list: '오늘 목록',
  evening_question: '상자 수 질문',
  ask_delivered: '받으셨나요 질문',
  not_arrived: '아직 못 받음',
  daily_status: '하루 소식',
  daily_summary: '하루 정리',
  moved_summary: '날짜 변경 요약',
  report: '작업 요약',
  act_undone: '작업 되돌림',
  refund_opened: '환불 접수',
  refund_due: '환불 보낼 차례',
  refund_done: '환불 완료',
  refund_failed: '환불 안 됨',
  refund_reminder: '환불 계좌 안내',
  overpaid: '더 들어온 돈',
  part_paid: '일부 입금',
  part_paid_over: '일부만 입금된 주문',
  payment_taken_back: '입금 확인 정정',
  revived: '주문 되살림',
  deposit_asked: '입금 확인 질문',
  notice_unread: '읽지 못한 은행 알림',
  receipt_asked: '영수증 요청',
  receipt_done: '영수증 발급',
  question_asked: '문의',
  answered: '문의 답',
  staff_joined: '직원 등록',
  codes_locked: '등록 번호 잠금',
  role_removed: '역할 끝남',
  account_linked: '톡 연결',
  account_unlinked: '톡 연결 해제',
  taken_back: '알림 정정',
  list_delta: '목록 변경',
  day_set: '상자 수 변경',
  complained: '불편 접수',
  changed: '받는 곳 변경',
  dead_letters: '실패 알림',
};

const CAUSE_WORDS: Readonly<
  Record<Refusal | SendFailure | 'accepted' | 'sending' | 'never_sent', string>
> = {
  blocked: '받는 쪽이 봇을 차단했어요',
  bad_address: '받는 주소가 맞지 않아요',
  template_refused: '알림 양식이 거절됐어요',
  rate_limited: '너무 많이 보내 플랫폼이 막았어요',
  unavailable: '플랫폼이 받지 못했어요',
  time_out: '제때 대답이 없어 갔는지 몰라요',
  lost_answer: '연결이 끊겨 갔는지 몰라요',
  accepted: '플랫폼이 받았는데 갔는지 알려 주지 않아요',
  sending: '보내는 중에 멈춰 갔는지 몰라요',
  never_sent: '여러 번 멈춰 보내지 못했어요',
};

const LETTERS_SHOWN = 5;

/** What a kind of notice is called. */
export function kindWords(kind: string): string {
  const known: Readonly<Record<string, string>> = KIND_WORDS;
  return known[kind] ?? kind;
}

/** Why a letter was not delivered. */
export function causeWords(cause: string | null): string {
  const known: Readonly<Record<string, string>> = CAUSE_WORDS;
  return known[cause ?? ''] ?? `프로그램 오류예요 (${cause ?? '?'})`;
}

function letterWords(letter: Letter): string {
  const to = `${AUDIENCE_WORDS[letter.audience]} ${PLATFORM_WORDS[letter.platform] ?? letter.platform}`;
  return `${letter.id}번 ${kindWords(letter.kind)} → ${to}\n${causeWords(letter.cause)}`;
}

/** How long ago, in the largest unit that is not zero. */
export function agoWords(since: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(since)) / 60_000);
  if (minutes < 1) return '방금';
  if (minutes < 60) return `${minutes}분 전`;
  return minutes < 1440
    ? `${Math.floor(minutes / 60)}시간 전`
    : `${Math.floor(minutes / 1440)}일 전`;
}

/** The oldest with its buttons, for it has waited longest. */
export function deadLetters(letters: readonly Letter[], now: Date): Reply {
  const [oldest] = letters;
  if (oldest === undefined) return noDeadLetters();
  const more =
    letters.length > 1 ? [`다른 것은 [${BUTTONS.letters}]이라고 보내면 볼 수 있어요.`] : [];
  return say(
    [
      `전하지 못한 알림 ${letters.length}건`,
      `${letterWords(oldest)} (${agoWords(oldest.diedAt ?? oldest.createdAt, now)})`,
      ...more,
    ].join('\n'),
    letterChoices(oldest),
  );
}

export function deadLetterList(
  letters: readonly Letter[],
  { now, hasMore }: { readonly now: Date; readonly hasMore: boolean },
): Reply {
  const [oldest] = letters;
  if (oldest === undefined) return noDeadLetters();
  const shown = letters.slice(0, LETTERS_SHOWN);
  const rest = letters.length - shown.length;
  return say(
    [
      `전하지 못한 알림 ${letters.length}건${hasMore ? ' 넘게' : ''}`,
      ...shown.map((one) => `${letterWords(one)} (${agoWords(one.diedAt ?? one.createdAt, now)})`),
      ...(rest > 0 ? [`… ${rest}건 더 있어요.`] : []),
      ...(letters.length > 1
        ? [
            `버튼은 ${oldest.id}번에 대한 거예요. 다른 것은 "재시도 ${shown[1]?.id}"처럼 보내 주세요.`,
          ]
        : []),
    ].join('\n'),
    letterChoices(oldest),
  );
}

/** A letter that dies again is another press. */
function letterChoices({ id, claims }: Letter): Choice[] {
  const ref = String(id);
  return [
    pressable(BUTTONS.retry, {
      key: `letter-retry:${id}:${claims}`,
      act: 'letter-retry',
      ref,
    }),
    pressable(BUTTONS.reword, { key: null, act: 'letter-reword', ref }),
    pressable(BUTTONS.discard, { key: null, act: 'letter-discard', ref }),
  ];
}

export function noDeadLetters(): Reply {
  return say('전하지 못한 알림이 없어요.');
}

export function letterRetried(id: number): Reply {
  return say(`${id}번 알림을 다시 보낼게요.`);
}

export function askLetterWords(id: number): Reply {
  return say(`${id}번 알림을 어떤 말로 보낼까요? 보낼 말을 그대로 적어 주세요.`, [
    choice(BUTTONS.drop),
  ]);
}

/** Words that an admin wrote instead of ours. */
export function byHand(text: string, audience: Audience): Reply {
  return say(text, audience === 'buyer' ? [choice(BUTTONS.status)] : []);
}

export function letterReworded(id: number): Reply {
  return say(`${id}번 알림을 고친 말로 다시 보낼게요.`);
}

export function askLetterReason(id: number): Reply {
  return say(`${id}번 알림을 버리는 이유를 짧게 적어 주세요.`, [choice(BUTTONS.drop)]);
}

export function letterDiscarded(id: number): Reply {
  return say(`${id}번 알림을 버렸어요. 이유도 적어 뒀어요.`);
}

export function letterIsGone(id: number): Reply {
  return say(`${id}번 알림은 이미 처리됐어요. 지금 할 일은 없어요.`);
}

export function letterLeft(): Reply {
  return say('네, 그대로 둘게요.');
}
