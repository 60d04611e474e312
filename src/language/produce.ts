// What grows on farms: kinds, varieties and grades, with the words people use for them.

/** A kind of produce, its usual spellings, and the wider kind it belongs to. */
type Kind = { readonly kind: string; readonly of?: string; readonly words: readonly string[] };

/** Adding a fruit or a variety is one line. Single letters count only as a word of their own. */
export const KINDS: readonly Kind[] = [
  { kind: '복숭아', words: ['복숭아', '봉숭아', '복숭화', '복숭', '복숭이', 'peaches', 'peach'] },
  { kind: '백도', of: '복숭아', words: ['백도', 'white peach'] },
  { kind: '황도', of: '복숭아', words: ['황도', 'yellow peach'] },
  { kind: '천도', of: '복숭아', words: ['천도', '신선도', 'nectarines', 'nectarine'] },
  { kind: '납작', of: '복숭아', words: ['납작이', '납작'] },
  { kind: '딱딱', of: '복숭아', words: ['딱딱이', '딱딱한', '딱복', '단단한', 'hard', 'firm'] },
  {
    kind: '말랑',
    of: '복숭아',
    words: ['말랑이', '말랑한', '말랑말랑', '물복', '물렁한', '물렁이', 'soft'],
  },
  { kind: '포도', words: ['포도', 'grapes', 'grape'] },
  {
    kind: '샤인',
    of: '포도',
    words: ['샤인머스캣', '샤인머스켓', '샤인머스캇', '샤인마스캣', '샤인', '샤머', 'shine muscat'],
  },
  { kind: '캠벨', of: '포도', words: ['캠벨얼리', '캠벨', '켐벨', '캠밸'] },
  { kind: '거봉', of: '포도', words: ['거봉'] },
  { kind: '머루', of: '포도', words: ['머루'] },
  { kind: '사과', words: ['사과', 'apples', 'apple'] },
  { kind: '부사', of: '사과', words: ['부사', '후지', 'fuji'] },
  { kind: '홍로', of: '사과', words: ['홍로'] },
  { kind: '아오리', of: '사과', words: ['아오리', '쓰가루'] },
  { kind: '감홍', of: '사과', words: ['감홍'] },
  { kind: '시나노', of: '사과', words: ['시나노골드', '시나노'] },
  { kind: '아리수', of: '사과', words: ['아리수'] },
  { kind: '양광', of: '사과', words: ['양광'] },
  { kind: '옥수수', words: ['옥수수', '옥시기', '옥시시', '강냉이', 'sweetcorn', 'corn'] },
  { kind: '찰옥수수', of: '옥수수', words: ['찰옥수수', '찰옥', '찰옥시기'] },
  { kind: '초당', of: '옥수수', words: ['초당'] },
  { kind: '감자', words: ['감자', '감재', 'potatoes', 'potato'] },
  { kind: '수미', of: '감자', words: ['수미'] },
  { kind: '두백', of: '감자', words: ['두백'] },
  { kind: '홍감자', of: '감자', words: ['홍감자'] },
  { kind: '알감자', of: '감자', words: ['알감자', '조림감자'] },
  { kind: '고구마', words: ['고구마', 'sweet potatoes', 'sweet potato'] },
  { kind: '꿀고구마', of: '고구마', words: ['꿀고구마'] },
  { kind: '밤고구마', of: '고구마', words: ['밤고구마'] },
  { kind: '호박고구마', of: '고구마', words: ['호박고구마'] },
  { kind: '배', words: ['배', 'pears', 'pear'] },
  { kind: '신고', of: '배', words: ['신고배'] },
  { kind: '블루베리', words: ['블루베리', '불루베리', '블루벨리', 'blueberries', 'blueberry'] },
  { kind: '딸기', words: ['딸기', 'strawberries', 'strawberry'] },
  { kind: '설향', of: '딸기', words: ['설향'] },
  { kind: '귤', words: ['감귤', '밀감', '귤', 'tangerines', 'mandarins'] },
  { kind: '한라봉', words: ['한라봉'] },
  { kind: '천혜향', words: ['천혜향'] },
  { kind: '레드향', words: ['레드향'] },
  { kind: '황금향', words: ['황금향'] },
  { kind: '자두', words: ['자두', '피자두', '대석', '후무사', 'plums'] },
  { kind: '살구', words: ['살구'] },
  { kind: '매실', words: ['매실', '청매실'] },
  { kind: '수박', words: ['수박', 'watermelon'] },
  { kind: '참외', words: ['참외'] },
  { kind: '멜론', words: ['멜론', 'melons', 'melon'] },
  { kind: '토마토', words: ['토마토', '도마도', 'tomatoes', 'tomato'] },
  {
    kind: '방울토마토',
    of: '토마토',
    words: ['방울토마토', '대추방울', '방토', 'cherry tomatoes'],
  },
  { kind: '체리', words: ['체리', 'cherries'] },
  { kind: '감', words: ['감', '홍시', '연시', 'persimmons', 'persimmon'] },
  { kind: '단감', of: '감', words: ['단감'] },
  { kind: '대봉', of: '감', words: ['대봉감', '대봉홍시', '대봉'] },
  { kind: '반시', of: '감', words: ['반시'] },
  { kind: '곶감', words: ['곶감'] },
  { kind: '밤', words: ['밤', '알밤', '햇밤', '깐밤', 'chestnuts', 'chestnut'] },
  { kind: '대추', words: ['대추'] },
  { kind: '무화과', words: ['무화과'] },
  { kind: '키위', words: ['키위', '참다래', 'kiwi'] },
  { kind: '석류', words: ['석류'] },
  { kind: '오디', words: ['오디'] },
  { kind: '복분자', words: ['복분자'] },
  { kind: '마늘', words: ['마늘', 'garlic'] },
  { kind: '양파', words: ['양파', 'onions', 'onion'] },
  { kind: '대파', words: ['대파'] },
  { kind: '배추', words: ['배추', '절임배추'] },
  { kind: '양배추', words: ['양배추'] },
  { kind: '쌀', words: ['쌀', '햅쌀', '백미', 'rice'] },
  { kind: '고추', words: ['고추', '건고추', '홍고추', '청양고추'] },
  { kind: '버섯', words: ['버섯', '표고'] },
  { kind: '단호박', words: ['단호박', '미니단호박'] },
  { kind: '당근', words: ['당근', 'carrots'] },
  { kind: '땅콩', words: ['땅콩'] },
  { kind: '생강', words: ['생강'] },
  ...(
    '바나나 망고 오렌지 레몬 아보카도 파인애플 두리안 용과 자몽 산딸기 앵두 호두 연근 우엉 토란 오이 애호박 상추 깻잎 ' +
    '시금치 미나리 부추 쪽파 열무 콜라비 파프리카 피망 고사리 두릅 서리태 현미 찹쌀 들깨 참깨 들기름 참기름 고춧가루 된장 고추장 ' +
    '김치 한우 계란 달걀 오징어 전복 새우 멸치 미역 다시마 굴비 갈치 고등어 매생이 더덕 도라지 인삼 아로니아 보리수'
  )
    .split(' ')
    .map((kind) => ({ kind, words: [kind] })),
];

