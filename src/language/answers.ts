// Short answers to our own questions, and the words that open a staff invite.

const YES = /^(?:네+|넵|넹|예|응|어|웅|ㅇㅇ|그래요?|맞아요?|좋아요|확정|yes|ok)[.!~^\s]*$/iu;
const INVITE = /^등록\s*[:：]?\s*([A-Za-z0-9][A-Za-z0-9\s-]{6,14})$/u;
const ANSWER_MAX = 60;

/** A plain yes and nothing else. */
export function isYes(text: string): boolean {
  return text.length <= ANSWER_MAX && YES.test(text.trim());
}

/** The staff code in `등록 K7QX-2M9T`, as it was written; null when this is no such message. */
export function readInvite(text: string): string | null {
  if (text.length > ANSWER_MAX) return null;
  return INVITE.exec(text.trim().normalize('NFKC'))?.[1] ?? null;
}

/** The carrier whose name an answer says, of the names given by id; null when none or several fit. */
export function readCarrier(text: string, names: Readonly<Record<string, string>>): string | null {
  const said = text.replace(/택배|\s/gu, '').toLowerCase();
  if (said.length < 2 || said.length > ANSWER_MAX) return null;
  const fitting = Object.entries(names).filter(([, name]) => name.toLowerCase().includes(said));
  return fitting.length === 1 ? (fitting[0]?.[0] ?? null) : null;
}
