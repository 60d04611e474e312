// What words may call a person: his given name, and any word that sounds like a name.
import { soundsLikeName } from './given-names.ts';
import { DOUBLE_SURNAMES, isOrdinary, isPersonName, isRelation } from './names.ts';
import type { Token } from './page.ts';

/** 철수 of 박철수; null where one letter or an ordinary word would be left. */
export function givenName(name: string): string | null {
  if (!/^[가-힣]{3,5}$/u.test(name)) return null;
  const double = name.length > 3 && DOUBLE_SURNAMES.some((surname) => name.startsWith(surname));
  const given = name.slice(double ? 2 : 1);
  return given.length < 2 || isOrdinary(given) || isRelation(given) ? null : given;
}

/** A word that may be somebody's name, with his surname or without. */
export function mayBeGiven(name: string): boolean {
  if (isOrdinary(name) || isRelation(name)) return false;
  if (name.length > 2) return isPersonName(name) && soundsLikeName(name);
  return !/[은는도]$/u.test(name) && soundsLikeName(`김${name}`);
}

/** Read already, as something other than a name. */
export const isInToken = (tokens: readonly Token[], at: number): boolean =>
  tokens.some(({ kind, start, end }) => kind !== 'name' && start <= at && at < end);
