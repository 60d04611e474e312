// Names and telephone numbers. The numbers begin with blocks that are given to nobody.
import type { Dice } from './generated-dice.ts';

const COMMON = [
  ...'김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민',
];
const RARER = [
  ...'류진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용예경봉사부가복태목형피두감빈동온호범좌팽승간시갈단견당화창',
];
const DOUBLE = ['남궁', '황보', '선우', '제갈', '사공', '서문', '독고', '동방'];

const FIRST = [
  ...'가강건경계광교국규근금기길나남다단대덕도동두라래로루리마만명모무문미민바범병보복봄봉빈사산상새서석선설성세소솔송수숙순슬승시신아안애양언여연영예오옥온완요용우원유윤율은을의이인일임재점정제종주준중지진찬창채천철청초춘충치태평필하학한해향현형혜호홍화환효훈휘흥희',
];
const LAST = [
  ...'강겸경관광구국권규균근금기길나남녀노늘단달담덕도돌동라란람래려련령례록룡리림린마만맹명모목무문미민배범병복봉분비빈빛사삼상생샘서석선섭성세소손솔송수숙순슬승식신심아안애양언연열엽영예오옥완욱용우운웅원월유윤율은을음의이익인일임자재전절정제조종주준중지직진찬창채천철초춘충치태택표필하학한행향헌혁현협형혜호홍화환훈희',
];

/** Real names that are or hold ordinary words, towns, produce, counts, particles, address words. */
const LIKE_WORDS =
  '이자영 한아름 정말순 박하 한송이 오미자 구기자 배송희 주소연 전화영 문자영 최고은 신선호 안양순 여주희 이천희 김제동 강동원 서초희 강남희 홍길동 신동길 이순길 박영길 이유리 최혜리 김유리 정구리 박재동 이남동 정진구 윤석구 이동구 박상군 이가을 김보리 고은별 이하나 정하나 오하나 이두리 한두리 봉선화 장미 장미란 한강 강산 강나라 백만기 천만호 이천수 구만수 천일호 오만석 이만기 육동철 사공일 한가인 이은 이도 김은 박이은 최가은 정하은 강지은 유이 조이 차도 김이나 박도이 최나라 김하늘 이바다 박여름 정겨울 최봄 강이슬 이진주 박보배 정다운 한결 이루리 도레미 김포근 문경희 이영주 박상주 김성주 이진천 정청주 최안성 박나주 이예산 김해리 이평창 강태안 민들레 길은정 노사연 고창석 반포희 정보람 이문자 부산희 이제주 김순천'.split(
    ' ',
  );

const LONGER = '김빛나라 박하늘별 이아름솔 최우리나 강한빛나 조은아름'.split(' ');

/** What would be a count, a label or a place on its own, whoever bears it. */
const NO_NAME =
  /상자$|^.?(?:주문|입금|수량|주소|번호|전화|성함|이름|연락|배송|택배)$|^(?:오전|오후|내일|모레|오늘|이번|다음|어제|주말|이상|모두|전부)$/u;

export function personName(dice: Dice): string {
  for (;;) {
    const name = dice.weighted([
      [60, () => dice.pick(COMMON) + dice.pick(FIRST) + dice.pick(LAST)],
      [18, () => dice.pick(RARER) + dice.pick(FIRST) + dice.pick(LAST)],
      [7, () => dice.pick(LIKE_WORDS)],
      [6, () => dice.pick(COMMON) + dice.pick(LAST)],
      [3, () => dice.pick(DOUBLE) + dice.pick(FIRST) + dice.pick(LAST)],
      [3, () => dice.pick(DOUBLE) + dice.pick(LAST)],
      [3, () => dice.pick(LONGER)],
    ])();
    if (!NO_NAME.test(name)) return name;
  }
}

export type Phone = { readonly text: string; readonly digits: string };

const LANDLINES = '02 031 032 033 041 042 043 044 051 052 053 054 055 061 062 063 064'.split(' ');

export function phone(dice: Dice): Phone {
  const last = String(dice.between(0, 9_999)).padStart(4, '0');
  const middle = `${dice.between(0, 1)}${String(dice.between(0, 999)).padStart(3, '0')}`;
  if (dice.chance(0.08)) return landline(dice, last);
  const digits = `010${middle}${last}`;
  const text = dice.weighted([
    [40, `010-${middle}-${last}`],
    [18, digits],
    [12, `010 ${middle} ${last}`],
    [6, `010.${middle}.${last}`],
    [3, `010-${middle}${last}`],
    [3, `010 ${middle}-${last}`],
    [2, `010) ${middle}-${last}`],
    [2, `+82 10-${middle}-${last}`],
    [2, `+8210${middle}${last}`],
    [1, `010 - ${middle} - ${last}`],
  ]);
  return { text, digits };
}

function landline(dice: Dice, last: string): Phone {
  const area = dice.pick([...LANDLINES, '0507', '070']);
  const long = area === '0507' || area === '070' || dice.chance(0.4);
  const middle = `${dice.between(0, 1)}${String(dice.between(0, 999)).padStart(3, '0')}`.slice(
    0,
    long ? 4 : 3,
  );
  const text = dice.pick([
    `${area}-${middle}-${last}`,
    `${area}-${middle}-${last}`,
    `${area} ${middle} ${last}`,
    `${area}.${middle}.${last}`,
    `${area}${middle}${last}`,
    `${area})${middle}-${last}`,
  ]);
  return { text, digits: area + middle + last };
}

/** Digits missing, too many, or hidden. */
export function badPhone(dice: Dice): string {
  const good = `010-${dice.between(1_000, 1_999)}-${dice.between(1_000, 9_999)}`;
  return dice.pick([good.slice(0, -1), `${good}7`, `${good.slice(0, -4)}****`, good.slice(0, -2)]);
}
