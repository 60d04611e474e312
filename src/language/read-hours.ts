// When somebody of the staff wants to hear from us: "알림 08:00-21:00", "알림 아침 8시부터 밤 9시까지".
import { normalise } from './normalise.ts';

export type HoursReading =
  /** Told between these; the hours outside are quiet. */
  | { readonly kind: 'between'; readonly from: string; readonly to: string }
  | { readonly kind: 'always' }
  /** It is about the hours, and we cannot tell which. */
  | { readonly kind: 'unclear' };

const TEXT_MAX = 60;
const NIGHT_FROM_HOUR = 6;
const ABOUT = /^알림\s*(?:시간|받는\s*시간|은|시간은|시간을)?(?=[\s\d:]|$)/u;
const ALWAYS = /^(?:항상|언제나|늘|아무\s*때나|하루\s*종일|24시간|다|전부)/u;
const CLOCK =
  /(오전|오후|아침|낮|저녁|밤|새벽)?\s*(\d{1,2})\s*(?::\s*(\d{2})|시\s*(?:(\d{1,2})\s*분|(반))?)?/u;
const BETWEEN = new RegExp(
  `^${CLOCK.source}\\s*(?:부터|에서|-|~)\\s*${CLOCK.source}\\s*(?:까지|사이)?\\s*(?:에)?만?[\\s가-힣]*[.!?]*$`,
  'u',
);
const AFTERNOON = /오후|저녁|밤|낮/u;

/** Null when the text is not about the hours of notices. */
export function readHours(text: string): HoursReading | null {
  if (text.length > TEXT_MAX) return null;
  const said = normalise(text).trim();
  const [about] = ABOUT.exec(said) ?? [];
  if (about === undefined) return null;
  const rest = said.slice(about.length).trim();
  if (ALWAYS.test(rest)) return { kind: 'always' };
  const found = BETWEEN.exec(rest);
  if (found === null) return { kind: 'unclear' };
  const from = clockOf(found.slice(1, 6));
  const to = clockOf(found.slice(6, 11));
  if (from === null || to === null || from === to) return { kind: 'unclear' };
  return { kind: 'between', from, to };
}

function clockOf([part = '', hourText = '', minute, spoken, half]: (string | undefined)[]) {
  const hour = Number(hourText);
  const minutes = half === undefined ? Number(minute ?? spoken ?? 0) : 30;
  // "밤 9시" is in the evening, "밤 1시" is not.
  const isLater = AFTERNOON.test(part) && hour < 12 && !(part === '밤' && hour < NIGHT_FROM_HOUR);
  // "밤 12시" is midnight, "낮 12시" is not.
  const isMidnight = hour === 12 && /밤|오전|새벽/u.test(part);
  const at = isMidnight ? 0 : isLater ? hour + 12 : hour % 24;
  if (hour > 24 || minutes > 59) return null;
  return `${String(at).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
