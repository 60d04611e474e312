// Farmer: waybills written down, lines that cannot be, and names that tell no single row.
import type { ReportResult } from '../../orders/reporting.ts';
import type { Reply } from '../bot.ts';
import type { Problem } from '../farm-waybills.ts';
import * as words from '../words.ts';
import { CARRIER_NAMES } from './names.ts';
import { BUTTONS, choice, pressable, say } from './parts.ts';
import { rowsWithNames } from './rows.ts';

/** More rows than these are told in short, so that the answer fits on a screen. */
const ROWS_IN_FULL_MAX = 4;
const ROWS_IN_SHORT_MAX = 12;
const PROBLEMS_MAX = 8;
const END_DIGITS = 4;

export type KeptWaybills = {
  readonly row: number;
  readonly name: string;
  readonly waybills: readonly string[];
  /** Named or guessed from the number: said, so that a wrong guess is noticed. */
  readonly carrier: string | null;
  readonly isShipped: boolean;
  readonly packages: number;
  /** How many of the packages have a number now. */
  readonly numbered: number;
  /** Numbers that the new ones took the place of. */
  readonly replaced: readonly string[];
};

export function waybillsKept(
  { date, already }: ReportResult,
  rows: readonly KeptWaybills[],
  recipients: ReadonlyMap<number, string>,
): Reply {
  const lines =
    rows.length > ROWS_IN_FULL_MAX
      ? manyKept(date, rows)
      : rows.map((row) => `${words.day(date)} ${keptInFull(row)}`);
  if (already.length > 0) {
    const same = rowsWithNames(
      already.map(({ row }) => row),
      recipients,
    );
    lines.push(`${words.day(date)} ${same} 송장은 이미 적혀 있어요.`);
  }
  return say(lines.join('\n'), [choice(BUTTONS.list)]);
}

function keptInFull({ row, name, carrier, isShipped, ...kept }: KeptWaybills): string {
  const by = carrier === null ? '' : `${CARRIER_NAMES[carrier] ?? carrier} `;
  const numbers = kept.waybills.map(words.waybillNumber).join(', ');
  const count = kept.numbered < kept.packages ? ` (송장 ${kept.numbered}/${kept.packages})` : '';
  const was =
    kept.replaced.length > 0
      ? ` 전에 적은 ${kept.replaced.map(words.waybillNumber).join(', ')} 대신이에요.${isShipped ? ' 주문한 분께도 알려 드려요.' : ''}`
      : '';
  const done = isShipped ? '발송 처리했어요.' : '적었어요.';
  return `${row}번 ${name}님 송장 ${by}${numbers}${count} ${done}${was}`;
}

function manyKept(date: string, rows: readonly KeptWaybills[]): string[] {
  const count = rows.reduce((sum, { waybills }) => sum + waybills.length, 0);
  const shipped = rows.some(({ isShipped }) => isShipped);
  const shown = rows.slice(0, ROWS_IN_SHORT_MAX);
  const hidden = rows.slice(ROWS_IN_SHORT_MAX).map(({ row }) => row);
  return [
    `${words.day(date)} ${rows.length}곳 송장 ${count}개를 적${shipped ? '고 발송 처리했어요.' : '었어요.'}`,
    ...shown.map(
      ({ row, name, waybills }) =>
        `${row}번 ${name}님 ${waybills.map((one) => `…${one.slice(-END_DIGITS)}`).join(', ')}`,
    ),
    ...(hidden.length > 0 ? [`그리고 ${words.ranges(hidden)}번 (${hidden.length}곳)`] : []),
  ];
}

type Refused = {
  readonly date: string;
  readonly problems: readonly Problem[];
  readonly names: ReadonlyMap<number, string>;
};

/** Nothing of it can be written down. */
export function waybillsRefused(refused: Refused): Reply {
  return say(`${problemLines(refused)}\n아무것도 처리하지 않았어요. 다시 보내 주세요.`, [
    choice(BUTTONS.list),
  ]);
}

/** A paste of which some lines cannot be written down: none was, until he says so. */
export function askRestOfWaybills(
  refused: Refused,
  { rows, id }: { readonly rows: readonly number[]; readonly id: string },
): Reply {
  const rest = `나머지 ${rowsWithNames(rows, refused.names)}만 적을까요?`;
  return say(`아직 아무것도 적지 않았어요.\n${problemLines(refused)}\n${rest}`, [
    pressable(BUTTONS.onlyRest, { key: `waybill-rest:${id}`, act: 'waybill-rest', ref: id }),
    pressable(BUTTONS.drop, { key: null, act: 'no', ref: id }),
  ]);
}

