// Reads what is typed as arguments and options; what cannot be read is wrong usage.
import { InvalidArgumentError } from 'commander';
import { instantAt } from '../src/app.ts';
import { UsageError } from './command.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?$/;

export function date(text: string): string {
  const at = new Date(`${text}T00:00:00Z`);
  if (!DATE.test(text) || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text))
    throw new InvalidArgumentError('Expected a date like 2026-07-21.');
  return text;
}

export function whole(text: string): number {
  const digits = text.replaceAll(/[,_]/g, '');
  if (!/^\d{1,15}$/.test(digits))
    throw new InvalidArgumentError('Expected a whole number, not negative.');
  return Number(digits);
}

export function oneOf<T extends string>(...allowed: readonly T[]): (text: string) => T {
  return (text) => {
    const found = allowed.find((one) => one === text);
    if (found === undefined) throw new InvalidArgumentError(`Expected ${allowed.join(', ')}.`);
    return found;
  };
}

/** `a,b` → each of `allowed`, once. */
export function someOf<T extends string>(...allowed: readonly T[]): (text: string) => readonly T[] {
  const read = oneOf(...allowed);
  return (text) => [...new Set(text.split(',').map((part) => read(part.trim())))];
}

/** `1-3,7` → 1, 2, 3, 7; `all` stays a word. */
export function rows(text: string): readonly number[] | 'all' {
  if (text === 'all') return 'all';
  const numbers = text.split(',').flatMap((part) => {
    const [, from, to] = /^\s*(\d{1,4})(?:-(\d{1,4}))?\s*$/.exec(part) ?? [];
    if (from === undefined)
      throw new InvalidArgumentError('Expected rows like 1-12 or 3,5 or all.');
    const length = Number(to ?? from) - Number(from) + 1;
    return Array.from({ length: Math.max(0, length) }, (_, index) => Number(from) + index);
  });
  if (numbers.length === 0) throw new InvalidArgumentError('Expected at least one row.');
  return [...new Set(numbers)];
}

/** An instant with its offset; without one it is the time on the wall of `timeZone`. */
export function instant(text: string, timeZone: string): Date {
  const [, day, time = '00:00'] = LOCAL_TIME.exec(text) ?? [];
  const at = day === undefined ? new Date(text) : instantAt(day, time, timeZone);
  if (Number.isNaN(at.getTime()))
    throw new UsageError(`expected a time like 2026-07-21T06:00+09:00, got ${text}`);
  return at;
}
