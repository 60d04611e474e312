// The texts banks send about money: one row a form, with an invented example of it. `{…}` is a value, `<…>` may
// be missing, every space may be none, several, or a line break; after `{money}` and `{left}` may stand 원.

/** What a bank calls itself at the head of its texts. */
export const NOTICE_BANKS = {
  kb: ['KB국민은행', 'KB국민', 'KB스타뱅킹', 'KB', '국민은행', '국민'],
  shinhan: ['신한은행', '신한'],
  woori: ['우리은행', '우리'],
  hana: ['KEB하나', '하나은행', '하나'],
  nh: ['NH농협은행', 'NH농협', '농협은행', '지역농협', '농협', 'NH'],
  ibk: ['IBK기업은행', 'IBK기업', 'IBK', '기업은행', '기업'],
  kakaobank: ['카카오뱅크'],
  tossbank: ['토스뱅크', '토스'],
  kbank: ['케이뱅크', 'K뱅크'],
  mg: ['MG새마을금고', '새마을금고', '새마을', 'MG'],
  post: ['우체국예금', '우체국'],
  suhyup: ['Sh수협은행', 'Sh수협', '수협은행', '수협'],
  sc: ['SC제일은행', 'SC제일', '제일은행', 'SC은행'],
  busan: ['BNK부산은행', 'BNK부산', '부산은행', '부산'],
  kyongnam: ['BNK경남은행', 'BNK경남', '경남은행', '경남'],
  im: ['iM뱅크', 'DGB대구은행', '대구은행', '대구'],
  gwangju: ['광주은행', '광주'],
  jeonbuk: ['JB전북은행', '전북은행', '전북'],
  jeju: ['제주은행', '제주'],
  sinhyup: ['신협은행', '신협'],
  citi: ['한국씨티은행', '씨티은행', '씨티'],
  kdb: ['KDB산업은행', '산업은행'],
  kakaopay: ['카카오페이'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type NoticeBank = keyof typeof NOTICE_BANKS;

/** What moved the money, and whether it came in. */
export const MOVES = {
  입금취소: 'out',
  출금취소: 'in',
  입금: 'in',
  출금: 'out',
  지급: 'out',
} as const;

/** Stands before the move and says by which way the money came (전자금융입금). */
export const WAYS = [
  '전자금융',
  'FBS',
  'CMS공동',
  'CMS',
  '타행이체',
  '타행',
  '당행이체',
  '당행',
  '인터넷뱅킹',
  '인터넷',
  '스마트폰뱅킹',
  '스마트폰',
  '텔레뱅킹',
  '스마트뱅킹',
  '스마트',
  '모바일뱅킹',
  '모바일',
  '오픈뱅킹',
  '오픈',
  '펌뱅킹',
  '폰뱅킹',
  '체크카드',
  '카드',
  '현금',
  '창구',
  '대체',
  '무통장',
  'ATM',
  'CD',
  'PC',
  '이체',
] as const;

export type NoticeForm = {
  readonly bank: NoticeBank;
  readonly form: string;
  /** `seen`: as in texts shown in public programs and their tests; `typical`: after the other banks' forms. */
  readonly from: 'seen' | 'typical';
  readonly example: string;
};

/** Longer forms stand before the shorter they begin with. */
export const NOTICE_FORMS: readonly NoticeForm[] = [
  {
    bank: 'kb',
    form: '{bank}{date} {time} {account} {name} {way}{move} {amount}< 잔액{balance}>',
    from: 'seen',
    example: '[KB]07/21 16:15\n000000**000\n한보라\n전자금융입금\n55,000\n잔액1,204,300',
  },
  {
    bank: 'kb',
    form: '<{title} {won}원 >{holder}님 {date} {time} {account} {name} {way}{move} {amount}< 잔액{balance}>',
    from: 'seen',
    example:
      '입금 80,000원\n산*농원님 07/21 14:48 000000-**-***000 윤가람 FBS입금 80,000 잔액225,023',
  },
  {
    bank: 'shinhan',
    form: '{bank}{date} {time} {account} {move} {money}< 잔액 {left}>< {name}>',
    from: 'seen',
    example: '신한07/21 11:05\n100-***-000000\n입금     33,000\n잔액  1,234,567\n 조수빈042',
  },
  {
    bank: 'shinhan',
    form: '{bank}{date} {time} {move} {amount}원 잔액 {balance}원 {name}',
    from: 'seen',
    example: '[신한은행] 07/21 14:23 입금 10,000원 잔액 50,000원 서가람',
  },
  {
    bank: 'shinhan',
    form: '{bank}{time} {move} {amount}원 잔액 {balance}원 {name}',
    from: 'seen',
    example: '[신한은행]08:32 입금 50,000원 잔액817,320원 한성규',
  },
  {
    bank: 'woori',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'seen',
    example: '우리 07/21 14:23\n1002***000000\n입금 100,000원\n신나연\n잔액 2,000,000원',
  },
  {
    bank: 'woori',
    form: '{bank}{move} {amount}원 {date} {time} {account} {name} 잔액 {balance}원',
    from: 'seen',
    example: '[우리은행] 입금 10,000원 07/21 14:23 1002***000000 강춘희 잔액 1,234원',
  },
  {
    bank: 'hana',
    form: '{bank}{date},{time} {account} {move}{amount}원 {name}< 잔액{balance}원>',
    from: 'seen',
    example: '하나,07/21,14:23\n000-******-00000\n입금10,000원\n임보라\n잔액1,000,000원',
  },
  {
    bank: 'hana',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name} 잔액 {balance}원',
    from: 'typical',
    example: '[하나은행] 07/21 14:23 000-******-00000 입금 10,000원 임보라 잔액 1,000,000원',
  },
  {
    bank: 'nh',
    form: '<{bank}알림 >{bank}{move}{amount}원 {date} {time} {account}< {name}>< 잔액{balance}원>',
    from: 'seen',
    example: '농협 입금66,000원\n07/21 14:01 352-****-0000-00 송하늘 잔액1,305,428원',
  },
  {
    bank: 'nh',
    form: '{bank}{date} {time} {account} {move} {money} {name}< 잔액 {left}>',
    from: 'seen',
    example: '[NH농협] 07/21 14:23 301-****-0000-41 입금 50,000 최정옥 잔액 1,000,000',
  },
  {
    bank: 'ibk',
    form: '{date} {time} {move} {amount}원 잔액 {balance}원 {name} {account} {bank}',
    from: 'seen',
    example: '2026/07/21 09:05\n입금 100,000원\n잔액 1,150,622원\n조춘희\n000***00000011\n기업',
  },
  {
    bank: 'ibk',
    form: '{bank}{date} {time} {move} {amount}원 {name} 잔액 {balance}원< {account}>',
    from: 'seen',
    example: '[IBK]07/21 14:23\n입금 50,000원\n송혜숙\n잔액 984,567원\n000-******-01-012',
  },
  {
    bank: 'kakaobank',
    form: '{bank}{holder}({tail}) {date} {time} {move} {amount}원 {name} 잔액 {balance}원',
    from: 'seen',
    example: '[카카오뱅크] 산*농(0000) 07/21 14:23 입금 50,000원 오유미 잔액 1,234,567원',
  },
  {
    bank: 'kakaobank',
    form: '{bank}<입금알림 >{date} {time} {move} {amount}원 {name} 잔액 {balance}원',
    from: 'seen',
    example: '[카카오뱅크] 입금알림\n07/21 14:23 입금 5,000원\n이가람\n잔액 2,055,439원',
  },
  {
    bank: 'kakaobank',
    form: '{bank}{move} {amount}원 {name} → {passbook}({tail})',
    from: 'seen',
    example: '카카오뱅크 입금 40,000원\n박정옥 → 입출금통장(0000)',
  },
  {
    bank: 'kakaobank',
    form: '{bank}{move} {amount}원 {name} {date} 잔액 {balance}원',
    from: 'seen',
    example: '[카카오뱅크] 입금 50,000원 윤금순 07/21 잔액 1,280,000원',
  },
  {
    bank: 'kakaobank',
    form: '{bank}{move} {amount}원< 잔액 {balance}원> 입금자명: {name}',
    from: 'seen',
    example: '[카카오뱅크] 입금 300,000원\n잔액 1,234,567원\n입금자명: 김병철',
  },
  {
    bank: 'kakaobank',
    form: '{bank}{move} {amount}원 {name} 잔액 {balance}원',
    from: 'seen',
    example: '[카카오뱅크] 입금 50,000원 윤금순 잔액 1,234,567원',
  },
  {
    bank: 'kakaobank',
    form: '{bank}{name}님이 {amount}원을 입금했습니다<.>',
    from: 'seen',
    example: '[카카오뱅크] 전병철님이 10,000원을 입금했습니다.',
  },
  {
    bank: 'tossbank',
    form: '{bank}{move} {amount}원 {name} → {passbook}',
    from: 'seen',
    example: '토스뱅크 입금 10,000원 정은정 → 내 통장',
  },
  {
    bank: 'tossbank',
    form: '{bank}{amount}원 {move} {name} → {passbook}',
    from: 'typical',
    example: '토스뱅크\n10,000원 입금\n정은정 → 내 토스뱅크 통장',
  },
  {
    bank: 'tossbank',
    form: '{bank}{move} {amount}원 잔액 {balance}원 {date} {time} {name}',
    from: 'seen',
    example: '[토스뱅크] 입금 100,000원\n잔액 2,500,000원\n07/21 09:00 서영희',
  },
  {
    bank: 'tossbank',
    form: '{bank}{move} {amount}원 ({name}) 잔액 {balance}원',
    from: 'seen',
    example: '[토스뱅크] 입금 25,000원 (이수진) 잔액 100,000원',
  },
  {
    bank: 'tossbank',
    form: '{bank}{move} {amount}원 {name} 잔액 {balance}원',
    from: 'typical',
    example: '[토스뱅크] 입금 15,000원\n정지혜\n잔액 100,000원',
  },
  {
    bank: 'tossbank',
    form: '<{bank}>{name}님이 {amount}원을 보냈어요<.>',
    from: 'seen',
    example: '정춘희님이 50,000원을 보냈어요',
  },
  {
    bank: 'kbank',
    form: '{bank}{holder}({tail}) {move} {amount}원 잔액 {balance}원 {name}',
    from: 'seen',
    example: '[케이뱅크]\n산지농*(0000)\n입금 40,000원\n잔액 1,200,000원\n황수빈',
  },
  {
    bank: 'kbank',
    form: '{bank}{move} {amount}원 {name} 잔액 {balance}원',
    from: 'typical',
    example: '[케이뱅크] 입금 40,000원\n황수빈\n잔액 1,200,000원',
  },
  {
    bank: 'post',
    form: '{bank}{date},{time} {account} {move} {amount}원 잔액 {balance}원 {name}',
    from: 'seen',
    example: '우체국,07/21,14:23\n000000-**-***000\n입금 45,000원\n잔액 1,045,000원\n신혜숙',
  },
  {
    bank: 'mg',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[MG새마을금고] 07/21 14:23\n9002-****-0000-1\n입금 69,000원\n홍수빈\n잔액 569,000원',
  },
  {
    bank: 'suhyup',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[Sh수협은행] 07/21 14:23 0000-****-0000 입금 75,000원 최현아 잔액 175,000원',
  },
  {
    bank: 'sc',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[SC제일은행] 07/21 14:23 000-**-000000 입금 85,000원 송순자 잔액 985,000원',
  },
  {
    bank: 'busan',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[BNK부산은행] 07/21 14:23 000-****-0000-00 입금 37,000원 서유미 잔액 437,000원',
  },
  {
    bank: 'kyongnam',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[경남은행] 07/21 14:23 000-**-0000000 입금 130,000원 조금순 잔액 930,000원',
  },
  {
    bank: 'im',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[iM뱅크] 07/21 14:23 000-**-000000-0 입금 207,000원 김병철 잔액 907,000원',
  },
  {
    bank: 'gwangju',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[광주은행] 07/21 14:23 000-***-000000 입금 115,000원 이세훈 잔액 515,000원',
  },
  {
    bank: 'jeonbuk',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[전북은행] 07/21 14:23 000-**-0000000 입금 69,000원 김용길 잔액 269,000원',
  },
  {
    bank: 'jeju',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[제주은행] 07/21 14:23 00-**-000000 입금 225,000원 안태호 잔액 725,000원',
  },
  {
    bank: 'sinhyup',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[신협] 07/21 14:23 000-***-000000 입금 244,000원 황순자 잔액 744,000원',
  },
  {
    bank: 'citi',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[씨티은행] 07/21 14:23 000-***-000-00 입금 265,000원 임경자 잔액 965,000원',
  },
  {
    bank: 'kdb',
    form: '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
    from: 'typical',
    example: '[KDB산업은행] 07/21 14:23 000-****-0000-000 입금 300,000원 황금순 잔액 800,000원',
  },
  {
    bank: 'kakaopay',
    form: '<{bank}>{name}님이 보낸 {amount}원을 받았어요<.>',
    from: 'typical',
    example: '카카오페이 박태호님이 보낸 85,000원을 받았어요.',
  },
  {
    bank: 'kakaopay',
    form: '<{bank}>{name}님에게 {amount}원을 받았어요<.>',
    from: 'typical',
    example: '카카오페이 박태호님에게 85,000원을 받았어요.',
  },
  {
    bank: 'kakaopay',
    form: '<{bank}>{name}님에게 {amount}원을 받았습니다<.>',
    from: 'typical',
    example: '[카카오페이] 박태호님에게 85,000원을 받았습니다.',
  },
  {
    bank: 'kakaopay',
    form: '{bank}{name}님이 {amount}원을 송금했습니다<.>',
    from: 'typical',
    example: '[카카오페이] 박태호님이 85,000원을 송금했습니다.',
  },
  {
    bank: 'kakaopay',
    form: '<{bank}>{name}님이 송금한 {amount}원을 받았어요<.>',
    from: 'typical',
    example: '카카오페이 박태호님이 송금한 85,000원을 받았어요.',
  },
];

/** The shortest texts, which any bank may send: the head names the bank. */
export const SHORT_FORMS: readonly string[] = [
  '{bank}{date} {time} {account} {move} {amount}원 {name}< 잔액 {balance}원>',
  '{bank}{date} {time} {account} {move} {amount}원 잔액 {balance}원 {name}',
  '{bank}{date} {time} {move} {amount}원 {name}< 잔액 {balance}원>',
  '{bank}{move} {amount}원 {date} {time} {account} {name}< 잔액 {balance}원>',
  '{bank}{move} {amount}원 잔액 {balance}원 {name}',
  '{bank}{move} {amount}원 {name}< 잔액 {balance}원>',
  '{bank}{name}님 {amount}원 {move}< 잔액 {balance}원>',
  '{bank}{amount}원 {move} {name}님< 잔액 {balance}원>',
];
