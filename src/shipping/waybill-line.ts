// A line of a carrier's result file, and what can be read off its cells without knowing any parcel.
import { type Carrier, numberFault } from './carriers.ts';
import type { PackageMark } from './marks.ts';

export type WaybillLine = {
  readonly line: number;
  /** The numbers in its cell; several where one line stands for several packages. */
  readonly waybills: readonly string[];
  readonly recipient: string;
  readonly phones: readonly string[];
  readonly address: string;
  readonly marks: readonly PackageMark[];
  /** The carrier of this line, where the file says it line by line. */
  readonly carrier: string | null;
  /** What is wrong with the line itself. */
  readonly fault: LineFault | null;
};

export const LINE_FAULTS = [
  /** A spreadsheet wrote 6.01235E+12, or rounded what it had written so. */
  'rounded',
  /** As many digits are missing as a spreadsheet drops zeros in front. */
  'lost_zeros',
  'digits',
  'check_digit',
  'unreadable_number',
  'no_number',
  'no_carrier',
  /** The carrier says that it is cancelled or comes back. */
  'not_sent',
] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

const POWER = /^\d(?:[.,]\d+)?E\+?\d+$/i;
/** A number that ends in so many zeros was rounded to the digits a spreadsheet shows. */
const ROUNDED = /^\d+0{6}$/;
const LOST_ZEROS_MAX = 2;
const WAYBILLS_IN_A_CELL_MAX = 50;

/** The numbers that stand in a cell; empty where it is empty. */
export function waybillsIn(cell: string): readonly string[] | 'rounded' | 'unreadable_number' {
  const plain = cell.normalize('NFKC').trim();
  if (plain === '' || plain === '-') return [];
  if (POWER.test(plain)) return 'rounded';
  const parts = plain.split(/[,;/\n]+/).filter((part) => part.trim() !== '');
  if (parts.length > WAYBILLS_IN_A_CELL_MAX) return 'unreadable_number';
  const numbers = parts.map(bareNumber);
  if (!numbers.every((number) => /^\d+$/.test(number))) return 'unreadable_number';
  if (numbers.some((number) => ROUNDED.test(number))) return 'rounded';
  return [...new Set(numbers)];
}

/** ="012…", '012…, 1234-5678-9012 and 123456789012.0 are ways in which programs write a number. */
function bareNumber(part: string): string {
  return part
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'/, '')
    .replace(/\.0+$/, '')
    .replaceAll(/[\s-]/g, '');
}

export function faultOf(
  carrier: Carrier,
  waybill: string,
): LineFault | 'check_digit_unsure' | null {
  const fault = numberFault(carrier, waybill);
  if (fault !== 'digits') return fault;
  const missing = carrier.digits.map((digits) => digits - waybill.length);
  return missing.some((count) => count > 0 && count <= LOST_ZEROS_MAX) ? 'lost_zeros' : 'digits';
}
