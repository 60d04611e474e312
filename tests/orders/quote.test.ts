import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REGIONS, type Terms } from '../../src/orders/order.ts';
import { type QuotedParcel, quote } from '../../src/orders/quote.ts';
import { isServed, regionOf } from '../../src/orders/region.ts';

const TERMS: Terms = {
  boxesPerFee: 2,
  feeKrw: 5_000,
  jejuFeeKrw: 3_000,
  islandFeeKrw: 4_000,
  freeFromKrw: null,
  transitDays: 1,
};

function parcel(boxes: number, region: QuotedParcel['region'] = 'mainland'): QuotedParcel {
  return { region, items: [{ product: 'peach', name: '복숭아', boxes, priceKrw: 35_000 }] };
}

const parcelArbitrary: fc.Arbitrary<QuotedParcel> = fc.record({
  region: fc.constantFrom(...REGIONS),
  items: fc.array(
    fc.record({
      product: fc.constantFrom('peach', 'plum'),
      name: fc.constant('상품'),
      boxes: fc.integer({ min: 1, max: 50 }),
      priceKrw: fc.integer({ min: 0, max: 200_000 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});
const parcelsArbitrary = fc.array(parcelArbitrary, { maxLength: 6 });

describe('the price of an order', () => {
  test.each([
    [[1], 35_000, 5_000],
    [[2], 70_000, 5_000],
    [[3], 105_000, 10_000],
    // Per parcel: two single boxes to two people are two packages, not one.
    [[1, 1], 70_000, 10_000],
    [[3, 2], 175_000, 15_000],
    [[50], 1_750_000, 125_000],
  ])('boxes %j cost %i for goods and %i for shipping', (boxes, goodsKrw, shippingKrw) => {
    const quoted = quote(
      boxes.map((count) => parcel(count)),
      TERMS,
    );
    expect(quoted).toMatchObject({ goodsKrw, shippingKrw, totalKrw: goodsKrw + shippingKrw });
  });

  test('the surcharge is counted per package and stays when shipping is free', () => {
    const parcels = [parcel(3, 'jeju'), parcel(1, 'island'), parcel(2)];
    expect(quote(parcels, TERMS).surchargeKrw).toBe(2 * 3_000 + 4_000);
    const free = quote(parcels, { ...TERMS, freeFromKrw: 210_000 });
    expect(free).toMatchObject({ shippingKrw: 0, surchargeKrw: 10_000, totalKrw: 220_000 });
  });

  test('shipping is free from the threshold on, counted over the whole order’s goods', () => {
    const terms = { ...TERMS, freeFromKrw: 70_000 };
    expect(quote([parcel(1)], terms).shippingKrw).toBe(5_000);
    expect(quote([parcel(1), parcel(1)], terms).shippingKrw).toBe(0);
  });

  test('is whole won, adds up, and is never negative', () => {
    fc.assert(
      fc.property(parcelsArbitrary, (parcels) => {
        const quoted = quote(parcels, TERMS);
        const { goodsKrw, shippingKrw, surchargeKrw, totalKrw } = quoted;
        expect(totalKrw).toBe(goodsKrw + shippingKrw + surchargeKrw);
        expect(Number.isSafeInteger(totalKrw) && totalKrw >= 0).toBe(true);
        for (const key of ['goodsKrw', 'shippingKrw', 'surchargeKrw'] as const)
          expect(quoted.parcels.reduce((sum, one) => sum + one[key], 0)).toBe(quoted[key]);
      }),
    );
  });

  test('ships each parcel by its own started pair of boxes', () => {
    fc.assert(
      fc.property(parcelArbitrary, fc.integer({ min: 1, max: 5 }), (one, boxesPerFee) => {
        const boxes = one.items.reduce((sum, item) => sum + item.boxes, 0);
        const { shippingKrw } = quote([one], { ...TERMS, boxesPerFee });
        const packages = shippingKrw / TERMS.feeKrw;
        expect(packages * boxesPerFee).toBeGreaterThanOrEqual(boxes);
        expect((packages - 1) * boxesPerFee).toBeLessThan(boxes);
      }),
    );
  });

  test('of two orders without free shipping is the sum of both', () => {
    fc.assert(
      fc.property(parcelsArbitrary, parcelsArbitrary, (some, others) => {
        const apart = quote(some, TERMS).totalKrw + quote(others, TERMS).totalKrw;
        expect(quote([...some, ...others], TERMS).totalKrw).toBe(apart);
      }),
    );
  });
});

describe('where a parcel goes', () => {
  test.each([
    ['제주 서귀포시 중문로 1', null, 'jeju'],
    ['제주특별자치도 제주시 연동 1', null, 'jeju'],
    ['서귀포시 중문로 1', '63535', 'jeju'],
    ['서울 강남구 역삼로 1', '06232', 'mainland'],
    ['경북 울릉군 울릉읍 도동리 1', null, 'island'],
    ['인천 옹진군 백령면 진촌리 1', null, 'island'],
    ['인천 옹진군 영흥면 내리 1', null, 'mainland'],
    ['전남 신안군 압해읍 학교리 1', null, 'mainland'],
    ['서울 강남구 제주로 1', null, 'mainland'],
    ['경북 어딘가', '40240', 'island'],
    ['경북 어딘가', '40241', 'mainland'],
  ] as const)('%s (%s) is %s', (address, postcode, region) => {
    expect(regionOf(address, postcode)).toBe(region);
  });

  test('a place that is not served is told by its name in the address', () => {
    expect(isServed('제주 제주시 연동 1', ['제주', '울릉군'])).toBe(false);
    expect(isServed('경북 울릉군 울릉읍 1', ['제주', '울릉군'])).toBe(false);
    expect(isServed('서울 강남구 역삼로 1', ['제주', '울릉군'])).toBe(true);
  });

  test.each([
    ['서울 강남구 역삼동 제주로 12', true],
    ['서울 강남구 제주로 12', true],
    ['경기 수원시 울릉군로12번길 3', true],
    ['서울 종로구 세종대로 1 제주빌딩', true],
    ['제주특별자치도 서귀포시 중문동 1', false],
    ['제주시 연동 1', false],
    ['[63000] 제주 제주시 연동 1', false],
    ['경상북도 울릉군 울릉읍 1', false],
    ['울릉군 울릉읍 1', false],
    ['전라남도 신안군 흑산면 1', false],
    ['전라남도 신안군 압해읍 1', true],
  ])('a place counts only where places stand: %s', (address, expected) => {
    expect(isServed(address, ['제주', '울릉군', '전남 신안군 흑산면', ''])).toBe(expected);
  });
});
