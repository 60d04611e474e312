// Addresses from all over the country: real towns and roads, invented house numbers and flats.
import type { Dice } from './generated-dice.ts';
import { TOWNS } from './generated-towns.ts';

/** Per province its usual spellings; the last one may be left out where the town is clear. */
const PROVINCES: Readonly<Record<string, readonly string[]>> = {
  서울: ['서울', '서울시', '서울특별시'],
  부산: ['부산', '부산시', '부산광역시'],
  대구: ['대구', '대구시', '대구광역시'],
  인천: ['인천', '인천시', '인천광역시'],
  광주: ['광주', '광주시', '광주광역시'],
  대전: ['대전', '대전시', '대전광역시'],
  울산: ['울산', '울산시', '울산광역시'],
  세종: ['세종', '세종시', '세종특별자치시'],
  경기: ['경기', '경기도'],
  강원: ['강원', '강원도', '강원특별자치도'],
  충북: ['충북', '충청북도'],
  충남: ['충남', '충청남도'],
  전북: ['전북', '전라북도', '전북특별자치도'],
  전남: ['전남', '전라남도'],
  경북: ['경북', '경상북도'],
  경남: ['경남', '경상남도'],
  제주: ['제주', '제주도', '제주특별자치도'],
};

const APARTMENTS =
  '래미안 푸르지오 자이 힐스테이트 롯데캐슬 e편한세상 아이파크 더샵 현대아파트 주공아파트 한양수자인 우방아이유쉘 코아루 SK뷰 KCC스위첸 LH천년나무 금호어울림 센트레빌 동문굿모닝힐 부영사랑으로 한라비발디 호반베르디움 중흥S클래스 벽산블루밍 극동스타클래스 삼환나우빌 리슈빌 데시앙 쌍용예가 청구하이츠 무지개마을 은하수마을 햇빛마을 두산위브 휴먼시아 에일린의뜰 유보라 해모로 서희스타힐스 화성파크드림 서한이다음 대방노블랜드 신동아파밀리에 경남아너스빌 동원로얄듀크 이지더원 양우내안애 코오롱하늘채 한신더휴 포레나'.split(
    ' ',
  );
/** Names of two words, in Latin letters, or with a number behind them. */
const ODD_APARTMENTS = [
  'The Sharp',
  'LH',
  'I-PARK',
  'SK VIEW',
  'e-편한세상',
  '센트럴 아이파크',
  '해운대 두산위브더제니스',
  '한강 센트럴자이',
  '현대1차',
  '삼성래미안2차아파트',
  '주공4단지',
  '롯데캐슬 골드파크',
  '힐스테이트 리버시티',
  '우미린 더스카이',
  '금호 어울림',
  '신도브래뉴업',
  '서희 스타힐스',
  '꿈에그린',
  '파크리오',
  '헬리오시티',
  '엘크루',
  '오투그란데',
];
const BUILDING_NAMES =
  '한솔 미래 청우 동아 우성 진흥 대림 삼성 성원 은하 태양 행복 그린 로얄 스카이 리버 골든 하나 명성 제일 금강 한일 세진 유림 대명 신영 남양 풍림 현진 성지 새롬 늘푸른 다온 해오름 이안'.split(
    ' ',
  );
const HOUSES = ['빌라', '맨션', '연립', '주택', '하이츠', '빌', '타운', '파크빌', '캐슬'];
const OFFICES = ['빌딩', '타워', '오피스텔', '상가', '프라자', '센터', '메디칼', '테크노타워'];
const INSTITUTIONS =
  '초등학교 중학교 고등학교 도서관 어린이집 유치원 우체국 농협 보건소 복지관 주민센터'.split(' ');

/** A whole address on one line, as a buyer would type it. */
export function address(dice: Dice): string {
  return [...place(dice), ...house(dice)].join(' ').replaceAll(' ,', ',');
}

/** A town without road or number: nobody could deliver there. */
export function vagueAddress(dice: Dice): string {
  const { province, town, villages } = dice.pick(TOWNS);
  return [dice.pick(PROVINCES[province] ?? []), town, dice.pick(villages)]
    .filter((word) => word !== '')
    .join(' ');
}

export const postcode = (dice: Dice): string =>
  String(dice.between(1_000, 63_999)).padStart(5, '0');

