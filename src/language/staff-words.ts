// Words that are plainly a command of whoever works here: a buyer who says them is told so instead of
// being read as a buyer. Natural language is not among them.

import { plainText } from './plain-text.ts';
import { readFarmer } from './read-farmer.ts';
import { readSeller } from './read-seller.ts';
import type { FarmerReading } from './reading.ts';

const COMMAND_MAX = 60;
const FARM_WORDS = /^(?:목록|보드|수확|포장|발송|되돌려(?:줘)?)$/;
const SELLER_WORDS =
  /^(?:미입금(?:목록)?|환불(?:목록|할것|완료[a-z]\d-?\d{3}|[a-z]\d-?\d{3}(?:못)?보냈어요)|클레임(?:목록)?|입금[a-z]\d-?\d{3}(?:확인)?|답장\d+.*|종결\d*|[a-z]\d-?\d{3}입금확인)$/;
const SHOP_WORDS = /^주문(?:멈춤|다시받기)$/;

type StaffRole = 'farmer' | 'seller';

/** The roles any of which the words need; null when anybody may mean something by them. */
export function staffRolesFor(text: string, today: string): readonly StaffRole[] | null {
  if (text.length > COMMAND_MAX) return null;
  const words = plainText(text).replace(/[\s.!~]+/gu, '');
  if (SHOP_WORDS.test(words)) return ['farmer', 'seller'];
  if (SELLER_WORDS.test(words)) return ['seller'];
  if (FARM_WORDS.test(words)) return ['farmer'];
  return readFarmer(text, today).every(isOfTheList) ? ['farmer'] : null;
}

/** The order whose payment the words confirm; a buyer may mean his own. */
export function confirmedCode(text: string): string | null {
  const said = readSeller(text);
  return said.kind === 'confirm-payment' ? said.code : null;
}

/** Rows with their step, waybills with their rows, a cut: nobody else has row numbers. */
function isOfTheList(reading: FarmerReading): boolean {
  if (reading.kind === 'cut') return true;
  if (reading.kind === 'waybills')
    return reading.entries.every(({ row, whom }) => typeof row === 'number' && whom === undefined);
  return (
    reading.kind === 'advance' &&
    reading.rows !== 'all' &&
    reading.rows.every((row) => typeof row === 'number')
  );
}
