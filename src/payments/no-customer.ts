// Bank rows that are no customer's payment. Whoever is not surely one of them is a customer.
import type { Seen } from './deposit-batch.ts';
import type { NoCustomerReason } from './deposits.ts';
import {
  CARD_SETTLEMENT,
  INTEREST,
  MARKET_SETTLEMENT,
  MONEY_BACK,
  RETURNED_MEMO,
} from './name-words.ts';

/** Less than this is a bank that checks an account (1원 인증). */
export const PAYMENT_MIN_KRW = 100;

/** Only for rows that are no strong evidence for any order. */
export function noCustomer(
  { deposit, name }: Seen,
  ownNames: ReadonlySet<string>,
): NoCustomerReason | null {
  if (deposit.amountKrw <= 0) return 'no_deposit';
  if (deposit.amountKrw < PAYMENT_MIN_KRW) return 'bank_check';
  if (ownNames.has(name.compared)) return 'own_money';
  const memo = (deposit.memo ?? '').normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  if (RETURNED_MEMO.test(memo)) return 'money_back';
  // A bank that names nobody says in its remark what the row is.
  const said = name.compared === '' ? memo : name.compared;
  if (INTEREST.test(said) || INTEREST.test(memo)) return 'interest';
  if (CARD_SETTLEMENT.test(said) || MARKET_SETTLEMENT.test(said)) return 'settlement';
  return MONEY_BACK.test(said) ? 'money_back' : null;
}
