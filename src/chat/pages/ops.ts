// The words of the operator's pages.
import type { Letter } from '../../orders/store.ts';
import { AUDIENCE_WORDS, PLATFORM_WORDS } from '../replies/index.ts';

export const OPS_WORDS = {
  title: '운영',
  lead: '이 설치가 지금 어떻게 돌아가는지 보여 드려요. 5초마다 스스로 바뀌어요.',
  live: '스스로 바뀌는 화면',
  logout: '나가기',
  login: {
    title: '운영 화면에 들어가기',
    lead: '설치 전체를 맡은 분만 볼 수 있어요.',
    label: '설치 키',
    hint: '모든 가게에 쓰는 API 키예요. 8시간 뒤에는 다시 물어봐요.',
    submit: '들어가기',
    wrong: '맞지 않는 키예요. 모든 가게에 쓰는 키인지 봐 주세요.',
    noKeys: '아직 설치 키가 없어요. SANJI_API_KEYS에 모든 가게용 키를 넣고 다시 켜 주세요.',
  },
  queue: {
    title: '보낼 알림',
    due: '보내는 중',
    held: '다음 대화를 기다림',
    dead: '전하지 못함',
    onTime: '늦은 것 없음',
    late: (age: string) => `가장 늦은 것 ${age} 밀림`,
    oldest: (age: string) => `가장 오래된 것 ${age}`,
    none: '없음',
  },
  letters: {
    title: '전하지 못한 알림',
    none: '전하지 못한 알림이 없어요.',
    more: (shown: number, all: number) => `오래된 ${shown}건만 보여요. 모두 ${all}건이에요.`,
    retry: '다시 보내기',
    drop: '버리기',
    retryAll: '모두 다시 보내기',
    store: '가게',
    to: '받는 쪽',
    cause: '까닭',
    attempts: (count: number) => `${count}번 해 봤어요`,
    number: (id: number) => `${id}번`,
  },
  drop: {
    title: (id: number) => `${id}번 알림 버리기`,
    lead: '버리면 아무도 이 알림을 받지 못해요. 이유는 봉해서 남겨 둬요.',
    label: '버리는 이유',
    missing: '이유를 적어 주세요. 아무것도 바꾸지 않았어요.',
    submit: '버리기',
    back: '돌아가기',
  },
  done: {
    retried: '다시 보내요.',
    'all-retried': '모두 다시 보내요.',
    dropped: '버렸어요. 이유도 적어 뒀어요.',
    gone: '그 알림은 이미 처리됐어요. 지금 할 일은 없어요.',
  },
  flow: {
    title: '지난 1시간',
    messages: '답한 메시지',
    orders: '받은 주문',
    notices: '나간 알림',
    total: (count: string) => `모두 ${count}`,
    now: (count: string) => `이번 1분 ${count}`,
    most: (count: string) => `가장 많은 1분 ${count}`,
    minutes: '분마다 숫자로 보기',
    minute: '시각',
    lanes: '가게와 채널별',
    lane: '가게 · 채널',
    none: '지난 1시간에는 아무 일도 없었어요.',
    others: (lanes: number) => `그 밖 ${lanes}곳`,
    noStore: '가게 고르기 전',
    note: '메시지와 알림은 이 프로세스가 켜진 뒤부터, 주문은 누가 받았든 모두 세어요.',
  },
  jobs: {
    title: '예약 작업',
    table: '작업마다의 상태',
    job: '작업',
    standing: '상태',
    last: '마지막 실행',
    fine: '제때',
    late: '늦음',
    failed: '실패',
    new: '아직',
    never: '켜진 뒤로 없음',
    since: (age: string) => `${age}부터 밀림`,
    unseen: (age: string) => `마지막으로 살핀 것 ${age}`,
    broke: (name: string) =>
      name === 'some' ? '일부가 실패했어요' : `프로그램 오류예요 (${name})`,
    none: '이 프로세스는 예약 작업을 돌리지 않아요.',
  },
  running: {
    title: '프로세스',
    since: '켜진 때',
    version: '버전',
    engine: '저장소',
    pages: '열린 화면',
    memory: '메모리',
    incidents: '화면과 API의 오류',
    count: (count: number) => `${count}개`,
    times: (count: number) => `${count}번`,
    unknown: '알 수 없음',
  },
} as const;

const JOB_WORDS: Readonly<Record<string, string>> = {
  'day-list': '오늘 목록',
  expiry: '입금 시간 끝내기',
  reminders: '입금 안내',
  'refund-reminders': '환불 계좌 안내',
  'delivery-check': '받으셨나요 질문',
  'daily-status': '하루 소식',
  'evening-question': '상자 수 질문',
  purge: '지난 정보 지우기',
  backup: '백업',
  'dead-letter-alarm': '실패 알림',
};

export function jobWords(name: string): string {
  return JOB_WORDS[name] ?? name;
}

export function platformWords(platform: string): string {
  return PLATFORM_WORDS[platform] ?? (platform === '' ? '여러 채널' : platform);
}

/** To whom a letter was to go, without saying who it is. */
export function toWhom({ audience, platform }: Pick<Letter, 'audience' | 'platform'>): string {
  return `${AUDIENCE_WORDS[audience]} · ${platformWords(platform)}`;
}

/** `12초`, `3분`, `2시간`, `4일`: the largest unit that is not zero. */
export function span(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds}초`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}분`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}시간`;
  return `${Math.floor(seconds / 86_400)}일`;
}

/** `12,000` */
export function figure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** What a chart shows, for who does not see it. */
export function chartWords(of: {
  readonly name: string;
  readonly total: number;
  readonly most: number;
  readonly mostAt: string;
  readonly now: number;
}): string {
  const { name, total, most, mostAt, now } = of;
  if (total === 0) return `${name}: 지난 1시간에 하나도 없었어요.`;
  return `${name}: 지난 1시간에 모두 ${figure(total)}, 가장 많은 1분은 ${mostAt}에 ${figure(most)}, 이번 1분은 ${figure(now)}.`;
}
