// Days that a farmer is not sure of, or says the wrong way round: read as they would be meant, to be asked.
import { readCaps, readClosedDays, readLess, readMore } from './farmer-days.ts';
import { type Earlier, type Said, said as saidIn } from './farmer-said.ts';
import type { DaysReading, FarmerReading } from './reading.ts';

type Token = Said['tokens'][number];

/** Words that only make a question of what stands beside them. */
const ASKS = /할까|될까|까요|나요|려나|을까/;
const NOTHING_EARLIER: Earlier = { list: null, rows: () => [] };
const DAY_WORDS: ReadonlySet<string> = new Set(['cap', 'close', 'more', 'less']);

/** "내일 마흔 상자쯤?", "내일 40상자 할까요?"; null when something else is in doubt. */
export function readAskedDays(said: Said): readonly FarmerReading[] | null {
  const isRough = said.has('hedge');
  if (said.has('ask', 'not', 'none') || said.count('unknown') > 0) return null;
  if (said.dates.length === 0 && !(isRough && said.count('boxes') === 1)) return null;
  const tokens = said.tokens.filter((token) => !isAsking(token));
  if (tokens.some((token) => token.kind === 'word' && token.word === 'doubt')) return null;
  return asked(said, tokens);
}

const isAsking = (token: Token): boolean =>
  (token.kind === 'sign' && token.sign === '?') ||
  (token.kind === 'word' &&
    (token.word === 'hedge' || (token.word === 'doubt' && ASKS.test(token.text))));

/** "8/5~8/1 30상자": the days between, from the earlier one on. */
export function readBackwards(said: Said): readonly FarmerReading[] | null {
  const [first, last, another] = said.tokens.filter((token) => token.kind === 'date');
  if (first === undefined || last === undefined || another !== undefined) return null;
  if (last.date >= first.date || last.weekday !== undefined) return null;
  const next = said.tokens[said.tokens.indexOf(first) + 1];
  const isSpan =
    (next?.kind === 'sign' && next.sign === '~') || (next?.kind === 'word' && next.word === 'from');
  if (!isSpan) return null;
  const turned = said.tokens.map((token) =>
    token === first ? last : token === last ? first : token,
  );
  return asked(said, turned);
}

function asked(said: Said, tokens: readonly Token[]): readonly FarmerReading[] | null {
  const sure = saidIn(
    { tokens, carrier: said.carrier, heading: null },
    NOTHING_EARLIER,
    said.today,
  );
  const meant = (
    readMore(sure) ??
    readLess(sure) ??
    readClosedDays(sure) ??
    readCaps(sure) ??
    []
  ).filter(isOfDays);
  return meant.length > 0 ? [{ kind: 'ask', meant }] : null;
}

const isOfDays = (reading: FarmerReading): reading is DaysReading => DAY_WORDS.has(reading.kind);
