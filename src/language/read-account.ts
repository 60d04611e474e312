// A bank account said in one line: bank, number, holder.

export type ReadAccount = {
  readonly bank: string;
  readonly account: string;
  readonly holder: string;
};

/** What the banks are called in messages; adding one is one word. */
const BANKS = [
  '카카오뱅크',
  '카뱅',
  '토스뱅크',
  '케이뱅크',
  '국민',
  'KB',
  '신한',
  '우리',
  '하나',
  '농협',
  'NH',
  '기업',
  'IBK',
  'SC제일',
  '제일',
  '씨티',
  '새마을금고',
  '새마을',
  '신협',
  '수협',
  '우체국',
  '대구',
  'iM뱅크',
  '부산',
  '경남',
  '광주',
  '전북',
  '제주',
  '산업',
  '토스',
] as const;

const NUMBER = /\d[\d -]{7,22}\d/;
const DIGITS_MIN = 10;
const DIGITS_MAX = 16;
const LABELS = /은행|뱅크|예금주|계좌번호|계좌|환불|이름|성함|[:,/]/g;
const LINE_MAX = 200;

/** Null unless all three parts are there; nothing is guessed. */
export function readAccount(text: string): ReadAccount | null {
  const line = text.normalize('NFKC').slice(0, LINE_MAX);
  const bank = BANKS.find((name) => line.toLowerCase().includes(name.toLowerCase()));
  const number = NUMBER.exec(line)?.[0];
  if (bank === undefined || number === undefined) return null;
  const digits = number.replace(/\D/g, '');
  if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) return null;
  const rest = line.replace(number, ' ').replace(new RegExp(bank, 'i'), ' ').replace(LABELS, ' ');
  const holder = rest.match(/[가-힣]{2,10}|[A-Za-z][A-Za-z ]{2,30}/g)?.at(-1);
  if (holder === undefined) return null;
  return {
    bank,
    account: digits,
    holder: holder.trim().replace(/(?:님|입니다|이에요|예요)$/u, ''),
  };
}
