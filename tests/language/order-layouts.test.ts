import { describe, expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';

/** "김영희 01001112222 서울 … ×2 [memo]" per recipient, or the fields asked for. */
const rows = (text: string): string[] => {
  const reading = readOrder([{ text }], {
    today: '2026-09-14',
    products: [{ id: 'p1', name: '사과 5kg' }],
    maxBoxes: 50,
  });
  if (reading.kind === 'none') return [];
  if (reading.kind === 'ask') return reading.questions.map(({ field }) => `? ${field}`);
  return reading.draft.recipients.map(({ name, phone, address, items, memo }) => {
    const boxes = items.map((item) => item.boxes).join('+');
    return `${name} ${phone} ${address} ×${boxes}${memo === null ? '' : ` [${memo}]`}`;
  });
};

const KIM = '김영희 01001112222 서울 중구 다산로 13 ×2';
const PARK = '박철수 01003334444 부산 수영구 수영로 511 ×1';

describe('a sheet', () => {
  it('is read by what stands in its columns where the header misleads or says nothing', () => {
    const cells = [
      ['1', '김영희', '010-0111-2222', '서울 중구 다산로 13', '2', '문 앞에 놔주세요'],
      ['2', '박철수', '010-0333-4444', '부산 수영구 수영로 511', '1', ''],
    ];
    const sheet = (header: string): string =>
      [header.split(' '), ...cells].map((row) => row.join('\t')).join('\n');
    const expected = [`${KIM} [문 앞에 놔주세요]`, PARK];
    expect(rows(sheet('번호 이름 연락처 주소 수량 비고'))).toEqual(expected);
    expect(rows(sheet('번호 수취인 무선통신 도착처 수량 특기사항'))).toEqual(expected);
    expect(rows(sheet('연번 받는분 연락방법 가는곳 수량 현장'))).toEqual(expected);
  });

  it('has a last line of sums, which are counts of nobody', () => {
    const sheet =
      '이름\t연락처\t주소\t수량\t금액\n김영희\t010-0111-2222\t서울 중구 다산로 13\t2\t64,000';
    expect(rows(`${sheet}\n합계\t\t\t2\t64,000`)).toEqual([KIM]);
  });

  it('has a last line with a field of the order, which is no row', () => {
    const sheet = '이름|연락처|주소|수량\n김영희|010-0111-2222|서울 중구 다산로 13|2';
    expect(rows(`${sheet}\n입금자|박철수`)).toEqual([KIM]);
    expect(rows(`${sheet}\n박철수|010-0333-4444|부산 수영구 수영로 511|1`)).toEqual([KIM, PARK]);
  });
});

describe('a list', () => {
  const list = (one: string, two: string): string =>
    `김영희 010-0111-2222 서울 중구 다산로 13${one}\n박철수 010-0333-4444 부산 수영구 수영로 511${two}`;

  it('may have the boxes in brackets at the end of every row', () => {
    expect(rows(list(' (2)', ' (1)'))).toEqual([KIM, PARK]);
    expect(rows(`${list(' [2]', ' [1]')}\n총 3박스`)).toEqual([KIM, PARK]);
  });

  it('with such brackets in some rows only, or with another sum, is asked about', () => {
    expect(rows(list(' (2)', ''))).toContain('? boxes');
    expect(rows(`${list(' (2)', ' (1)')}\n총 5박스`)).toContain('? boxes');
  });
});

describe('a form', () => {
  it.each(['◎', '★', '♥', '※', '■'])('may put %s on both sides of its labels', (sign) => {
    const field = (label: string, value: string): string => `${sign} ${label} ${sign} ${value}`;
    const form = [
      field('받는이', '박철수'),
      field('전 화', '010-0333-4444'),
      field('주소', '부산 수영구 수영로 511'),
      field('수량', '1'),
    ];
    expect(rows(form.join('\n'))).toEqual([PARK]);
  });

  it('names who answers for a place in the bracket behind it', () => {
    const form = (name: string): string =>
      `받는 분: ${name}\n전화: 010-0333-4444\n주소: 부산 수영구 수영로 511\n사과 1박스`;
    const bank = PARK.replace('박철수', '송정새마을금고');
    expect(rows(form('송정새마을금고 (부장 왕보라)'))).toEqual([bank]);
  });

  it('in boxes of rules has its own instruction in each of them', () => {
    const box = (name: string, phone: string, rest: string): string =>
      `성 함 : ${name}\nH.P : ${phone}\n${rest}`;
    const first = box('김영희', '010)0111-2222', '배송지 : 서울 중구 다산로 13\n수 량 : 2 BOX');
    const second = box('박철수', '010)0333-4444', '배송지 : 부산 수영구 수영로 511\n수 량 : 1 BOX');
    expect(rows(`=====\n${first}\n=====\n${second}\n요 청 : 벨 눌러주세요\n=====`)).toEqual([
      KIM,
      `${PARK} [벨 눌러주세요]`,
    ]);
  });

  it('may have signs for labels', () => {
    expect(rows('🙋김영희\n📱010-0111-2222\n🏠서울 중구 다산로 13\n📦×2')).toEqual([KIM]);
    expect(rows('👤 김영희\n☎ 010-0111-2222\n📍 서울 중구 다산로 13\n🍎 2')).toEqual([KIM]);
    expect(
      rows(
        '【수령자】 김영희 【전화】 010)0111-2222 【도로명】 서울 중구 다산로 13 【수량】 2상자 【기타】 공지 확인했습니다',
      ),
    ).toEqual([KIM]);
  });
});

describe('what recipients have in common', () => {
  it('is taken from the one above where a row says so', () => {
    const first = '1. 김영희 / 010-0111-2222 / 서울 중구 다산로 13 / 2박스';
    expect(rows(`${first}\n2. 박철수 / 주소 전화 위와 동일 / 1박스`)).toEqual([
      KIM,
      '박철수 01001112222 서울 중구 다산로 13 ×1',
    ]);
    expect(rows(`${first}\n2. 박철수 / 010-0333-4444 / 주소 상동 / 1박스`)).toEqual([
      KIM,
      '박철수 01003334444 서울 중구 다산로 13 ×1',
    ]);
    expect(rows(`${first}\n2. 박철수 / 010-0333-4444 / 주소는 나중에 / 1박스`)).toEqual([
      '? address',
    ]);
  });

  it('is the house where each of them has a flat', () => {
    const flats = '301호 김영희 010-0111-2222 2박스, 1204호 박철수 010-0333-4444 1박스';
    const expected = [
      '김영희 01001112222 서울 중구 다산로 13 한빛타워 301호 ×2',
      '박철수 01003334444 서울 중구 다산로 13 한빛타워 1204호 ×1',
    ];
    expect(rows(`서울 중구 다산로 13 한빛타워 ${flats}`)).toEqual(expected);
    expect(rows(`같은 건물이에요: 서울 중구 다산로 13 한빛타워. ${flats}`)).toEqual(expected);
    expect(rows(`서울 중구 다산로 13 한빛타워로 보내주세요. ${flats}`)).toEqual(expected);
  });
});