function problemLines({ date, problems, names }: Refused): string {
  const lines = problems
    .slice(0, PROBLEMS_MAX)
    .map((problem) => `${whose(problem, date, names)} ${reason(problem, date)}`);
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`그 밖에 ${more}줄도 적을 수 없어요.`] : [])].join('\n');
}

function whose({ said }: Problem, date: string, names: ReadonlyMap<number, string>): string {
  if (typeof said === 'string') return `"${said}":`;
  const name = names.get(said);
  return `${words.day(date)} ${said}번${name === undefined ? '' : ` ${name}님`}:`;
}

function reason(problem: Problem, date: string): string {
  switch (problem.why) {
    case 'exponent':
      return '엑셀이 번호를 줄여서 보낸 것이라 읽을 수 없어요. 셀 서식을 "텍스트"로 바꾸고 다시 복사해 주세요.';
    case 'whose':
      return '누구 송장인지 적혀 있지 않아요.';
    case 'overlap':
      return '번호가 겹쳐요.';
    case 'struck':
      return '목록에서 빠진 줄이에요.';
    case 'delivered':
      return '이미 배송이 끝난 줄이에요.';
    case 'digits':
      return `송장 번호가 ${problem.digits}자리예요. 10~14자리로 알려 주세요.`;
    case 'length': {
      const { carrier, expected, digits } = problem;
      const whoseNumber =
        carrier === null ? '다른 줄은' : `${CARRIER_NAMES[carrier] ?? carrier} 송장은`;
      return `${whoseNumber} ${expected}자리인데 ${digits}자리예요. 번호를 확인해 주세요.`;
    }
    case 'nobody':
      return `${words.day(date)} 목록에 없는 이름이에요.`;
    case 'several':
      return `${words.ranges(problem.rows)}번 중 누구인지 알 수 없어요.`;
    case 'other':
      return `번호와 이름이 서로 달라요 (${problem.rows.join('번, ')}번).`;
    case 'no-row':
      return `목록은 ${problem.last}번까지예요.`;
    case 'twice':
      return `${problem.row}번과 같은 송장 번호예요.`;
    case 'packages':
      return `포장이 ${problem.packages}개인데 송장이 ${problem.waybills}개예요.`;
    case 'used': {
      const where = problem.usedDate === null ? '' : `${words.day(problem.usedDate)} `;
      return `${where}${problem.usedBy === null ? '다른 상자' : `${problem.usedBy}번`}에 이미 적은 송장 번호예요.`;
    }
  }
}

// A name that tells no single row

export function nobodyOnList(date: string, said: string): Reply {
  return say(
    `${words.day(date)} 목록에 ${said}님이 없어서 아무것도 처리하지 않았어요. 번호로 알려 주세요.`,
    [choice(BUTTONS.list)],
  );
}

export function askWhichRow(
  {
    date,
    said,
    isOther,
  }: { readonly date: string; readonly said: string; readonly isOther: boolean },
  {
    rows,
    id,
  }: {
    readonly rows: readonly {
      readonly row: number;
      readonly recipient: string;
      readonly phone: string;
    }[];
    readonly id: string;
  },
): Reply {
  const each = rows.map(
    ({ row, recipient, phone }) => `${row}번 ${recipient}님 ···${phone.slice(-END_DIGITS)}`,
  );
  const why = isOther ? '번호와 이름이 서로 달라요.' : `${said}님이 ${rows.length}곳 있어요.`;
  return say(`${words.day(date)} 목록에서 ${why}\n${each.join('\n')}\n몇 번인가요?`, [
    ...rows.slice(0, ROWS_AS_BUTTONS_MAX).map(({ row }) =>
      pressable(`${row}번`, {
        key: `which-row:${id}:${row}`,
        act: 'which-row',
        ref: `${id}:${row}`,
      }),
    ),
    pressable(BUTTONS.no, { key: null, act: 'no', ref: id }),
  ]);
}

const ROWS_AS_BUTTONS_MAX = 8;