/** Words that tell grades of one product apart; of one axis a product has one. */
export const GRADES: readonly {
  readonly grade: string;
  readonly axis: 'use' | 'size' | 'farming' | 'class';
  readonly words: readonly string[];
}[] = [
  { grade: '선물용', axis: 'use', words: ['선물용', '선물세트', 'gift'] },
  { grade: '가정용', axis: 'use', words: ['가정용', '집에서먹을'] },
  { grade: '못난이', axis: 'use', words: ['못난이', '흠과', '파과', '비급', 'B급'] },
  { grade: '제수용', axis: 'use', words: ['제수용', '차례용', '제사용'] },
  { grade: '왕특', axis: 'size', words: ['왕특', '특대'] },
  { grade: '대과', axis: 'size', words: ['대과', '큰과'] },
  {
    grade: '중과',
    axis: 'size',
    words: ['중과', '중간크기', '중간 크기', '중간사이즈', '중간 사이즈'],
  },
  { grade: '소과', axis: 'size', words: ['소과', '작은과'] },
  {
    grade: '특품',
    axis: 'class',
    words: ['특품', '특상품', '최상품', '특상', '특A급', '특a', '로얄과'],
  },
  { grade: 'A급', axis: 'class', words: ['A급', '상급'] },
  { grade: '유기농', axis: 'farming', words: ['유기농'] },
  { grade: '무농약', axis: 'farming', words: ['무농약'] },
];
