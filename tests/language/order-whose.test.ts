import { expect, it } from 'vitest';
import { readOrder } from '../../src/language/read-order.ts';
import type { OrderReading, Product } from '../../src/language/reading.ts';

const PEACH: readonly Product[] = [{ id: 'p1', name: '복숭아 4kg' }];
const KIM = '정하늘 010-0123-4567 대전 서구 계룡로 598';
const LEE = '이수련 010-0789-0123 부산 중구 중앙대로 2';
const OH = '오은별 010-1123-4567 경기 과천시 별양로 110 503동 1202호';

const read = (text: string, products = PEACH): OrderReading =>
  readOrder([{ text }], { today: '2026-07-15', products, maxBoxes: 50 });

const boxes = (reading: OrderReading): string =>
  reading.kind === 'order'
    ? reading.draft.recipients
        .map(
          ({ name, items }) =>
            `${name} ${items.map((one) => `${one.product}x${one.boxes}`).join('+')}`,
        )
        .join(', ')
    : reading.kind;

it.each([
  [`저는 2박스 오라버니는 3박스요\n저: ${KIM}\n오라버니: ${OH}`, '정하늘 p1x2, 오은별 p1x3'],
  [`제꺼 하나 친정엄마 둘이요~ 엄마는 ${OH} 이고 저는 ${KIM}`, '오은별 p1x2, 정하늘 p1x1'],
  [`나머지는 다 하나씩이고 첫 번째 분만 2박스요\n\n${KIM}\n\n${OH}`, '정하늘 p1x2, 오은별 p1x1'],
  [
    `1번, 3번은 두 박스씩 2번은 하나요\n1. ${KIM}\n2. ${OH}\n3. ${LEE}`,
    '정하늘 p1x2, 오은별 p1x1, 이수련 p1x2',
  ],
  [
    `기본 한 박스씩, 오은별 고객만 4박스\n${KIM}\n${OH}\n${LEE}`,
    '정하늘 p1x1, 오은별 p1x4, 이수련 p1x1',
  ],
  [`큰집만 세 박스로요\n${KIM} 1박스\n${OH} 1박스\n${LEE} 1박스`, 'ask'],
  [`하늘이랑 은별이네 합쳐서 5박스\n${KIM}\n${OH}`, 'ask'],
  [`한 상자는 저한테 또 한 상자는 누나네로요. ${KIM}`, 'ask'],
  [
    `[정하늘] [오전 9:12] 두 박스 010-0123-4567 대전 서구 계룡로 598\n[이수련] [오전 9:15] 한 박스 010-0789-0123 부산 중구 중앙대로 2\n[정하늘] [오전 9:20] 아 나 세 박스로 바꿔줘`,
    '정하늘 p1x3, 이수련 p1x1',
  ],
  [`받는분1: ${KIM} 1박스\n받는분2: 오은별 주소 전화 위와 동일 2박스`, '정하늘 p1x1, 오은별 p1x2'],
  [`👤정하늘\n📞010-0123-4567\n🏠대전 서구 계룡로 598\n📦×2`, '정하늘 p1x2'],
  [`복숭아로요\n\n${KIM}\n1\n\n${OH}\n2`, '정하늘 p1x1, 오은별 p1x2'],
  [`1) ${KIM} 2박스\n2) ${OH} 1박스\n합 3박스입니다`, '정하늘 p1x2, 오은별 p1x1'],
  [`1) ${KIM} 2박스\n2) ${OH} 1박스\n합 4박스입니다`, 'ask'],
])('gives the boxes to whom they were said for: %j', (text, expected) => {
  expect(boxes(read(text))).toBe(expected);
});

it('gives an instruction to the one it begins with', () => {
  const list = `A. ${KIM} 1박스\nB. ${OH} 2박스\n※ B는 오후 6시 이후 배송 부탁, 오은별님은 벨 누르지 마세요`;
  const reading = read(list);
  expect(reading).toMatchObject({
    kind: 'order',
    draft: { memo: null, recipients: [{ memo: null }, { memo: expect.stringContaining('6시') }] },
  });
});

it('takes whoever says 저 beside the recipient for the sender', () => {
  expect(read(`이모 드릴 거예요 한 상자요. 이모: ${OH} / 저: 정하늘 010-0123-4567`)).toMatchObject({
    kind: 'order',
    draft: { sender: '정하늘', senderPhone: '01001234567', recipients: [{ name: '오은별' }] },
  });
  // With an address of his own he receives something, and how much is asked.
  expect(boxes(read(`한 상자요. 이모: ${OH} / 저: ${KIM}`))).toBe('ask');
});

it('reads sizes of one letter where names on sale have them', () => {
  const products = ['상', '중', '특'].map((size, index) => ({
    id: `p${index + 1}`,
    name: `참외 ${size} 5kg`,
  }));
  expect(boxes(read(`중 2박스 특 1박스요 ${KIM}`, products))).toBe('정하늘 p2x2+p3x1');
  expect(boxes(read(`상품 좋은 걸로 두 상자요 ${KIM}`, products))).toBe('ask');
});

it.each([
  ['4상자 주문할게요 잠깐만요 동서도 달래서 6상자로 바꿀게요', '정하늘 p1x6'],
  ['4상자 주문할게요 아 생각해보니 2상자로 부탁드려요', '정하늘 p1x2'],
  ['4상자 주문할게요 2상자', 'ask'],
  ['4상자 주문이요 아 근데 식구가 적어서 2상자만 할게요', '정하늘 p1x2'],
  ['4상자 주문할게요 아 그리고 이모도 2상자로 해주세요', 'ask'],
])('takes the count on second thoughts: %s', (said, expected) => {
  expect(boxes(read(`${said} ${KIM}`))).toBe(expected);
});
