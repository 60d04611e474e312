// What the banks are called in messages, in Korean, in English and for short.

export type Bank = {
  readonly name: string;
  /** In small letters, without 은행 behind. */
  readonly called: readonly string[];
  /** How many digits its account numbers have, where that is certain. */
  readonly digits?: readonly [min: number, max: number];
};

/** Adding one is one row. */
export const BANKS: readonly Bank[] = [
  { name: '카카오뱅크', called: ['카카오', '카뱅', 'kakao'], digits: [13, 13] },
  { name: '토스뱅크', called: ['토스', '토뱅', 'toss'], digits: [12, 14] },
  { name: '케이뱅크', called: ['케이', '케뱅', 'k', 'kbank'] },
  { name: '국민은행', called: ['kb국민', 'kb kookmin', '국민', 'kb', 'kookmin'] },
  { name: '신한은행', called: ['신한', 'shinhan'] },
  { name: '우리은행', called: ['우리', 'woori'] },
  { name: '하나은행', called: ['keb하나', 'keb hana', '하나', '외환', 'keb', 'hana'] },
  {
    name: '농협',
    called: ['nh농협', '지역농협', '단위농협', '농협중앙회', '농협', '축협', 'nh', 'nonghyup'],
  },
  { name: '기업은행', called: ['ibk기업', '기업', 'ibk'] },
  { name: 'SC제일은행', called: ['sc제일', '제일', 'sc'] },
  { name: '씨티은행', called: ['한국씨티', '씨티', 'citi'] },
  { name: '새마을금고', called: ['mg새마을금고', '새마을금고', '새마을', 'mg'] },
  { name: '신협', called: ['신협'] },
  { name: '수협', called: ['sh수협', '수협', 'suhyup'] },
  { name: '우체국', called: ['우체국', '우체국예금'] },
  { name: 'iM뱅크(대구은행)', called: ['im', '아이엠', '대구', 'dgb'] },
  { name: '부산은행', called: ['부산', 'bnk부산'] },
  { name: '경남은행', called: ['경남', 'bnk경남'] },
  { name: '광주은행', called: ['광주'] },
  { name: '전북은행', called: ['전북', 'jb전북'] },
  { name: '제주은행', called: ['제주'] },
  { name: '산업은행', called: ['kdb산업', '산업', 'kdb'] },
  { name: '산림조합', called: ['산림조합'] },
];

/** Words that mean something else besides: a bank only with 은행 behind, or with a number beside. */
export const ALSO_WORDS: ReadonlySet<string> = new Set(
  '카카오 토스 케이 k 국민 우리 하나 기업 제일 대구 부산 경남 광주 전북 제주 산업 im sc nh mg kb'.split(
    ' ',
  ),
);

/** A bank's digits, where nothing more is known of it. */
export const DIGITS: readonly [min: number, max: number] = [10, 14];
