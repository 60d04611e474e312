// How numbers, dates and codes look in Korean text. No sentences here: those are in replies/.
import { townOf } from '../language/towns.ts';
import { addDays, localTime, WEEKDAYS, type Weekday, weekdayOf } from '../orders/dates.ts';

const WEEKDAY_LETTERS = {
  mon: '월',
  tue: '화',
  wed: '수',
  thu: '목',
  fri: '금',
  sat: '토',
  sun: '일',
};

const ADDRESS_END_CHARS = 6;

/** Behind a consonant, behind a vowel, and where nobody knows how the word is read. */
const PARTICLES = {
  '은/는': ['은', '는', '은(는)'],
  '이/가': ['이', '가', '이(가)'],
  '을/를': ['을', '를', '을(를)'],
  '과/와': ['과', '와', '과(와)'],
  '이나/나': ['이나', '나', '(이)나'],
  '으로/로': ['으로', '로', '(으)로'],
} as const;
const DIGITS_READ = '공일이삼사오육칠팔구';
const FIRST_SYLLABLE = 0xac00;
const FINALS = 28;
const FINAL_RIEUL = 8;

/** `박철수가`, `054-000-0000으로`, `농부(카카오톡)를`: by how the last letter or digit is said. */
export function withParticle(word: string, pair: keyof typeof PARTICLES): string {
  const [behindConsonant, behindVowel, unsure] = PARTICLES[pair];
  const spoken = word.replace(/\([^()]*\)$/, '').replace(/[^\p{L}\p{N}]+$/u, '');
  const last = spoken.at(-1) ?? '';
  const syllable = /\d/.test(last) ? DIGITS_READ.charAt(Number(last)) : last;
  if (!/[가-힣]/.test(syllable)) return `${word}${unsure}`;
  const final = (syllable.charCodeAt(0) - FIRST_SYLLABLE) % FINALS;
  const isOpen = final === 0 || (pair === '으로/로' && final === FINAL_RIEUL);
  return `${word}${isOpen ? behindVowel : behindConsonant}`;
}

/** `45,000원` */
export function won(amountKrw: number): string {
  // Grouped by hand: toLocaleString alone was a hundredth of a turn.
  return `${String(amountKrw).replace(/\B(?=(\d{3})+$)/g, ',')}원`;
}

/** `7/21(화)` */
export function day(date: string): string {
  const [, month, dayOfMonth] = date.split('-');
  return `${Number(month)}/${Number(dayOfMonth)}(${WEEKDAY_LETTERS[weekdayOf(date)]})`;
}

/** `매주 월·수요일`, `평일`, `매일`. */
export function everyWeekday(days: readonly Weekday[]): string {
  const named = weekdays(days);
  return named.endsWith('요일') ? `매주 ${named}` : named;
}

/** `월·수요일`, `평일`, `매일`. */
export function weekdays(days: readonly Weekday[]): string {
  const named = WEEKDAYS.filter((one) => days.includes(one));
  if (named.length === WEEKDAYS.length) return '매일';
  if (named.join() === 'mon,tue,wed,thu,fri') return '평일';
  return `${named.map((one) => WEEKDAY_LETTERS[one]).join('·')}요일`;
}

/** `7/21`, as somebody may say it to us. */
export function monthDay(date: string): string {
  return `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`;
}

/** `내일(7/21 화)`, and `7/24(금)` for a day that has no name of its own. */
export function namedDay(date: string, today: string): string {
  const name = date === today ? '오늘' : date === addDays(today, 1) ? '내일' : null;
  return name === null ? day(date) : `${name}(${day(date).replace('(', ' ')}`;
}

/** `7/21(화) 14:05` */
export function moment(at: string, timeZone: string): string {
  const local = localTime(new Date(at), timeZone);
  return `${day(local.date)} ${local.time}`;
}

/** `010-1234-5678`, `02-123-4567` */
export function phone(digits: string): string {
  const area = digits.startsWith('02') ? 2 : digits.startsWith('050') ? 4 : 3;
  if (digits.length < area + 6) return digits;
  return `${digits.slice(0, area)}-${digits.slice(area, -4)}-${digits.slice(-4)}`;
}

/** `김○희`, `이○`, and `John M○○` of a name in Latin letters. */
export function maskedName(name: string): string {
  const letters = [...name];
  if (/^[A-Za-z]/.test(name)) {
    const words = name.split(' ');
    const [first = ''] = words;
    return words.length === 1 ? `${first[0]}○○` : `${first} ${words.at(-1)?.[0] ?? ''}○○`;
  }
  if (letters.length < 3) return `${letters[0] ?? ''}○`;
  return `${letters[0]}${'○'.repeat(Math.min(letters.length - 2, 3))}${letters.at(-1)}`;
}

type Recipient = { readonly name: string; readonly phone: string; readonly address: string };

/** `김○희 · 부산 해운대구 · ···1234`: enough to know him by, and nothing for a stranger to use. */
export function masked({ name, phone, address }: Recipient): string {
  const town = townOf(address);
  return [maskedName(name), ...(town === '' ? [] : [town]), `···${phone.slice(-4)}`].join(' · ');
}

/** Of several: where two would look alike, with the end of the address. */
export function maskedApart(recipients: readonly Recipient[]): string[] {
  const lines = recipients.map(masked);
  const isTwin = (line: string) => lines.filter((other) => other === line).length > 1;
  return lines.map((line, index) =>
    isTwin(line) ? `${line} · …${recipients[index]?.address.slice(-ADDRESS_END_CHARS)}` : line,
  );
}

/** `1234-5678-9012` */
export function waybillNumber(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1-');
}

/** `3상자` */
export function boxes(count: number): string {
  return `${count}상자`;
}

/** `복숭아 4kg 2상자` for each item, joined. */
export function items(list: readonly { readonly name: string; readonly boxes: number }[]): string {
  return list.map((item) => `${item.name} ${boxes(item.boxes)}`).join(', ');
}

/** `1-3, 5, 7-9` */
export function ranges(rows: readonly number[]): string {
  const sorted = [...rows].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let index = 0; index < sorted.length; index++) {
    const from = sorted[index];
    let to = from;
    while (to !== undefined && sorted[index + 1] === to + 1) {
      to = sorted[index + 1];
      index++;
    }
    parts.push(from === to ? `${from}` : `${from}-${to}`);
  }
  return parts.join(', ');
}
