import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { depositorCode, readDepositorCode } from '../../src/payments/depositor-code.ts';
import { isBankCut, readName } from '../../src/payments/depositor-name.ts';
import { matchDeposits, type PayableOrder } from '../../src/payments/deposits.ts';

describe('the name to write on a transfer', () => {
  test.each([
    ['김영희', 'P7-042', '김영희042'],
    [' 김 영희 ', 'P7-042', '김영희042'],
    ['김영희'.normalize('NFD'), 'P7-042', '김영희042'],
    ['김영희1', 'P7-042', '김영희042'],
    ['행복한농산물유통', 'P7-042', '행복한농산물유042'],
    ['Kim Subin', 'P7-042', 'KimSubin042'],
    ['', 'P7-042', 'P7042'],
    ['♥', 'P7-042', 'P7042'],
    ['P7-042', 'P7-042', 'P7042'],
    ['1234', 'P7-042', 'P7042'],
  ])('of %s is short and ends with the number', (name, code, written) => {
    expect(depositorCode(name, code)).toBe(written);
  });

  test.each([
    ['김영희042', '김영희', '042', null],
    ['김영희 042', '김영희', '042', null],
    ['김영희０４２', '김영희', '042', null],
    ['김영희04', '김영희', null, null],
    ['행복한농산물', '행복한농산물', null, null],
    ['P7042', '', '042', 'P7042'],
    ['p7-042 김영희', '김영희', '042', 'P7042'],
  ])('is read back from %s', (text, name, number, code) => {
    expect(readDepositorCode(text)).toEqual({ name, number, code });
  });
});

const FAMILY = [...'김이박최정강조윤장임한오서신권황안송전홍'];
const GIVEN = [...'영희철수나연성규보라동현수빈은정가람하늘유미민호지우서준'];
const hangul = fc
  .tuple(
    fc.constantFrom(...FAMILY),
    fc.array(fc.constantFrom(...GIVEN), { minLength: 1, maxLength: 9 }),
  )
  .map(([family, given]) => family + given.join(''));
const code = fc
  .tuple(fc.constantFrom(...'ABCPKZ'), fc.nat(9), fc.nat(999))
  .map(([letter, digit, number]) => `${letter}${digit}-${String(number).padStart(3, '0')}`);

const AT = '2026-07-21T10:00:00+09:00';

function order(given: Pick<PayableOrder, 'code' | 'depositor'>): PayableOrder {
  return {
    ...given,
    amountDueKrw: 80_000,
    paidKrw: 0,
    buyer: null,
    recipients: [],
    placedAt: '2026-07-21T00:00:00+09:00',
    payBy: '2026-07-22T00:00:00+09:00',
    state: 'awaiting_payment',
  };
}

describe('for any name and code', () => {
  test('what a bank leaves of it is read as the name, whole or cut, and never as another number', () => {
    fc.assert(
      fc.property(hangul, code, fc.integer({ min: 7, max: 10 }), (name, code, kept) => {
        const written = depositorCode(name, code);
        expect(written.length).toBeLessThanOrEqual(10);
        const { name: read, number } = readDepositorCode(written.slice(0, kept));
        const whole = readName(name).compared;
        expect(read === whole || isBankCut(read, whole) || whole.length < 5).toBe(true);
        expect([code.slice(-3), null]).toContain(number);
        if (kept === 10) expect(number).toBe(code.slice(-3));
      }),
    );
  });

  test('the transfer finds its order by it, beside one of the same name and amount', () => {
    fc.assert(
      fc.property(hangul, code, code, fc.boolean(), (name, own, other, isWide) => {
        const written = depositorCode(name, own);
        if (own.slice(-3) === other.slice(-3)) return;
        // The number of the one must not end the digits of the other's.
        if (other.replace('-', '').slice(-4) === own.slice(-3)) return;
        const orders = [
          order({ code: other, depositor: name }),
          order({ code: own, depositor: name }),
        ];
        const shown = isWide
          ? written.replace(/\d/g, (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0))
          : written;
        const deposit = { id: 'd', at: AT, name: shown, amountKrw: 80_000 };
        const decision = matchDeposits(orders, [deposit]).get('d');
        // A trailing word of the name itself (수빈씨) may leave too little to be sure of.
        if (
          readName(written).compared === readName(name).compared ||
          readName(name).compared.length >= 5
        )
          expect(decision).toEqual({ kind: 'match', codes: [own] });
      }),
    );
  });
});