function place(dice: Dice): string[] {
  const { province, town, roads, villages } = dice.pick(TOWNS);
  // Without its province only a town that stands by itself is clear.
  const clear = /[시군](?: |$)/u.test(town) && !/^(?:고성군|광주시)/u.test(town);
  const head = clear && dice.chance(0.12) ? '' : dice.pick(PROVINCES[province] ?? []);
  const words = [head, town].filter((word) => word !== '');
  if (dice.chance(0.68)) return [...words, ...road(dice, dice.pick(roads))];
  const number = dice.chance(0.6)
    ? `${dice.between(1, 1_400)}-${dice.between(1, 60)}`
    : String(dice.between(1, 1_400));
  const hill = dice.chance(0.08) ? '산 ' : '';
  return [...words, dice.pick(villages), hill + number + (dice.chance(0.3) ? '번지' : '')];
}

function road(dice: Dice, name: string): string[] {
  const number = dice.between(1, 480) + (dice.chance(0.35) ? `-${dice.between(1, 40)}` : '');
  if (!/(?:대로|로)$/u.test(name) || dice.chance(0.6)) return [name, number];
  const side = dice.weighted([
    [4, `${dice.between(2, 900)}번길`],
    [3, `${dice.between(2, 90)}길`],
    [1, `${dice.between(2, 40)}${dice.pick(['가', '나', '다'])}길`],
  ]);
  return dice.chance(0.15) ? [name, side, number] : [name + side, number];
}

function house(dice: Dice): string[] {
  const floor = dice.between(1, 22);
  const room = `${floor}0${dice.between(1, 8)}`;
  const block = String(dice.between(101, 125));
  const comma = dice.chance(0.2) ? [','] : [];
  const flat = dice.pick([
    `${block}동 ${room}호`,
    `${block}동 ${room}호`,
    `${block}동${room}호`,
    `${block}-${room}`,
  ]);
  const wing = dice.pick(['가동', '나동', 'A동', 'B동', '다동', '1동', '2동']);
  const estate = dice.pick(APARTMENTS);
  const quarter = dice.chance(0.2) ? [`${dice.between(1, 9)}단지`] : [];
  return dice.weighted([
    [9, []],
    [3, [...comma, dice.pick(ODD_APARTMENTS), flat]],
    [1, [`${dice.between(1001, 3012)}동 ${room}호`]],
    [
      1,
      [
        dice.pick(BUILDING_NAMES) + dice.pick(HOUSES),
        dice.pick(['지층', 'B01호', 'B101호', '지하1호', '옥탑']),
      ],
    ],
    [
      1,
      [dice.pick(BUILDING_NAMES) + dice.pick(OFFICES), `${dice.pick(['A', 'B', 'C'])}동 ${room}호`],
    ],
    [1, [dice.pick(BUILDING_NAMES) + dice.pick(OFFICES), `${dice.pick(['A', 'B', 'D'])}-${room}`]],
    [1, [dice.pick(APARTMENTS), '상가', `${dice.between(101, 215)}호`]],
    [1, [`${room}호`, `(${dice.pick(BUILDING_NAMES)}${dice.pick(HOUSES)})`]],
    [1, [dice.pick(APARTMENTS), `${dice.between(1, 4)}차`, flat]],
    [12, [...comma, estate, ...quarter, flat]],
    [4, [...comma, flat]],
    [2, [`(${dice.pick(['중앙동', '신흥동', '교동', '송정동'])})`, estate, flat]],
    [1, [...comma, flat, `(${dice.pick(['중앙동', '평화동', '교동'])}, ${estate})`]],
    [5, [...comma, dice.pick(BUILDING_NAMES) + dice.pick(HOUSES), `${room}호`]],
    [2, [dice.pick(BUILDING_NAMES) + dice.pick(HOUSES), wing, `${room}호`]],
    [3, [`${room}호`]],
    [1, [wing, `${room}호`]],
    [4, [dice.pick(BUILDING_NAMES) + dice.pick(OFFICES), `${floor}층`]],
    [2, [dice.pick(BUILDING_NAMES) + dice.pick(OFFICES), `${floor}층 ${room}호`]],
    [2, [dice.pick([`${floor}층`, '지하 1층', '지하1층', 'B1층', '1층'])]],
    [
      2,
      [
        dice.pick(BUILDING_NAMES) + dice.pick(INSTITUTIONS),
        dice.pick(['2층', '1층 행정실', '본관 3층']),
      ],
    ],
  ]);
}
