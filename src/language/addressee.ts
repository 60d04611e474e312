// Who is named where a place was asked for: "받는곳 다온세무회계", "Ship to: Tran Minh Duc".

import { cutPieces } from './address-words.ts';
import { companyIn, isLatinName, isPersonName, isPlaceName } from './names.ts';
import { mayStandAlone } from './vacant-names.ts';

/** Labels of the place a parcel goes to, under which many a buyer writes whose it is. */
const GOES_TO =
  /^(?:받는 ?곳|받(?:으실|을) ?곳|보내(?:실|는) ?곳|보낼 ?곳|(?:수령|수취|인수|납품|배송|배달)처|(?:ship|shipping|deliver|delivery|send) to)(?![가-힣a-z])/iu;
export const asksWhere = (label: string): boolean => GOES_TO.test(label);
const VALUE_MAX = 30;
/** "가람어린이집 (원장 염주희)" */
const CONTACT = / ?\([가-힣 ]+\) *$/u;
const REGIONS: ReadonlySet<string> = new Set(['province', 'city', 'town', 'village', 'road']);

type Value = { readonly from: number; readonly to: number };

/** The value of such a label names somebody and no part of any place. */
export function namesAddressee(text: string, { from, to }: Value): boolean {
  if (to - from > VALUE_MAX) return false;
  const value = text.slice(from, to).replace(CONTACT, '').trim();
  if (value === '' || /[\d\n]/u.test(value)) return false;
  if (/[집댁네]$/u.test(value) && !isPlaceName(value)) return false;
  const [first] = cutPieces(value, () => false);
  if (first !== undefined && REGIONS.has(first.kind) && !isPersonName(value)) return false;
  if (isLatinName(value) || isPersonName(value) || companyIn(value) !== null) return true;
  return isPlaceName(value) || (/^[가-힣]{4,7}$/u.test(value) && mayStandAlone(value));
}
